"""Booking: who may, what is kept, and what the second one hears."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from studio_app.bookings.access.bookings import AskAnAdult
from studio_app.bookings.commands.booking import (
    EnoughThatWeek,
    HasWeeklyPlace,
    NotOffered,
    NotWeekly,
    TooFarAhead,
    TooSoon,
    book,
)
from studio_app.bookings.queries.bookings import booking_status
from studio_app.bookings.queries.offers import offers
from studio_app.bookings.rules.states import BookingKind, BookingState
from studio_app.bookings.wishes import Asked
from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.people.models import Student
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.queries.calendar import calendar_range
from tests.bookings.conftest import FOUR, Counter
from tests.conftest import HOUR
from tests.scheduling.conftest import LONDON, TUESDAY, wall

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def offered(counter: Counter, actor: Actor | None = None, **asked: Any) -> list[str]:
    world = counter.world
    wish = Asked(world.student_id, counter.desk.piano, TUESDAY, TUESDAY + DAY, world.teacher_id)
    found = world.run(actor or world.grace, offers, replace(wish, **asked))
    return [f"{one.starts_at.astimezone(LONDON):%H:%M}" for one in (*found.openings, *found.places)]


def test_a_booking_keeps_its_time_at_once(counter: Counter) -> None:
    booking_id = counter.book()
    assert "16:00" not in offered(counter)
    status = counter.status(booking_id)
    assert (status.state, status.is_settling) == (BookingState.REQUESTED, True)
    assert (status.student, status.when) == ("Sam Gray", "Tue 8 Sept, 16:00")
    assert status.where == "Room 1, High Street"
    with pytest.raises(SlotTaken, match="has just been taken"):
        counter.book()


def test_only_what_is_open_can_be_booked(counter: Counter) -> None:
    for nowhere in (wall(TUESDAY, 12), wall(TUESDAY, 16, 10), wall(TUESDAY, 18), FOUR + DAY):
        with pytest.raises(SlotTaken):
            counter.book(at=nowhere)


def test_a_rule_that_stands_in_the_way_is_said(counter: Counter) -> None:
    with pytest.raises(TooSoon):
        counter.book(at=counter.world.now + HOUR)
    with pytest.raises(TooFarAhead):
        counter.book(at=FOUR + 20 * WEEK)
    counter.rules(most_a_week=1)
    counter.book()
    with pytest.raises(EnoughThatWeek):
        counter.book(at=FOUR + HOUR)
    counter.rules(is_open=False)
    with pytest.raises(NotOffered):
        counter.book(at=FOUR + HOUR)


def test_the_office_is_not_held_to_the_families_rules(counter: Counter) -> None:
    counter.rules(is_open=False, lead_minutes=30 * 24 * 60)
    assert offered(counter) == []
    assert counter.book(counter.world.olivia)


def test_a_stranger_finds_neither_the_student_nor_the_booking(counter: Counter) -> None:
    world = counter.world
    booking_id = counter.book()
    with pytest.raises(NotFound):
        world.run(world.rita, booking_status, booking_id)
    other = Actor.of(world.rita.person_id, world.harmony, Role.GUARDIAN)
    for ask in (lambda: counter.book(other, FOUR + HOUR), lambda: offered(counter, other)):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(NotFound):
        world.run(other, booking_status, booking_id)


def test_a_teacher_does_not_book(counter: Counter) -> None:
    with pytest.raises(Forbidden):
        counter.book(counter.world.tom)


def test_a_grown_up_student_books_and_a_child_does_not(counter: Counter) -> None:
    world = counter.world
    sam = Actor.of(world.rita.person_id, world.harmony, Role.STUDENT)
    change = update(Student).where(col(Student.id) == world.student_id)
    connection = world.as_(world.olivia).session.connection()
    connection.execute(change.values(person_id=sam.person_id))
    with pytest.raises(AskAnAdult):
        counter.book(sam)
    connection.execute(change.values(is_adult=True))
    assert counter.book(sam)


def test_nobody_but_the_teacher_is_named_in_what_is_offered(counter: Counter) -> None:
    world = counter.world
    counter.desk.lesson(FOUR, student_ids=(world.student_id,))
    asked = Asked(world.student_id, counter.desk.piano, TUESDAY, TUESDAY + DAY, None, "piano")
    found = world.run(world.grace, offers, asked)
    assert {(one.teacher, one.location) for one in found.openings} == {("Tom Teal", "High Street")}
    assert [one.time for one in found.openings] == ["15:00", "15:30", "16:30", "17:00", "17:30"]
    assert "Sam" not in repr(found)
    assert found.meaning == "It is yours as soon as you book it."


def test_a_place_in_a_group_is_kept_until_it_is_full(counter: Counter, choir: Any) -> None:
    world = counter.world
    lesson_id = counter.desk.lesson(FOUR + HOUR, lesson_type_id=choir)
    wish = {"lesson_type_id": choir, "at": FOUR + HOUR, "kind": BookingKind.PLACE}
    assert offered(counter, lesson_type_id=choir) == ["17:00"]
    booking_id = counter.book(**wish)
    assert [seat.student_id for seat in counter.desk.seats(lesson_id)] == [world.student_id]
    assert offered(counter, lesson_type_id=choir) == []
    with pytest.raises(SlotTaken):
        counter.book(**wish)
    assert counter.settled(booking_id).state == BookingState.CONFIRMED


def test_a_weekly_place_holds_every_week(counter: Counter) -> None:
    booking_id = counter.weekly()
    world = counter.world
    week = world.run(world.olivia, calendar_range, TUESDAY + WEEK, TUESDAY + WEEK + DAY)
    assert [one.status.value for one in week.lessons] == ["provisional"]
    assert counter.status(booking_id).when == "Every Tuesday, 16:00, from 8 Sept 2026"


def test_a_weekly_place_must_be_a_published_slot(counter: Counter) -> None:
    world = counter.world
    once = TeachingHours(9 * 60, 12 * 60, weekday=3, location_id=counter.desk.location_id)
    world.run(world.tom, offer_hours, world.teacher_id, once)
    with pytest.raises(NotWeekly):
        counter.weekly(wall(TUESDAY + DAY, 9))
    assert counter.book(at=wall(TUESDAY + DAY, 9))


def test_one_active_place_is_one(counter: Counter) -> None:
    counter.rules(one_active=True)
    counter.weekly()
    with pytest.raises(HasWeeklyPlace):
        counter.weekly(FOUR + HOUR)
    assert counter.book(at=FOUR + HOUR)


def test_wall_time_is_read_in_the_studios_zone(counter: Counter) -> None:
    naive = FOUR.astimezone(LONDON).replace(tzinfo=None)
    assert counter.status(counter.book(at=naive)).starts_at == FOUR


def test_a_booking_is_for_one_person_only(counter: Counter) -> None:
    world = counter.world
    with pytest.raises(NotFound):
        counter.book(student_id=world.teacher_id)
    wish = replace(counter.wish, teacher_id=counter.desk.ruth)
    with pytest.raises(SlotTaken):
        world.run(world.grace, book, wish)
