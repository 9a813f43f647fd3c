"""Booking on a family's phone, and the studio's answer to it."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from studio_app.bookings.commands.settling import settle_booking
from studio_app.kit.access import Actor, Role
from studio_app.kit.ids import BookingId
from studio_app.people.models import Guardianship, Student
from studio_app.scheduling.commands.availability import offer_hours
from studio_app.web.inputs import as_id
from studio_app.web.office.bookings import BookingsState
from studio_app.web.portal.book_state import BookState
from studio_app.web.portal.booked import BookedState
from studio_app.web.portal.home import HomeState
from tests.bookings.conftest import FOUR, HOURS, Counter, choir, counter
from tests.conftest import HOUR
from tests.scheduling.conftest import TUESDAY
from tests.web.office.conftest import Visit

__all__ = ["choir", "counter"]
pytestmark = pytest.mark.anyio


async def booked(page: Any) -> BookingId:
    """The booking that the page led to."""
    where = await page.confirm()
    return BookingId(as_id(str(where).rsplit("/", 1)[-1][:36]))


async def opened(counter: Counter, visit: Visit, actor: Actor | None = None) -> Any:
    counter.desk.lesson(FOUR - 7 * 24 * HOUR, student_ids=(counter.world.student_id,))
    page = visit(actor or counter.world.grace).open(BookState)
    await page.load()
    return page


async def status_of(counter: Counter, visit: Visit, booking_id: BookingId) -> Any:
    """The family's page of this booking."""
    page = visit(counter.world.grace).open(BookedState, booking_id=str(booking_id))
    await page.load()
    return page


def at(page: Any, time: str) -> str:
    return next(one["value"] for one in page.times if one["label"] == time)


async def test_a_time_is_two_taps_from_the_page(counter: Counter, visit: Visit) -> None:
    page = await opened(counter, visit)
    assert (page.kind, page.teacher) == (str(counter.desk.piano), str(counter.world.teacher_id))
    assert (page.day, page.days[0]["bold"]) == ("2026-09-08", "8")
    assert [one["label"] for one in page.times][:3] == ["15:00", "15:30", "16:00"]

    await page.choose_time(at(page, "16:00"), "")
    assert (page.picked.when, page.picked.weekly) == ("Tue 8 Sept, 16:00", True)
    assert page.meaning == "It is yours as soon as you book it."
    booking_id = await booked(page)

    row = counter.row(booking_id)
    assert (row.starts_at, row.kind) == (FOUR, "single")


async def test_a_time_that_somebody_takes_goes_away(counter: Counter, visit: Visit) -> None:
    page = await opened(counter, visit)
    await page.choose_time(at(page, "16:00"), "")
    counter.desk.lesson(FOUR)
    await page.look_again()
    assert (page.gone, page.picked.value) == (True, "")
    assert "16:00" not in [one["label"] for one in page.times]


async def test_a_second_tap_books_once(counter: Counter, visit: Visit) -> None:
    page = await opened(counter, visit)
    await page.choose_time(at(page, "16:00"), "")
    picked = page.picked
    first = await booked(page)
    page.picked = picked
    assert await booked(page) == first


async def test_every_week_is_one_tap_more(counter: Counter, visit: Visit) -> None:
    page = await opened(counter, visit)
    await page.choose_time(at(page, "16:30"), "")
    await page.turn_weekly()
    assert counter.row(await booked(page)).kind == "weekly"


async def test_a_place_in_a_group_is_a_row(counter: Counter, choir: Any, visit: Visit) -> None:
    counter.desk.lesson(FOUR, lesson_type_id=choir)
    page = await opened(counter, visit)
    await page.choose_kind(str(choir))
    [line] = page.groups
    assert (line.time, line.left) == ("16:00", "2 places left")
    await page.choose_place(line.value)
    assert counter.row(await booked(page)).kind == "place"


async def test_a_parent_of_two_says_first_for_whom(counter: Counter, visit: Visit) -> None:
    page = await opened(counter, visit)
    assert page.children == []
    world = counter.world
    with world.as_(world.olivia).session as session:
        zoe = Student(family_id=world.family_id, first_name="Zoe", last_name="Gray")
        session.add(zoe)
        session.flush()
        session.add(Guardianship(guardian_id=world.guardian_id, student_id=zoe.id))
        session.commit()
    await page.load()
    assert [(one.name, one.chosen) for one in page.children] == [("Sam", True), ("Zoe", False)]
    await page.choose_child(page.children[1].id)
    await page.choose_time(at(page, "16:00"), "")
    assert counter.row(await booked(page)).student_id == zoe.id


async def test_a_grown_up_student_books_for_themselves(counter: Counter, visit: Visit) -> None:
    world = counter.world
    sam = Actor.of(world.rita.person_id, world.harmony, Role.STUDENT)
    own = update(Student).where(col(Student.id) == world.student_id)
    connection = world.as_(world.olivia).session.connection()
    connection.execute(own.values(person_id=sam.person_id))
    page = await opened(counter, visit, sam)
    assert page.can_book is False
    connection.execute(own.values(is_adult=True))
    await page.load()
    assert page.can_book is True


async def test_where_nothing_is_open_to_families_the_page_says_so(
    counter: Counter, visit: Visit
) -> None:
    counter.rules(is_open=False)
    assert (await opened(counter, visit)).can_book is False


async def test_later_dates_are_a_tap_away(counter: Counter, visit: Visit) -> None:
    page = await opened(counter, visit)
    first = page.day
    await page.later()
    assert (page.is_later, page.day > first) == (True, True)
    await page.sooner()
    assert (page.is_later, page.day) == (False, first)


async def test_the_office_approves_with_one_tap(counter: Counter, visit: Visit) -> None:
    booking_id = counter.reviewing().settled(counter.book()).id
    world = counter.world
    home = visit(world.grace).open(HomeState)
    await home.load()
    status = await status_of(counter, visit, booking_id)
    assert (home.trouble, [one.state for one in home.bookings]) == ("", ["requested"])
    assert status.booking.sentence == "Somebody of the studio looks at it first."
    assert (status.booking.waits, status.booking.expires) == (True, "8 Sept 2026")

    browser = visit(world.olivia)
    office = browser.open(BookingsState)
    await office.load()
    [line] = office.rows
    assert (line.student, line.when, line.age) == (
        "Sam Gray",
        "Tue 8 Sept, 16:00",
        "new today, asked by Grace Gray",
    )
    await office.approve(line.id)
    await browser.undo(office)
    await office.load()
    assert [one.id for one in office.rows] == [line.id]
    await office.approve(line.id)
    await office.load()
    assert office.rows == []
    status = await status_of(counter, visit, booking_id)
    assert (status.booking.state, status.booking.waits) == ("confirmed", False)


async def test_a_no_carries_its_reason_to_the_family(counter: Counter, visit: Visit) -> None:
    booking_id = counter.reviewing().settled(counter.book()).id
    world = counter.world
    browser = visit(world.olivia)
    office = browser.open(BookingsState)
    await office.load()
    await office.open(office.rows[0].dialog, True)
    await office.decline({"reason": "Tom is full this term."})
    status = await status_of(counter, visit, booking_id)
    assert status.booking.sentence == "The studio said no: Tom is full this term."
    assert status.booking.is_over
    browser.open(BookingsState)  # Olivia again
    await browser.undo(office)
    status = await status_of(counter, visit, booking_id)
    assert status.booking.sentence == "Somebody of the studio looks at it first."


async def test_the_family_takes_it_back(counter: Counter, visit: Visit) -> None:
    booking_id = counter.reviewing().settled(counter.book()).id
    status = await status_of(counter, visit, booking_id)
    await status.withdraw()
    assert status.booking.state == "cancelled"


async def test_any_teacher_shows_with_whom_each_time_is(counter: Counter, visit: Visit) -> None:
    world, desk = counter.world, counter.desk
    evening = replace(HOURS, from_minute=18 * 60, until_minute=19 * 60)
    world.run(world.olivia, offer_hours, desk.ruth, evening)
    page = await opened(counter, visit)
    await page.choose_teacher("")
    labels = [one["label"] for one in page.times]
    assert ("15:00 Tom" in labels, page.day) == (True, TUESDAY.isoformat())


async def test_settling_is_seen_as_such(counter: Counter, visit: Visit) -> None:
    booking_id = counter.book()
    world = counter.world
    status = await status_of(counter, visit, booking_id)
    assert (status.booking.is_settling, status.booking.sentence) == (
        True,
        "It is being looked at.",
    )
    world.run(Actor.system(world.harmony), settle_booking, booking_id)
    await status.look_again()
    assert status.booking.state == "confirmed"
