"""From requested to confirmed, or to an end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from studio_app.bookings import subscribers
from studio_app.bookings.commands.deciding import (
    AlreadyDecided,
    confirm_booking,
    decline_booking,
    withdraw_booking,
)
from studio_app.bookings.commands.expiring import expire_bookings
from studio_app.bookings.queries.bookings import BookingRow, my_bookings, waiting_bookings
from studio_app.bookings.rules.states import BookingKind, BookingState, Reason
from studio_app.kit.access import Actor
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.people.commands.students import archive_student
from studio_app.scheduling.access.dependants import StillNeeded
from studio_app.scheduling.commands.availability import Absence, take_time_off
from studio_app.scheduling.commands.lesson_types import archive_lesson_type
from studio_app.scheduling.commands.lessons import cancel_lesson, restore_lesson
from studio_app.scheduling.commands.series import end_series, resume_series
from studio_app.scheduling.events import (
    LessonCancelled,
    LessonDeclined,
    LessonRestored,
    SeriesChanged,
    SeriesEnded,
)
from studio_app.scheduling.models.setup import LessonType
from tests.bookings.conftest import FOUR, Counter
from tests.conftest import HOUR
from tests.scheduling.conftest import TUESDAY

DAY = timedelta(days=1)


def lesson_status(counter: Counter, row: BookingRow) -> str:
    return counter.desk.row(row.lesson_id).status


def waiting(counter: Counter) -> list[BookingRow]:
    return counter.world.run(counter.world.olivia, waiting_bookings)


def expired(counter: Counter) -> str:
    return counter.world.run(Actor.system(counter.world.harmony), expire_bookings)


def hears(counter: Counter, subscriber: Any, event: Any) -> None:
    """A subscriber as the worker would run it."""
    work = counter.world.as_(Actor.system(counter.world.harmony), expire_bookings)
    with work.session:
        subscriber(work, event)
        work.session.commit()


def test_it_is_confirmed_by_itself_where_the_studio_wants_that(counter: Counter) -> None:
    found = counter.settled(counter.book())
    assert (found.state, found.sentence) == (BookingState.CONFIRMED, "It is booked.")
    assert lesson_status(counter, found) == "scheduled"
    assert waiting(counter) == []


def test_where_the_studio_looks_first_it_waits_with_its_reason(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    assert (found.state, found.waits) == (BookingState.REQUESTED, True)
    assert found.sentence == "Somebody of the studio looks at it first."
    assert lesson_status(counter, found) == "requested"
    assert [one.id for one in waiting(counter)] == [found.id]


def test_settling_twice_changes_nothing(counter: Counter) -> None:
    booking_id = counter.reviewing().book()
    counter.settled(booking_id)
    counter.rules(confirming=None)
    assert counter.settled(booking_id).state == BookingState.REQUESTED


@pytest.mark.parametrize("what", ["hours", "student", "kind"])
def test_what_changed_meanwhile_leaves_it_provisional(counter: Counter, what: str) -> None:
    booking_id = counter.book()
    world = counter.world
    if what == "hours":
        world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    elif what == "student":
        world.run(world.olivia, archive_student, world.student_id)
    else:
        kind = update(LessonType).where(col(LessonType.id) == counter.desk.piano)
        world.as_(world.olivia).session.connection().execute(kind.values(archived_at=world.now))
    found = counter.settled(booking_id)
    reasons = {"hours": Reason.NOT_OPEN, "student": Reason.LEFT, "kind": Reason.PUT_AWAY}
    assert found.state == BookingState.PROVISIONAL
    assert counter.row(booking_id).reason == reasons[what]
    assert found.sentence == str(reasons[what].sentence)
    assert lesson_status(counter, found) == "provisional"


def test_the_office_says_yes(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    world.run(world.olivia, confirm_booking, found.id)
    assert counter.status(found.id).state == BookingState.CONFIRMED
    assert lesson_status(counter, found) == "scheduled"
    with pytest.raises(AlreadyDecided):
        world.run(world.olivia, decline_booking, found.id)


def test_the_office_says_no_and_why(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    world.run(world.olivia, decline_booking, found.id, reason="Tom is full this term.")
    now = counter.status(found.id)
    assert now.sentence == "The studio said no: Tom is full this term."
    assert lesson_status(counter, found) == "declined"
    assert counter.book()


def test_the_family_takes_it_back_before_it_is_decided(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    world.run(world.grace, withdraw_booking, found.id)
    assert counter.status(found.id).state == BookingState.CANCELLED
    assert counter.book()
    with pytest.raises(AlreadyDecided):
        world.run(world.grace, withdraw_booking, found.id)


def test_families_and_strangers_do_not_decide(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    with pytest.raises(Forbidden):
        world.run(world.grace, confirm_booking, found.id)
    for decide in (confirm_booking, decline_booking, withdraw_booking):
        with pytest.raises(NotFound):
            world.run(world.rita, decide, found.id)


def test_a_weekly_place_under_review_is_provisional(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.weekly())
    assert found.state == BookingState.PROVISIONAL
    world = counter.world
    world.run(world.olivia, confirm_booking, found.id)
    statuses = {row.status for row in counter.desk.lessons(counter.row(found.id).series_id)}
    assert statuses == {"scheduled"}


def test_a_place_in_a_group_is_given_back_when_declined(counter: Counter, choir: Any) -> None:
    lesson_id = counter.desk.lesson(FOUR + HOUR, lesson_type_id=choir)
    wish = {"lesson_type_id": choir, "at": FOUR + HOUR, "kind": BookingKind.PLACE}
    found = counter.reviewing().settled(counter.book(**wish))
    assert found.state == BookingState.PROVISIONAL
    counter.world.run(counter.world.olivia, decline_booking, found.id)
    assert counter.desk.seats(lesson_id)[0].left_at is not None


def test_after_two_weeks_it_expires_and_the_office_was_told(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.weekly())
    assert expired(counter.later(10)) == "0 expired, 0 told of"
    assert expired(counter.later(11.5)) == "0 expired, 1 told of"
    assert expired(counter.later(12)) == "0 expired, 0 told of"
    assert expired(counter.later(14)) == "1 expired, 0 told of"
    later = counter.later(14)
    assert later.status(found.id).state == BookingState.EXPIRED
    to_come = [
        row.status
        for row in counter.desk.lessons(counter.row(found.id).series_id)
        if row.starts_at > later.world.now
    ]
    assert set(to_come) == {"expired"}
    mine = later.world.run(later.world.grace, my_bookings)
    assert [one.state for one in mine] == [BookingState.EXPIRED]


def test_what_nobody_agreed_to_is_over_with_its_hour(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    assert expired(counter.later(7.3)) == "1 expired, 0 told of"
    assert counter.status(found.id).state == BookingState.EXPIRED


def test_what_was_taught_while_provisional_does_not_expire(counter: Counter) -> None:
    booking_id = counter.book()
    world = counter.world
    world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    found = counter.settled(booking_id)
    expired(counter.later(14))
    assert counter.status(booking_id).state == BookingState.CONFIRMED
    assert lesson_status(counter, found) == "scheduled"


def test_taking_it_off_the_calendar_is_a_no(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.book())
    world = counter.world
    world.run(world.olivia, cancel_lesson, found.lesson_id, reason="Tom is ill.")
    hears(counter, subscribers.decline_with_its_lesson, LessonDeclined(found.lesson_id))
    assert counter.status(found.id).sentence == "The studio said no: Tom is ill."


def test_cancelling_and_putting_back_is_followed(counter: Counter) -> None:
    booking_id = counter.book()
    world = counter.world
    world.run(world.tom, take_time_off, world.teacher_id, Absence(TUESDAY, TUESDAY))
    lesson_id = counter.settled(booking_id).lesson_id
    world.run(world.olivia, cancel_lesson, lesson_id)
    hears(counter, subscribers.cancel_with_its_lesson, LessonCancelled(lesson_id))
    assert counter.status(booking_id).state == BookingState.CANCELLED
    world.run(world.olivia, restore_lesson, lesson_id)
    hears(counter, subscribers.confirm_with_its_lesson, LessonRestored(lesson_id))
    assert counter.status(booking_id).state == BookingState.CONFIRMED


def test_ending_and_resuming_its_series_is_followed(counter: Counter) -> None:
    found = counter.reviewing().settled(counter.weekly())
    world = counter.world
    ended = world.run(world.olivia, end_series, found.lesson_id)
    hears(counter, subscribers.cancel_with_its_series, SeriesEnded(ended.series_id, TUESDAY))
    assert counter.status(found.id).state == BookingState.CANCELLED
    world.run(world.olivia, resume_series, ended.series_id, ended.lesson_ids)
    again = SeriesChanged(ended.series_id, ended.series_id, TUESDAY, resumed=True)
    hears(counter, subscribers.confirm_with_its_series, again)
    assert counter.status(found.id).state == BookingState.CONFIRMED
    assert {row.status for row in counter.desk.lessons(ended.series_id)} == {"scheduled"}


def test_putting_a_kind_away_is_refused_while_it_is_asked_for(counter: Counter) -> None:
    counter.book()
    world = counter.world
    with pytest.raises(StillNeeded):
        world.run(world.olivia, archive_lesson_type, counter.desk.piano)
