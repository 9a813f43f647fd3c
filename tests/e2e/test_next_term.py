"""A term ends: families are asked whether they go on, one answers by phone, the office closes."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from studio_app.kit.clock import local_date, utc_now
from studio_app.kit.ids import LessonTypeId, StudentId, TermId
from studio_app.kit.work import run
from studio_app.people.commands.guardians import link_guardian
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.commands.year import add_term
from studio_app.scheduling.wishes import NewSeries
from studio_app.web import routes
from tests.e2e.conftest import Site, come_in
from tests.e2e.looking import picture, settle, violations

THUMB = 44
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
WORKER = 30_000
"""Milliseconds until another window has surely heard of it"""


@dataclass(frozen=True)
class Turn:
    """Three weekly lessons on one weekday: Sam's and Ada's of the Grays, Ben's of another house."""

    site: Site
    sam: StudentId
    ada: StudentId
    ben: StudentId
    spring: date

    def in_spring(self, student_id: StudentId) -> set[str]:
        """Of which states the student's lessons in the new term are."""
        query = text(
            "select distinct l.status from lesson l join seat s on s.lesson_id = l.id "
            "where s.student_id = :student and l.starts_at >= :spring"
        )
        given = {"student": student_id, "spring": self.spring}
        with self.site.database.owner.connect() as connection:
            return set(connection.execute(query, given).scalars())


@pytest.fixture(scope="module")
def turn(site: Site) -> Turn:
    monday = local_date(utc_now(), ZoneInfo("Europe/London"))
    monday -= monday.weekday() * DAY
    spring = monday + 4 * WEEK
    term_id = _term(site, "Autumn", monday - 6 * WEEK, spring - 3 * DAY)
    _term(site, "Spring", spring, spring + 11 * WEEK - 3 * DAY)
    kind = run(site.database.app, site.cast.olivia, add_lesson_type, LessonTypeDetails("Piano", 30))
    sam = site.cast.student_id
    ada = _child(site, "Ada", "Gray", family_id=site.cast.family_id)
    run(site.database.app, site.cast.olivia, link_guardian, ada, site.cast.guardian_id)
    ben = _child(site, "Ben", "Hope")
    for hour, student_id in ((16, sam), (17, ada), (18, ben)):
        _every_tuesday(site, kind, term_id, monday + WEEK + DAY, hour, student_id)
    return Turn(site, sam, ada, ben, spring)


def _term(site: Site, name: str, first: date, last: date) -> TermId:
    given = {"name": name, "starts_on": first, "ends_on": last}
    return run(site.database.app, site.cast.olivia, add_term, **given)


def _child(site: Site, first: str, last: str, **given: Any) -> StudentId:
    details = StudentDetails(first, last, instrument="Piano")
    added = run(site.database.app, site.cast.olivia, add_student, details, confirmed=True, **given)
    assert added.student_id is not None
    return added.student_id


def _every_tuesday(
    site: Site, kind: LessonTypeId, term_id: TermId, first: date, hour: int, student_id: StudentId
) -> None:
    wish = NewSeries(
        site.cast.teacher_id,
        kind,
        first_on=first,
        at=time(hour),
        weekdays=frozenset({2}),
        student_ids=(student_id,),
        term_id=term_id,
    )
    run(site.database.app, site.cast.olivia, schedule_series, wish)


def _tapped(what: Locator) -> None:
    """In sight, as large as a thumb, and tapped."""
    expect(what).to_be_visible()
    box = what.bounding_box()
    assert box is not None
    assert box["height"] >= THUMB, box
    what.click()


def _of(window: Page, child: str) -> Locator:
    return window.get_by_role("listitem").filter(has=window.get_by_role("heading", name=child))


def test_who_goes_on_is_asked_answered_and_settled(turn: Turn, page: Page, phone: Page) -> None:
    _office_asks(turn, page)
    assert turn.in_spring(turn.sam) == turn.in_spring(turn.ben) == {"provisional"}
    _family_answers(turn, phone)
    assert (turn.in_spring(turn.sam), turn.in_spring(turn.ada)) == ({"scheduled"}, {"declined"})
    _office_sees_who_is_silent(page)
    _office_closes(page)
    assert turn.in_spring(turn.sam) == {"scheduled"}
    assert turn.in_spring(turn.ben) == {"declined"}
    phone.reload()
    expect(phone.get_by_text("The answers are closed.")).to_be_visible()
    expect(phone.get_by_role("button", name="Yes, go on")).to_have_count(0)


def _office_asks(turn: Turn, page: Page) -> None:
    come_in(page, turn.site, turn.site.cast.olivia)
    page.goto(routes.ROLLOVERS)
    settle(page)
    assert violations(page) == []
    page.get_by_role("button", name="See who would be asked").click()
    expect(page.get_by_role("heading", name="From Autumn to Spring")).to_be_visible()
    lines = page.get_by_role("listitem").filter(has_text="Every Tuesday")
    expect(lines).to_have_count(3)
    expect(lines.filter(has_text="Ben Hope")).to_contain_text("Nobody can be written to")
    assert violations(page) == []
    picture(page, "next_term_prepared")

    page.get_by_role("button", name="Ask the families").click()
    asking = page.get_by_role("dialog", name="Ask the families?")
    expect(asking).to_contain_text("2 families")
    assert violations(page) == []
    asking.get_by_role("button", name="Ask them now").click()
    expect(page.locator(".notice")).to_contain_text("Families are asked.")


def _family_answers(turn: Turn, phone: Page) -> None:
    """Two taps to yes from home; no may say why."""
    come_in(phone, turn.site, turn.site.cast.grace)
    phone.goto(routes.PORTAL)
    settle(phone)
    expect(phone.get_by_role("heading", name="Do you go on?")).to_be_visible()
    assert violations(phone) == []
    _tapped(phone.get_by_role("link", name="Answer", exact=True))
    expect(_of(phone, "Sam")).to_contain_text("16:00")
    settle(phone)
    assert violations(phone) == []
    picture(phone, "next_term_asked")
    _tapped(_of(phone, "Sam").get_by_role("button", name="Yes, go on"))
    expect(_of(phone, "Sam")).to_contain_text("Goes on")

    _tapped(_of(phone, "Ada").get_by_role("button", name="No, it ends"))
    why = phone.get_by_role("dialog", name="It ends with this term?")
    why.get_by_label("Why? You need not say.").fill("She changes to the drums.")
    assert violations(phone) == []
    _tapped(why.get_by_role("button", name="No, it ends"))
    expect(_of(phone, "Ada")).to_contain_text("Does not go on")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def _office_sees_who_is_silent(page: Page) -> None:
    """Without a reload."""
    expect(page.get_by_role("button", name="1 go on")).to_be_visible(timeout=WORKER)
    expect(page.get_by_role("button", name="1 do not go on")).to_be_visible()
    expect(page.get_by_text("She changes to the drums.")).to_be_visible()
    page.get_by_role("button", name="1 not answered").click()
    lines = page.get_by_role("listitem").filter(has_text="Every Tuesday")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("Ben Hope")
    assert violations(page) == []
    picture(page, "next_term_unanswered")


def _office_closes(page: Page) -> None:
    page.locator("#main").get_by_role("button", name="Close", exact=True).click()
    closing = page.get_by_role("dialog", name="Close the answers?")
    closing.get_by_role("button", name="Close the answers").click()
    expect(closing.locator(".fault").first).to_be_visible()
    rest = closing.get_by_label("What becomes of their lessons?")
    rest.select_option(label="They do not go on: the times become free")
    assert violations(page) == []
    closing.get_by_role("button", name="Close the answers").click()
    expect(page.locator(".notice").last).to_contain_text("No more answers are taken.")
    expect(page.get_by_text("Closed ", exact=False).first).to_be_visible()
