"""A teacher's phone in a cellar: the day is there, marks wait, and arrive once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.queries import mark_history
from studio_app.attendance.rules import Outcome
from studio_app.kit.access import Actor
from studio_app.kit.clock import local_date, local_day, utc_now
from studio_app.kit.ids import LessonId, SeatId, StudentId
from studio_app.kit.work import run
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.queries.lessons import lesson_details
from studio_app.web import routes
from tests.e2e.conftest import PHONE, Site, come_in
from tests.e2e.looking import picture, settle, until, violations
from tests.stage import LONDON

NAMES = ("Sam Gray", "Mia Moss", "Ben Bird")
KEPT_PAGE = "async () => !!(await caches.match('/teacher', {ignoreVary: true}))"
KEPT_DAYS = """() => new Promise((done) => { const asked = indexedDB.open("cadenza-phone", 1);
  asked.onsuccess = () => {
    const found = asked.result.transaction("kept").objectStore("kept").get("days");
    found.onsuccess = () => done(found.result ? JSON.stringify(found.result) : "");
  }; })"""
WRONG_CLOCK = "{ const right = Date.now; Date.now = () => right() - 2 * 365 * 86400000; }"


def _run(site: Site, who: Actor, use_case: Any, *given: Any, **more: Any) -> Any:
    return run(site.database.app, who, use_case, *given, **more)


@pytest.fixture(scope="module")
def seats(site: Site) -> dict[str, SeatId]:
    """An ensemble of three that is on now, taught by Tom."""
    owner, now = site.cast.olivia, utc_now()
    more = [
        _run(site, owner, add_student, StudentDetails(first, last)).student_id
        for first, last in (name.split() for name in NAMES[1:])
    ]
    kind = _run(site, owner, add_lesson_type, LessonTypeDetails("Ensemble", 30, capacity=4))
    students: list[StudentId] = [site.cast.student_id, *more]
    lesson_id: LessonId = _run(
        site,
        owner,
        schedule_lesson,
        NewLesson(site.cast.teacher_id, kind, starts_at=_begun(now), student_ids=tuple(students)),
    )
    found = _run(site, owner, lesson_details, lesson_id).students
    return {one.student: one.seat_id for one in found}


def _begun(now: datetime) -> datetime:
    """A moment ago, and today."""
    midnight = local_day(local_date(now, LONDON), LONDON).starts_at
    return now - min(timedelta(minutes=20), (now - midnight) / 2)


@pytest.fixture
def pocket(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone with its storage: pages in it come and go."""
    context = browser.new_context(
        base_url=site.base, viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True,
        locale="en-GB", timezone_id="America/New_York",
    )  # fmt: skip
    yield context
    context.close()


@pytest.fixture(autouse=True)
def unmarked(site: Site, seats: dict[str, SeatId]) -> None:
    """Every test begins with a day nobody has said anything of."""
    with site.database.owner.begin() as connection:
        connection.execute(text("delete from attendance_mark"))


def _arrive(pocket: BrowserContext, site: Site, who: Actor) -> Page:
    """Come in with signal, and stay until the day is kept."""
    page = pocket.new_page()
    come_in(page, site, who)
    page.goto(routes.TODAY)
    settle(page)
    expect(_answer(page, "Sam Gray", "Present")).to_be_visible()
    until(lambda: page.evaluate(KEPT_PAGE) and "Mia Moss" in page.evaluate(KEPT_DAYS))
    return page


def _answer(page: Page, name: str, outcome: str) -> Any:
    group = page.get_by_role("radiogroup", name=f"Attendance of {name}")
    return group.get_by_role("radio", name=outcome)


def _history(site: Site, seat: SeatId) -> list[str]:
    found = _run(site, site.cast.olivia, mark_history, seat)
    return [one.outcome.value for one in found]


def test_marks_made_in_a_cellar_survive_a_reload_and_arrive_once(
    pocket: BrowserContext, site: Site, seats: dict[str, SeatId]
) -> None:
    page = _arrive(pocket, site, site.cast.tom)
    pocket.set_offline(True)
    expect(page.get_by_text("No signal")).to_be_visible()

    for name, outcome in zip(NAMES, ("Present", "Late", "No-show"), strict=True):
        _answer(page, name, outcome).tap()
    expect(page.get_by_text("No signal – 3 marks wait on this phone")).to_be_visible()
    assert violations(page) == []
    for button in page.get_by_role("main").locator("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    picture(page, "without_signal")

    page.reload()
    expect(page.get_by_text("No signal – 3 marks wait on this phone")).to_be_visible()
    expect(_answer(page, "Mia Moss", "Late")).to_be_checked()
    assert [_history(site, seat) for seat in seats.values()] == [[], [], []]

    pocket.set_offline(False)
    expect(page.get_by_text("3 marks sent")).to_be_visible(timeout=20_000)
    assert {name: _history(site, seats[name]) for name in NAMES} == {
        "Sam Gray": ["present"],
        "Mia Moss": ["late"],
        "Ben Bird": ["no_show"],
    }
    page.reload()
    settle(page)
    expect(_answer(page, "Ben Bird", "No-show")).to_be_checked()
    assert [len(_history(site, seat)) for seat in seats.values()] == [1, 1, 1]


def test_a_cold_start_with_a_wrong_clock_shows_the_day_and_takes_a_tap_back(
    pocket: BrowserContext, site: Site, seats: dict[str, SeatId]
) -> None:
    _arrive(pocket, site, site.cast.tom).close()
    pocket.set_offline(True)
    pocket.add_init_script(WRONG_CLOCK)

    page = pocket.new_page()
    page.goto("/?from=home-screen")
    expect(page.get_by_text("Mia Moss")).to_be_visible()
    for name in NAMES[:2]:
        _answer(page, name, "Present").tap()
    expect(page.get_by_text("2 marks wait on this phone")).to_be_visible()
    sam = page.get_by_role("listitem").filter(has_text="Sam Gray")
    sam.get_by_role("button", name="Undo").tap()
    expect(page.get_by_text("1 mark waits on this phone")).to_be_visible()

    pocket.set_offline(False)
    until(lambda: _history(site, seats["Mia Moss"]) == ["present"], within=20)
    assert _history(site, seats["Sam Gray"]) == []


def test_what_the_desk_said_meanwhile_is_shown_with_both_values(
    pocket: BrowserContext, site: Site, seats: dict[str, SeatId]
) -> None:
    page = _arrive(pocket, site, site.cast.tom)
    pocket.set_offline(True)
    for name in NAMES[:2]:
        _answer(page, name, "Present").tap()
    expect(page.get_by_text("2 marks wait")).to_be_visible()
    for name in NAMES[:2]:
        _run(site, site.cast.olivia, mark_seat, seats[name], Outcome.EXCUSED)
    pocket.set_offline(False)

    sam = page.get_by_role("listitem").filter(has_text="Sam Gray").filter(has_text="Keep mine")
    mia = page.get_by_role("listitem").filter(has_text="Mia Moss").filter(has_text="Keep mine")
    expect(sam).to_contain_text("“Excused” (Olivia Owen), you said “Present”", timeout=20_000)
    assert violations(page) == []
    picture(page, "both_values")
    for button in page.get_by_role("button", name="Keep").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    sam.get_by_role("button", name="Keep mine: Present").tap()
    mia.get_by_role("button", name="Keep theirs: Excused").tap()

    expect(page.get_by_role("button", name="Keep")).to_have_count(0)
    until(lambda: _history(site, seats["Sam Gray"]) == ["present", "excused"])
    assert _history(site, seats["Mia Moss"]) == ["excused"]


def test_an_ended_session_keeps_the_marks_until_the_same_person_is_back(
    pocket: BrowserContext, site: Site, seats: dict[str, SeatId]
) -> None:
    page = _arrive(pocket, site, site.cast.tom)
    pocket.set_offline(True)
    _answer(page, "Sam Gray", "Late").tap()
    expect(page.get_by_text("1 mark waits")).to_be_visible()
    pocket.clear_cookies()
    pocket.set_offline(False)
    expect(page.get_by_text("1 mark waits on this phone until you sign in again.")).to_be_visible()

    other = pocket.new_page()
    come_in(other, site, site.cast.olivia)
    other.goto(routes.TODAY)
    settle(other)
    until(lambda: "Mia Moss" not in other.evaluate(KEPT_DAYS))
    assert _history(site, seats["Sam Gray"]) == []

    come_in(page, site, site.cast.tom)
    page.goto(routes.TODAY)
    until(lambda: _history(site, seats["Sam Gray"]) == ["late"])


def test_signing_out_erases_the_day(
    pocket: BrowserContext, site: Site, seats: dict[str, SeatId]
) -> None:
    page = _arrive(pocket, site, site.cast.tom)
    page.get_by_role("button", name="Your account").tap()
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url("**/sign-in**")

    assert page.evaluate(KEPT_DAYS) == ""
