"""A grown-up student books the next lesson: three taps, each as large as a thumb."""

import re

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from studio_app.kit.access import Actor, Role
from studio_app.kit.clock import utc_now
from studio_app.kit.work import run
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.web import routes
from tests.cast import _member
from tests.e2e.conftest import Site, come_in
from tests.e2e.looking import settle, violations

THUMB = 44
WORKER = 30_000
"""Milliseconds until the background has surely looked at it"""


def tapped(what: Locator) -> None:
    """In sight, large enough, and tapped."""
    expect(what).to_be_visible()
    box = what.bounding_box()
    assert box is not None
    assert (box["height"] >= THUMB, box["width"] >= THUMB) == (True, True), box
    what.click()


def _sam_grown_up(site: Site) -> Actor:
    with site.database.owner.begin() as connection:
        name = "Sam Gray"
        sam = _member(connection, site.cast.harmony, name, Role.STUDENT, utc_now())
        own = "update student set person_id = :person, is_adult = true where id = :student"
        given = {"person": sam.person_id, "student": site.cast.student_id}
        connection.execute(text(own), given)
    return sam


def _tom_offers_hours(site: Site) -> None:
    app, cast = site.database.app, site.cast
    run(app, cast.olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30))
    for weekday in range(1, 8):
        hours = TeachingHours(9 * 60, 18 * 60, weekday=weekday, slot_minutes=30)
        run(app, cast.tom, offer_hours, cast.teacher_id, hours)


def test_the_next_lesson_is_three_taps_away(site: Site, phone: Page) -> None:
    _tom_offers_hours(site)
    come_in(phone, site, _sam_grown_up(site))
    phone.goto(f"{site.base}{routes.PORTAL}")
    settle(phone)

    tapped(phone.get_by_role("link", name="Book", exact=True))
    phone.wait_for_url(f"**{routes.PORTAL_BOOK}")
    settle(phone)
    assert violations(phone) == []
    tapped(phone.locator(".slot").first)
    expect(phone.get_by_text("It is yours as soon as you book it.")).to_be_visible()
    tapped(phone.get_by_role("button", name=re.compile("^Book ")))

    phone.wait_for_url("**/portal/bookings/*")
    expect(phone.get_by_text("It is booked.")).to_be_visible(timeout=WORKER)
    settle(phone)
    assert violations(phone) == []
    tapped(phone.get_by_role("link", name="See the lesson"))
    phone.wait_for_url(f"**{routes.PORTAL_SCHEDULE}?lesson=*")
