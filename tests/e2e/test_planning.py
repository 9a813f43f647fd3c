"""Hours on the phone, a class's roster, the week on paper: in a real browser."""

import re
from datetime import time, timedelta

import pytest
from playwright.sync_api import Page, expect

from studio_app.kit.clock import utc_now
from studio_app.kit.ids import SeriesId
from studio_app.kit.work import run
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.queries.availability import HoursOfTeacher, teaching_hours
from studio_app.scheduling.wishes import NewSeries
from studio_app.web import routes
from tests.e2e.conftest import Site, come_in
from tests.e2e.looking import settle, until, violations

NEXT_TUESDAY = (utc_now() + timedelta(days=8 - utc_now().weekday())).date()
THUMB = 44
SMALL = """() => [...document.querySelectorAll('main button, main a, nav a')]
  .map(e => [e.innerText || e.ariaLabel, e.getBoundingClientRect()])
  .filter(([_, r]) => r.width && r.height < %d).map(([words]) => words)"""
A4_ACROSS = re.compile(rb"/MediaBox \[0 0 84[12][.\d]* 59[456][.\d]*\]")


@pytest.fixture(scope="module")
def choir(site: Site) -> SeriesId:
    """Sam sings every Tuesday at four from next week on."""
    engine, olivia = site.database.app, site.cast.olivia
    kind = run(engine, olivia, add_lesson_type, LessonTypeDetails("Choir", 60, capacity=4))
    wish = NewSeries(
        teacher_id=site.cast.teacher_id,
        lesson_type_id=kind,
        first_on=NEXT_TUESDAY,
        at=time(16),
        weekdays=frozenset({2}),
        student_ids=(site.cast.student_id,),
        name="Evening choir",
    )
    return run(engine, olivia, schedule_series, wish)


def opened(page: Page, site: Site, path: str, *, office: bool = True) -> None:
    come_in(page, site, site.cast.olivia if office else site.cast.tom)
    page.goto(path)
    settle(page)


def hours_of_tom(site: Site) -> HoursOfTeacher:
    found = run(site.database.app, site.cast.tom, teaching_hours)
    assert found is not None
    return found


def test_a_teacher_says_with_the_thumb_when_they_teach(phone: Page, site: Site) -> None:
    opened(phone, site, routes.HOURS, office=False)
    phone.get_by_role("button", name="Add hours on Tuesday").click()
    phone.get_by_label("Until").fill("14:00")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("It has to end after it starts.").first).to_be_visible()

    phone.get_by_label("Until").fill("18:30")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("button", name="15:00–18:30")).to_be_visible()
    assert phone.evaluate(SMALL % THUMB) == []
    assert violations(phone) == []

    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_role("button", name="15:00–18:30")).to_have_count(0)
    assert [day.hours for day in hours_of_tom(site).week] == [()] * 7


def test_being_away_is_one_tap_and_says_what_falls_into_it(
    phone: Page, site: Site, choir: SeriesId
) -> None:
    opened(phone, site, routes.HOURS, office=False)
    phone.get_by_role("button", name="Away", exact=True).click()
    phone.get_by_label("Last day").fill((NEXT_TUESDAY + timedelta(days=1)).isoformat())
    expect(phone.get_by_text("1 lesson falls into it.")).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name="Be away").click()
    expect(phone.get_by_text("Nothing can be booked then.")).to_be_visible()
    phone.get_by_role("button", name="Take back").click()
    until(lambda: hours_of_tom(site).away == ())


def test_somebody_does_not_come_once_and_the_place_is_free_that_day(
    page: Page, site: Site, choir: SeriesId
) -> None:
    opened(page, site, routes.CLASSES)
    page.get_by_role("link", name="Evening choir").click()
    lessons = page.locator(".entry")
    expect(lessons.first).to_contain_text("3 places free")
    lessons.first.get_by_role("button", name="Sam Gray does not come").click()
    expect(lessons.first).to_contain_text("4 places free")
    expect(lessons.nth(1)).to_contain_text("3 places free")
    assert violations(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(lessons.first).to_contain_text("3 places free")


def test_a_week_is_one_sheet_of_paper_across(page: Page, site: Site, choir: SeriesId) -> None:
    opened(page, site, f"{routes.PRINTED_WEEK}?date={NEXT_TUESDAY}")
    expect(page.get_by_text("Evening choir")).to_be_visible()
    assert violations(page) == []
    paper = page.pdf(prefer_css_page_size=True)
    assert len(A4_ACROSS.findall(paper)) == 1


@pytest.mark.parametrize("path", [routes.SETTINGS_BOOKING, routes.CLASSES])
def test_the_offices_pages_are_sound(page: Page, site: Site, choir: SeriesId, path: str) -> None:
    opened(page, site, path)
    assert violations(page) == []
