"""A parent cancels a lesson on the phone: two taps, the consequence before the second one."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from studio_app.bookings.commands.policies import (
    publish_policy,
    take_policy_preset,
    use_policy,
)
from studio_app.kit.clock import utc_now
from studio_app.kit.work import run
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.web import routes
from tests.e2e.conftest import Site, come_in
from tests.e2e.looking import settle, violations
from tests.e2e.test_booking import tapped


def _a_lesson_tomorrow(site: Site) -> None:
    app, cast = site.database.app, site.cast
    kind = run(app, cast.olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30))
    policy = run(app, cast.olivia, take_policy_preset, "music_studio")
    run(app, cast.olivia, publish_policy, policy)
    run(app, cast.olivia, use_policy, policy)
    at = utc_now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=23)
    whose = (cast.student_id,)
    wish = NewLesson(cast.teacher_id, kind, at, whose, despite="Agreed")
    run(app, cast.olivia, schedule_lesson, wish)


def test_who_cannot_come_reads_what_it_means_and_cancels_in_two_taps(
    site: Site, phone: Page
) -> None:
    _a_lesson_tomorrow(site)
    come_in(phone, site, site.cast.grace)
    phone.goto(f"{site.base}{routes.PORTAL}")
    settle(phone)

    tapped(phone.get_by_role("button", name="Can’t come"))
    sheet = phone.get_by_role("dialog")
    expect(sheet.get_by_text("This is within 24 hours")).to_be_visible()
    settle(phone)
    assert violations(phone) == []
    tapped(sheet.get_by_role("button", name="School"))

    said = phone.locator("#notice-words")
    expect(said).to_have_text("Cancelled. The studio knows.")
    expect(phone.get_by_text("No lesson planned yet.")).to_be_visible()
    phone.get_by_role("button", name="Undo").click()
    expect(said).to_have_text("The lesson takes place after all.")
    expect(phone.get_by_role("button", name="Can’t come")).to_be_visible()
