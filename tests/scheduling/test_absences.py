"""A teacher cannot come: a whole day is taken off, and put back."""

from datetime import timedelta

import pytest

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId
from studio_app.kit.work import once
from studio_app.people.models import Student
from studio_app.scheduling.commands.absences import (
    DayCancelled,
    DayIsOver,
    DayRestored,
    cancel_day,
    restore_day,
)
from studio_app.scheduling.commands.availability import EndsBeforeItStarts, come_back
from studio_app.scheduling.commands.lessons import restore_lesson
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.scheduling.conftest import TUESDAY, Desk, wall
from tests.scheduling.test_query_counts import statements

DAY = timedelta(days=1)


def status(desk: Desk, *lesson_ids: LessonId) -> list[str]:
    return [LessonStatus(desk.row(each).status).value for each in lesson_ids]


@pytest.fixture
def day(desk: Desk) -> tuple[LessonId, ...]:
    """Sam at four, Mia at five, and a lesson of the day after."""
    mia = Lessons(desk.world).student("Mia").id
    return (
        desk.lesson(wall(TUESDAY, 16), student_ids=(desk.world.student_id,), room_id=desk.room_id),
        desk.lesson(wall(TUESDAY, 17), student_ids=(mia,)),
        desk.lesson(wall(TUESDAY + DAY, 16)),
    )


def test_a_teacher_takes_off_the_lessons_of_one_day(desk: Desk, day: tuple[LessonId, ...]) -> None:
    world = desk.world
    done = world.run(world.tom, cancel_day, None, TUESDAY, reason=" Ill ")

    assert (done.lessons, done.families) == (2, 2)
    assert status(desk, *day) == ["cancelled", "cancelled", "scheduled"]
    sams = desk.row(day[0])
    assert (sams.cancelled_by, sams.cancel_reason) == (CancelledBy.TEACHER, "Ill")
    assert desk.broken() == []


def test_two_children_of_a_family_are_one_family(desk: Desk) -> None:
    world = desk.world
    ida = Student(family_id=world.family_id, first_name="Ida")
    sibling = Lessons(world).save(ida).id
    desk.lesson(wall(TUESDAY, 16), student_ids=(world.student_id,))
    desk.lesson(wall(TUESDAY, 17), student_ids=(sibling,))
    done = world.run(world.tom, cancel_day, None, TUESDAY)
    assert (done.lessons, done.families) == (2, 1)


def test_several_days_are_taken_off_at_once(desk: Desk, day: tuple[LessonId, ...]) -> None:
    world = desk.world
    last = TUESDAY + DAY
    done = world.run(world.olivia, cancel_day, world.teacher_id, TUESDAY, until=last)
    assert (done.lessons, status(desk, *day)) == (3, ["cancelled"] * 3)


def test_lessons_that_have_begun_stay(desk: Desk) -> None:
    world = desk.world
    begun = desk.lesson(world.now - HOUR / 4)
    later = desk.lesson(world.now + HOUR)
    done = world.run(world.tom, cancel_day, None, world.now.date())
    assert (done.lessons, status(desk, begun, later)) == (1, ["scheduled", "cancelled"])


def test_a_second_tap_changes_nothing(desk: Desk, day: tuple[LessonId, ...]) -> None:
    world = desk.world
    first = world.run(world.tom, once("tap", cancel_day), None, TUESDAY)
    assert world.run(world.tom, once("tap", cancel_day), None, TUESDAY) == first
    assert world.run(world.tom, cancel_day, None, TUESDAY) == DayCancelled(None)


def test_the_day_can_be_put_back(desk: Desk, day: tuple[LessonId, ...]) -> None:
    world = desk.world
    done = world.run(world.tom, cancel_day, None, TUESDAY)
    assert done.time_off_id
    assert world.run(world.tom, restore_day, done.time_off_id) == DayRestored(2, taken=0)
    assert status(desk, *day) == ["scheduled"] * 3
    with pytest.raises(NotFound):
        world.run(world.tom, restore_day, done.time_off_id)


def test_what_was_taken_meanwhile_stays_cancelled(desk: Desk, day: tuple[LessonId, ...]) -> None:
    world = desk.world
    done = world.run(world.tom, cancel_day, None, TUESDAY)
    desk.lesson(wall(TUESDAY, 16), teacher_id=desk.ruth, room_id=desk.room_id)
    assert done.time_off_id
    assert world.run(world.tom, restore_day, done.time_off_id) == DayRestored(1, taken=1)
    assert status(desk, *day) == ["cancelled", "scheduled", "scheduled"]


def test_a_lesson_put_back_by_itself_is_left_alone(desk: Desk, day: tuple[LessonId, ...]) -> None:
    world = desk.world
    done = world.run(world.tom, cancel_day, None, TUESDAY)
    world.run(world.olivia, restore_lesson, day[0])
    assert done.time_off_id
    world.run(world.tom, come_back, done.time_off_id)
    assert status(desk, *day) == ["scheduled", "cancelled", "scheduled"]


def test_yesterday_and_the_wrong_way_round_are_refused(desk: Desk) -> None:
    world = desk.world
    with pytest.raises(DayIsOver):
        world.run(world.tom, cancel_day, None, world.now.date() - DAY)
    with pytest.raises(EndsBeforeItStarts):
        world.run(world.tom, cancel_day, None, TUESDAY, until=TUESDAY - DAY)


def test_nobody_takes_off_somebody_elses_day(desk: Desk, day: tuple[LessonId, ...]) -> None:
    world = desk.world
    with pytest.raises(NotFound):
        world.run(world.tom, cancel_day, desk.ruth, TUESDAY)
    with pytest.raises(NotFound):
        world.run(world.rita, cancel_day, world.teacher_id, TUESDAY)
    with pytest.raises(NotFound):  # the owner teaches nobody
        world.run(world.olivia, cancel_day, None, TUESDAY)
    assert status(desk, *day) == ["scheduled"] * 3


def test_ten_lessons_take_as_many_statements_as_two(world: World, desk: Desk) -> None:
    for nth in range(2):
        desk.lesson(wall(TUESDAY, 8 + nth))
    for nth in range(10):
        desk.lesson(wall(TUESDAY + DAY, 8 + nth))
    with statements(desk) as few:
        two = world.run(world.tom, cancel_day, None, TUESDAY)
    with statements(desk) as many:
        ten = world.run(world.tom, cancel_day, None, TUESDAY + DAY)
    assert (two.lessons, ten.lessons) == (2, 10)
    assert len(many) == len(few)
    assert two.time_off_id
    assert ten.time_off_id
    with statements(desk) as few:
        world.run(world.tom, restore_day, two.time_off_id)
    with statements(desk) as many:
        world.run(world.tom, restore_day, ten.time_off_id)
    assert len(many) == len(few)
    assert desk.lessons()[0].status == LessonStatus.SCHEDULED
