"""A time is offered every week only where it is free in all the weeks to come."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from studio_app.bookings.commands.booking import NotWeekly
from studio_app.bookings.queries.offers import Offer, offers
from studio_app.bookings.wishes import Asked
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.availability import Absence, take_time_off
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.commands.places import RoomDetails, add_room
from studio_app.scheduling.commands.year import close_studio_on
from studio_app.scheduling.models.availability import Availability
from studio_app.scheduling.models.series import Series
from tests.bookings.conftest import Counter
from tests.counting import sent_on
from tests.scheduling.conftest import TUESDAY, wall

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
AHEAD = 16
"""So many weeks of a weekly lesson are put into the diary at once."""


def at_four(weeks: int) -> datetime:
    """The same hour of a later week, also behind a change of the clocks."""
    return wall(TUESDAY + weeks * WEEK, 16)


def found(counter: Counter, **asked: object) -> dict[str, Offer]:
    """By their hour: what Grace is shown for the one Tuesday."""
    world = counter.world
    wish = Asked(world.student_id, counter.desk.piano, TUESDAY, TUESDAY + DAY, world.teacher_id)
    shown = world.run(world.grace, offers, replace(wish, **asked))  # type: ignore[arg-type]
    return {one.time: one for one in shown.openings}


def series(counter: Counter) -> Series:
    world = counter.world
    return world.as_(world.olivia).session.exec(select(Series)).one()


def test_a_week_that_is_taken_later_leaves_the_one_lesson(counter: Counter) -> None:
    taken = counter.desk.lesson(at_four(5))
    shown = found(counter)
    assert [hour for hour, one in shown.items() if not one.weekly] == ["16:00"]
    with pytest.raises(NotWeekly):
        counter.weekly()
    world = counter.world
    world.run(world.olivia, cancel_lesson, taken)
    assert found(counter)["16:00"].weekly
    assert counter.weekly()


def test_what_lies_further_ahead_is_not_asked_about(counter: Counter) -> None:
    counter.desk.lesson(at_four(AHEAD))
    assert found(counter)["16:00"].weekly
    counter.desk.lesson(at_four(AHEAD - 1))
    assert not found(counter)["16:00"].weekly


def test_a_student_who_learns_with_somebody_else_then_cannot_come_every_week(
    counter: Counter,
) -> None:
    desk, world = counter.desk, counter.world
    desk.lesson(at_four(3), teacher_id=desk.ruth, student_ids=(world.student_id,))
    assert not found(counter)["16:00"].weekly
    assert found(counter)["15:00"].weekly


def test_closed_weeks_are_said_and_not_taught(counter: Counter) -> None:
    world = counter.world
    closed = TUESDAY + 3 * WEEK
    world.run(world.olivia, close_studio_on, name="Moving", first_on=closed, last_on=closed)
    shown = found(counter)["16:00"]
    assert shown.weekly
    assert shown.weekly_but == "1 of your 16 lessons falls on a closure date."
    counter.weekly()
    assert len(counter.desk.lessons()) == AHEAD - 1


def test_days_on_which_the_teacher_is_away_are_left_out(counter: Counter) -> None:
    world = counter.world
    away = TUESDAY + 4 * WEEK
    world.run(world.tom, take_time_off, world.teacher_id, Absence(away, away + DAY))
    shown = found(counter)["16:00"]
    assert shown.weekly_but == "There is no lesson on Tue 6 Oct: the teacher is away."
    counter.weekly()
    made = counter.desk.lessons()
    assert away not in {one.occurs_on for one in made}
    assert len(made) == AHEAD - 1
    assert counter.desk.exceptions(series(counter).id) == {away: "skipped"}
    assert counter.desk.broken() == []


def test_it_is_in_a_room_that_is_free_in_every_week(counter: Counter) -> None:
    desk, world = counter.desk, counter.world
    ben = world.run(world.olivia, add_student, StudentDetails("Ben", "Blue")).student_id
    desk.lesson(at_four(2), teacher_id=desk.ruth, room_id=desk.room_id, student_ids=(ben,))
    assert not found(counter)["16:00"].weekly
    other = world.run(world.olivia, add_room, desk.location_id, RoomDetails("Room 2"))
    assert found(counter)["16:00"].weekly
    counter.weekly()
    assert series(counter).room_id == other


def test_it_ends_with_the_hours_it_is_published_in(counter: Counter) -> None:
    world = counter.world
    last = TUESDAY + 5 * WEEK
    session = world.as_(world.olivia).session
    session.exec(select(Availability)).one().ends_on = last
    session.flush()
    counter.desk.lesson(at_four(8))
    assert found(counter)["16:00"].weekly_but == "It ends on 13 Oct 2026."
    counter.weekly()
    assert series(counter).until_on == last
    assert {one.occurs_on for one in counter.desk.lessons(series(counter).id)} == {
        TUESDAY + n * WEEK for n in range(6)
    }


def test_it_takes_one_statement_more_however_many_times_are_open(counter: Counter) -> None:
    world = counter.world

    def asked(days: int) -> int:
        with sent_on(world.connection) as heard:
            found(counter, until=TUESDAY + days * DAY)
        return len(heard)

    one, four_weeks = asked(1), asked(28)
    session = world.as_(world.olivia).session
    session.exec(select(Availability)).one().slot_minutes = None
    session.flush()
    assert one == four_weeks == asked(28) + 1
