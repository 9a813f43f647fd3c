"""What is left for later waits, is listed, and comes back."""

from datetime import timedelta

import pytest

from studio_app.attendance.commands import (
    LEFT_FOR,
    NotOver,
    leave_for_later,
    mark_seat,
    mark_together,
    take_up_again,
    undo_marks,
)
from studio_app.attendance.rules import Outcome
from studio_app.kit.errors import Forbidden, NotFound, Refused
from studio_app.kit.ids import SeatId
from studio_app.overview.queries.unmarked import unmarked_lessons
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World


def asked(world: World) -> list[SeatId]:
    found = world.run(world.olivia, unmarked_lessons)
    return [seat.seat_id for day in found.days for lesson in day.lessons for seat in lesson.seats]


def listed(world: World) -> list[tuple[SeatId, str]]:
    return [(one.seat_id, one.by) for one in world.run(world.olivia, unmarked_lessons).left]


def test_what_is_left_waits_two_weeks_with_who_said_so(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    assert (asked(world), listed(world)) == ([seat], [])
    world.run(world.olivia, leave_for_later, [seat])
    assert (asked(world), listed(world)) == ([], [(seat, "Olivia Owen")])
    almost = world.at(world.now + LEFT_FOR - timedelta(seconds=1))
    assert (asked(almost), listed(almost)) == ([], [(seat, "Olivia Owen")])
    after = world.at(world.now + LEFT_FOR)
    assert (asked(after), listed(after)) == ([seat], [])


def test_taking_it_up_again_asks_at_once(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.olivia, leave_for_later, [seat])
    world.run(world.olivia, take_up_again, [seat])
    assert (asked(world), listed(world)) == ([seat], [])


def test_leaving_it_again_begins_anew(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.olivia, leave_for_later, [seat])
    later = world.at(world.now + LEFT_FOR + HOUR)
    later.run(later.olivia, leave_for_later, [seat])
    assert listed(later.at(later.now + LEFT_FOR - HOUR)) == [(seat, "Olivia Owen")]


def test_a_mark_ends_the_waiting(world: World, lessons: Lessons) -> None:
    seat = lessons.seat(world.now - HOUR)
    world.run(world.olivia, leave_for_later, [seat])
    world.run(world.tom, mark_seat, seat, Outcome.PRESENT)
    assert (asked(world), listed(world)) == ([], [])


def test_what_is_not_over_cannot_be_left(world: World, lessons: Lessons) -> None:
    with pytest.raises(NotOver):
        world.run(world.olivia, leave_for_later, [lessons.seat(world.now + HOUR)])


def test_only_the_office_leaves_something_and_strangers_find_nothing(
    world: World, lessons: Lessons
) -> None:
    seat = lessons.seat(world.now - HOUR)
    for use_case in (leave_for_later, take_up_again):
        with pytest.raises(Forbidden):
            world.run(world.tom, use_case, [seat])
        with pytest.raises(NotFound):
            world.run(world.rita, use_case, [seat])
    with pytest.raises(Forbidden):
        world.run(world.tom, unmarked_lessons)


def test_several_are_marked_with_one_tap_and_one_undo(world: World, lessons: Lessons) -> None:
    late, first, second = (lessons.seat(world.now - hours * HOUR) for hours in (1, 2, 3))
    world.run(world.olivia, mark_seat, late, Outcome.LATE)
    marked = world.run(world.olivia, mark_together, [late, first, second], Outcome.PRESENT)
    assert sorted(marked) == sorted([first, second])
    assert asked(world) == []
    world.run(world.olivia, undo_marks, marked)
    assert sorted(asked(world)) == sorted([first, second])


def test_nobody_comes_to_a_lesson_that_has_not_begun(world: World, lessons: Lessons) -> None:
    with pytest.raises(Refused, match="not begun"):
        world.run(world.olivia, mark_together, [lessons.seat(world.now + HOUR)], Outcome.PRESENT)


def test_the_list_goes_by_day_and_lesson_and_teacher(world: World, lessons: Lessons) -> None:
    other = lessons.teacher("Una Unger")
    yesterday = lessons.seat(world.now - timedelta(days=1), teacher_id=other)
    today = lessons.seat(world.now - HOUR)
    found = world.run(world.olivia, unmarked_lessons)
    shown = [
        (lesson.teacher, lesson.seats[0].seat_id) for day in found.days for lesson in day.lessons
    ]
    assert shown == [("Una Unger", yesterday), ("Tom Teal", today)]
    assert found.n == 2
    assert [(one.name, one.n) for one in found.teachers] == [("Tom Teal", 1), ("Una Unger", 1)]
    only = world.run(world.olivia, unmarked_lessons, teacher_id=other)
    assert [lesson.teacher for day in only.days for lesson in day.lessons] == ["Una Unger"]
    assert len(only.teachers) == 2
