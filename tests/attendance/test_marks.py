"""A teacher says what became of the day; every change of mind is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from studio_app.attendance.commands import (
    NothingToUndo,
    mark_day_present,
    mark_seat,
    undo_mark,
    undo_marks,
)
from studio_app.attendance.queries import day_sheet, mark_history, unmarked_before
from studio_app.attendance.rules import BILLABLE, HELD, Outcome, is_billable
from studio_app.kit.errors import Forbidden, NotFound, Refused
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World


def outcomes(world: World) -> list[Outcome]:
    today = world.now.date()
    return [seat.outcome for seat in world.run(world.tom, day_sheet, today)]


def test_one_tap_marks_present(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
    assert outcomes(world) == [Outcome.PRESENT]


def test_the_latest_mark_counts_and_the_history_keeps_all(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
    world.run(world.olivia, mark_seat, seat, Outcome.NO_SHOW, note="nobody at the door")

    history = world.run(world.tom, mark_history, seat)
    assert [mark.outcome for mark in history] == [Outcome.NO_SHOW, Outcome.PRESENT]
    assert [mark.by for mark in history] == ["Olivia Owen", "Tom Teal"]
    assert history[0].note == "nobody at the door"
    assert outcomes(world) == [Outcome.NO_SHOW]


def test_the_same_mark_again_changes_nothing(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    for _again in range(2):
        world.run(world.tom, mark_seat, seat, Outcome.LATE)
    assert len(world.run(world.tom, mark_history, seat)) == 1


def test_undo_goes_back_to_what_was_said_before(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
    world.run(world.tom, mark_seat, seat, Outcome.EXCUSED)
    world.run(world.tom, undo_mark, seat)
    assert outcomes(world) == [Outcome.PRESENT]
    assert len(world.run(world.tom, mark_history, seat)) == 3


def test_undoing_the_only_mark_leaves_the_seat_unmarked(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
    world.run(world.tom, undo_mark, seat)
    assert outcomes(world) == [Outcome.UNMARKED]
    assert [s.seat_id for s in world.run(world.tom, unmarked_before, world.now)] == [seat]


def test_there_is_nothing_to_undo_on_an_unmarked_seat(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    with pytest.raises(NothingToUndo):
        world.run(world.tom, undo_mark, seat)


def test_the_whole_day_is_one_tap_and_one_undo(world: World, lessons: Lessons) -> None:
    excused = lessons.seat(world.now - 3 * HOUR)
    open_ = [lessons.seat(world.now - 2 * HOUR), lessons.seat(world.now - HOUR)]
    lessons.seat(world.now + HOUR)  # not begun
    world.run(world.tom, mark_seat, excused, Outcome.EXCUSED)

    marked = world.run(world.tom, mark_day_present, world.now.date())
    assert sorted(marked) == sorted(open_)
    present = [Outcome.EXCUSED, Outcome.PRESENT, Outcome.PRESENT, Outcome.UNMARKED]
    assert outcomes(world) == present

    world.run(world.tom, undo_marks, marked)
    assert outcomes(world) == [Outcome.EXCUSED, *[Outcome.UNMARKED] * 3]


def test_the_whole_day_leaves_other_teachers_alone(world: World, lessons: Lessons) -> None:
    lessons.seat(world.now - HOUR, teacher_id=lessons.teacher("Ruth"))
    assert world.run(world.tom, mark_day_present, world.now.date()) == []


def test_a_lesson_that_has_not_begun_can_only_be_excused(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now + HOUR)
    with pytest.raises(Refused, match="not begun"):
        world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
    world.run(world.tom, mark_seat, seat, Outcome.EXCUSED)


def test_a_cancelled_lesson_is_not_marked(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    lessons.cancel(seat)
    with pytest.raises(Refused, match="cancelled"):
        world.run(world.tom, mark_seat, seat, Outcome.PRESENT)


def test_strangers_and_other_teachers_do_not_find_the_seat(world: World, lessons: Lessons) -> None:
    of_ruth = lessons.seat(world.now - HOUR, teacher_id=lessons.teacher("Ruth"))
    of_tom = lessons.seat(world.now - 2 * HOUR)
    with pytest.raises(NotFound):
        world.run(world.tom, mark_seat, of_ruth, Outcome.PRESENT)
    with pytest.raises(NotFound):
        world.run(world.rita, mark_seat, of_tom, Outcome.PRESENT)
    with pytest.raises(Forbidden):
        world.run(world.grace, mark_seat, of_tom, Outcome.PRESENT)
    assert world.run(world.rita, mark_history, of_tom) == []
    assert world.run(world.rita, day_sheet, world.now.date()) == []
    world.run(world.olivia, mark_seat, of_ruth, Outcome.PRESENT)


def test_unmarked_lessons_are_listed_once_they_are_over(world: World, lessons: Lessons) -> None:
    over = lessons.seat(world.now - HOUR)
    lessons.seat(world.now - timedelta(minutes=10))  # still running
    marked = lessons.seat(world.now - 2 * HOUR)
    world.run(world.tom, mark_seat, marked, Outcome.PRESENT)
    assert [s.seat_id for s in world.run(world.olivia, unmarked_before, world.now)] == [over]


def test_marks_are_never_changed(world: World, lessons: Lessons) -> None:
    world.run(world.tom, mark_seat, lessons.seat(world.now - HOUR), Outcome.PRESENT)
    with pytest.raises(ProgrammingError, match="permission denied"):
        world.connection.execute(text("update attendance_mark set outcome = 'excused'"))


def test_what_is_held_and_what_is_paid_for() -> None:
    assert Outcome.NO_SHOW not in HELD
    assert HELD < BILLABLE
    assert [is_billable(o) for o in (Outcome.NO_SHOW, Outcome.EXCUSED, Outcome.UNMARKED, None)] == [
        True,
        False,
        False,
        False,
    ]
