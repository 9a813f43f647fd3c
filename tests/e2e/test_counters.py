"""What waits for the office stands in red in the sidebar, and goes when it is done."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from studio_app.bookings.commands.booking import book
from studio_app.bookings.wishes import BookingWish
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import LessonId, LessonTypeId
from studio_app.kit.work import run
from studio_app.scheduling.commands.availability import offer_hours
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.queries.open_times import open_times
from studio_app.scheduling.rules.states import Confirming
from studio_app.scheduling.wishes import SlotSearch, TeachingHours
from studio_app.web import routes
from tests.e2e.conftest import Site, come_in
from tests.e2e.looking import settle, violations

WORKER = 30_000
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def kind(site: Site) -> LessonTypeId:
    """Somebody of the studio looks at what is booked."""
    app, olivia = site.database.app, site.cast.olivia
    run(app, olivia, set_booking_rules, RuleChange(confirming=Confirming.REVIEW))
    return run(app, olivia, add_lesson_type, LessonTypeDetails("Piano", 30))


def _lesson_that_is_over(site: Site, kind: LessonTypeId) -> LessonId:
    begun = utc_now().replace(minute=0, second=0, microsecond=0) - 3 * HOUR
    wish = NewLesson(
        site.cast.teacher_id, kind, begun, (site.cast.student_id,), despite="It was so"
    )
    return run(site.database.app, site.cast.olivia, schedule_lesson, wish)


def _open_time(site: Site, kind: LessonTypeId) -> datetime:
    """Tom teaches every day; the first time of the days after tomorrow."""
    app, cast = site.database.app, site.cast
    for weekday in range(1, 8):
        hours = TeachingHours(9 * 60, 18 * 60, weekday=weekday)
        run(app, cast.tom, offer_hours, cast.teacher_id, hours)
    first = utc_now().date() + timedelta(days=3)
    search = SlotSearch(kind, first, first + timedelta(days=14), cast.teacher_id)
    return run(app, cast.olivia, open_times, search).openings[0].starts_at


def _entry(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Main").get_by_role("link", name=name)


def _office(page: Page, site: Site, path: str) -> None:
    come_in(page, site, site.cast.olivia)
    page.goto(path)
    settle(page)
    page.wait_for_timeout(800)  # the stream of changes is open


def test_an_unmarked_lesson_is_counted_until_somebody_marks_it(
    page: Page, site: Site, kind: LessonTypeId
) -> None:
    _office(page, site, routes.UNMARKED)
    entry = _entry(page, "Attendance")
    expect(entry.locator(".cnt")).to_have_count(0)

    _lesson_that_is_over(site, kind)
    expect(entry.locator(".cnt")).to_contain_text("1", timeout=WORKER)
    expect(entry).to_have_accessible_name("Attendance 1 not marked")
    assert violations(page) == []

    page.get_by_role("main").get_by_role("button", name="Present", exact=True).first.click()
    expect(entry.locator(".cnt")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(entry.locator(".cnt")).to_contain_text("1")


def test_a_booking_is_counted_until_somebody_decides(
    page: Page, site: Site, kind: LessonTypeId
) -> None:
    _office(page, site, routes.BOOKINGS)
    entry = _entry(page, "Bookings")
    expect(entry.locator(".cnt")).to_have_count(0)

    cast = site.cast
    wish = BookingWish(cast.student_id, kind, cast.teacher_id, _open_time(site, kind))
    run(site.database.app, cast.grace, book, wish)
    expect(entry.locator(".cnt")).to_contain_text("1", timeout=WORKER)
    page.get_by_role("button", name="Approve").click()
    expect(entry.locator(".cnt")).to_have_count(0)
