"""Plans change: a day is cancelled, cover is found, another time is proposed; taps are counted."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from studio_app.kit.clock import to_instant, utc_now
from studio_app.kit.ids import LessonId, LessonTypeId
from studio_app.kit.work import run
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.web import routes
from tests.e2e.conftest import Site, come_in
from tests.e2e.looking import picture, settle, violations

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)


class Taps:
    """Counts them."""

    def __init__(self) -> None:
        self.made = 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.made += 1


@pytest.fixture(scope="module")
def kind(site: Site) -> LessonTypeId:
    return run(site.database.app, site.cast.olivia, add_lesson_type, LessonTypeDetails("Piano", 30))


def next_monday() -> date:
    today = utc_now().astimezone(LONDON).date()
    return today + (7 - today.weekday()) * DAY


def lesson(site: Site, kind: LessonTypeId, day: date, hour: int) -> LessonId:
    at: datetime = to_instant(day, time(hour), LONDON)
    wish = NewLesson(site.cast.teacher_id, kind, at, student_ids=(site.cast.student_id,))
    return run(site.database.app, site.cast.olivia, schedule_lesson, wish)


def said_of(site: Site, lesson_id: LessonId, column: str) -> object:
    query = text(f"select {column} from lesson where id = :id")  # noqa: S608  our own names
    with site.database.owner.connect() as connection:
        return connection.execute(query, {"id": lesson_id}).scalar_one()


def test_a_teacher_cancels_a_day_in_three_taps(site: Site, phone: Page, kind: LessonTypeId) -> None:
    day = next_monday() + DAY
    ids = [lesson(site, kind, day, hour) for hour in (15, 16, 17)]
    come_in(phone, site, site.cast.tom)
    phone.goto(f"{routes.WEEK}?date={next_monday()}")
    settle(phone)
    taps = Taps()
    taps.tap(phone.get_by_role("radio").nth(1))
    taps.tap(phone.get_by_role("button", name="Cancel day"))
    expect(phone.get_by_role("button", name="I am ill")).to_be_visible()
    assert violations(phone) == []
    picture(phone, "cancel_day")
    taps.tap(phone.get_by_role("button", name="I am ill"))
    expect(phone.locator(".notice")).to_contain_text("3 lessons are cancelled.")
    assert taps.made == 3
    assert {said_of(site, each, "status") for each in ids} == {"cancelled"}

    phone.locator(".notice").get_by_role("button", name="Undo").click()
    expect(phone.locator(".notice").last).to_contain_text("3 lessons take place after all.")
    assert {said_of(site, each, "status") for each in ids} == {"scheduled"}


def test_the_office_finds_cover_in_four_taps(site: Site, page: Page, kind: LessonTypeId) -> None:
    details = TeacherDetails("Pia Pike", instruments=("Piano",))
    pia = run(site.database.app, site.cast.olivia, add_teacher, details)
    covered = [lesson(site, kind, next_monday() + 2 * DAY, hour) for hour in (9, 10)]
    come_in(page, site, site.cast.olivia)
    page.goto(routes.CALENDAR)
    settle(page)
    taps = Taps()
    taps.tap(page.get_by_role("link", name="Find cover"))
    who = page.get_by_label("Who is away")
    expect(who).to_be_visible()
    who.select_option("Tom Teal")
    taps.made += 1
    taps.tap(page.get_by_role("radio", name="Next week"))
    expect(page.get_by_text("free, outside their hours").first).to_be_visible()
    assert violations(page) == []
    picture(page, "cover")
    taps.tap(page.get_by_role("button", name="Assign"))
    expect(page.locator(".notice")).to_contain_text("covered.")
    assert taps.made == 4
    assert {said_of(site, each, "teacher_id") for each in covered} == {pia}
    assert {said_of(site, each, "covers_for_id") for each in covered} == {site.cast.teacher_id}


def test_another_time_is_proposed_in_three_taps_and_taken_in_one(
    site: Site, phone: Page, kind: LessonTypeId
) -> None:
    day = next_monday() + 11 * DAY
    lesson_id = lesson(site, kind, day, 16)
    was = said_of(site, lesson_id, "starts_at")
    come_in(phone, site, site.cast.tom)
    phone.goto(f"{routes.WEEK}?date={day}&lesson={lesson_id}")
    settle(phone)
    taps = Taps()
    taps.tap(phone.get_by_role("button", name="Propose times"))
    send = phone.get_by_role("button", name="Propose 2 times")
    expect(send).to_be_visible()
    assert violations(phone) == []
    picture(phone, "propose")
    taps.tap(send)
    expect(phone.locator(".notice")).to_contain_text("The family is asked.")
    assert taps.made <= 3

    phone.context.clear_cookies()
    come_in(phone, site, site.cast.grace)
    phone.goto(f"{routes.PORTAL_SCHEDULE}?lesson={lesson_id}")
    settle(phone)
    question = phone.get_by_role("heading", name="Sam Gray: another time?")
    expect(question).to_be_visible()
    assert violations(phone) == []
    picture(phone, "choose_time")
    offer = phone.locator("section", has=question).get_by_role("button").first
    offer.click()
    expect(phone.locator(".notice")).to_contain_text("Piano is now")
    assert said_of(site, lesson_id, "starts_at") != was
