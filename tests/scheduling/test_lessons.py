"""Single lessons: into the diary, elsewhere, off and on again."""

from datetime import timedelta

import pytest

from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import LessonId
from studio_app.scheduling.commands.lessons import (
    IsCancelled,
    MovedMeanwhile,
    NotCancelled,
    cancel_lesson,
    move_lesson,
    resize_lesson,
    restore_lesson,
)
from studio_app.scheduling.diary import Full, NotThatLong, SlotTaken
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus
from tests.scheduling.conftest import TUESDAY, Desk, wall

FOUR = wall(TUESDAY, 16)
HALF = timedelta(minutes=30)


@pytest.fixture
def lesson_id(desk: Desk) -> LessonId:
    return desk.lesson(FOUR, student_ids=(desk.world.student_id,), room_id=desk.room_id)


def test_it_lasts_as_long_as_its_kind_and_seats_its_students(
    desk: Desk, lesson_id: LessonId
) -> None:
    lesson = desk.row(lesson_id)
    assert (lesson.starts_at, lesson.ends_at) == (FOUR, FOUR + HALF)
    assert [seat.student_id for seat in desk.seats(lesson_id)] == [desk.world.student_id]


def test_wall_time_is_the_studios(desk: Desk) -> None:
    lesson_id = desk.lesson(FOUR.replace(tzinfo=None, hour=16))
    assert desk.row(lesson_id).starts_at == FOUR


def test_it_says_who_and_where_is_taken(desk: Desk, lesson_id: LessonId) -> None:
    with pytest.raises(SlotTaken) as refused:
        desk.lesson(FOUR + HALF / 2)
    said = "Tom Teal teaches Sam Gray in Room 1 then (Tue 8 Sept, 16:00–16:30)."
    assert str(refused.value) == said


def test_it_says_whose_room_it_is(desk: Desk, lesson_id: LessonId) -> None:
    with pytest.raises(SlotTaken, match="Room 1 is taken by Tom Teal"):
        desk.lesson(FOUR, teacher_id=desk.ruth, room_id=desk.room_id)


def test_it_says_which_student_is_elsewhere(desk: Desk, lesson_id: LessonId) -> None:
    sam = (desk.world.student_id,)
    with pytest.raises(SlotTaken, match="Sam Gray has a lesson with Tom Teal then"):
        desk.lesson(FOUR, teacher_id=desk.ruth, student_ids=sam)


def test_moving_keeps_the_length_and_takes_the_seats_along(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    was = world.run(world.olivia, move_lesson, lesson_id, to=FOUR + 3 * HALF)

    moved = desk.row(lesson_id)
    assert (moved.starts_at, moved.lasting) == (FOUR + 3 * HALF, HALF)
    assert desk.seats(lesson_id)[0].starts_at == FOUR + 3 * HALF
    assert (was.starts_at, was.minutes, was.room_id) == (FOUR, 30, desk.room_id)


def test_moving_back_is_the_undo(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    there = {"teacher_id": desk.ruth, "no_room": True, "minutes": 60}
    was = world.run(world.olivia, move_lesson, lesson_id, to=FOUR + HALF, **there)
    undo = {"teacher_id": was.teacher_id, "room_id": was.room_id, "minutes": was.minutes}
    world.run(world.olivia, move_lesson, lesson_id, to=was.starts_at, **undo)

    lesson = desk.row(lesson_id)
    assert (lesson.slot.starts_at, lesson.lasting) == (FOUR, HALF)
    assert (lesson.teacher_id, lesson.room_id) == (world.teacher_id, desk.room_id)


def test_it_does_not_move_onto_another_lesson(desk: Desk, lesson_id: LessonId) -> None:
    desk.lesson(FOUR + 2 * HALF)
    world = desk.world
    with pytest.raises(SlotTaken):
        world.run(world.olivia, move_lesson, lesson_id, to=FOUR + 2 * HALF)
    assert desk.row(lesson_id).starts_at == FOUR


def test_a_lesson_may_move_by_less_than_its_length(desk: Desk, lesson_id: LessonId) -> None:
    desk.world.run(desk.world.olivia, move_lesson, lesson_id, to=FOUR + HALF / 2)
    assert desk.row(lesson_id).starts_at == FOUR + HALF / 2


def test_it_notices_that_somebody_else_moved_it(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    world.run(world.olivia, move_lesson, lesson_id, to=FOUR + HALF, expected=FOUR)
    with pytest.raises(MovedMeanwhile, match=r"to Tue 8 Sept, 16:30 meanwhile"):
        world.run(world.olivia, move_lesson, lesson_id, to=FOUR + 2 * HALF, expected=FOUR)


def test_resizing_is_refused_into_the_next_lesson(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    desk.lesson(FOUR + 2 * HALF)
    world.run(world.olivia, resize_lesson, lesson_id, minutes=60)
    assert desk.row(lesson_id).ends_at == FOUR + 2 * HALF
    with pytest.raises(SlotTaken):
        world.run(world.olivia, resize_lesson, lesson_id, minutes=75)
    with pytest.raises(NotThatLong):
        world.run(world.olivia, resize_lesson, lesson_id, minutes=0)


def test_an_individual_lesson_is_for_one(desk: Desk) -> None:
    two = (desk.world.student_id, desk.world.student_id)
    with pytest.raises(Full, match="for 1 at most"):
        desk.lesson(FOUR, student_ids=two)


def test_a_cancelled_lesson_frees_its_time_and_stays_in_the_diary(
    desk: Desk, lesson_id: LessonId
) -> None:
    world = desk.world
    off = {"by": CancelledBy.FAMILY, "reason": " Ill "}
    world.run(world.olivia, cancel_lesson, lesson_id, **off)
    desk.lesson(FOUR, student_ids=(world.student_id,))

    lesson = desk.row(lesson_id)
    assert (lesson.status, lesson.cancel_reason) == (LessonStatus.CANCELLED, "Ill")
    with pytest.raises(IsCancelled):
        world.run(world.olivia, move_lesson, lesson_id, to=FOUR)
    with pytest.raises(SlotTaken):
        world.run(world.olivia, restore_lesson, lesson_id)


def test_restoring_is_the_undo_of_cancelling(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    with pytest.raises(NotCancelled):
        world.run(world.olivia, restore_lesson, lesson_id)
    world.run(world.olivia, cancel_lesson, lesson_id, by=CancelledBy.SCHOOL)
    world.run(world.olivia, cancel_lesson, lesson_id, by=CancelledBy.SCHOOL)
    world.run(world.olivia, restore_lesson, lesson_id)
    lesson = desk.row(lesson_id)
    assert (lesson.status, lesson.cancelled_at) == (LessonStatus.SCHEDULED, None)
    assert desk.seats(lesson_id)[0].blocking


def test_a_teacher_moves_their_own_lessons_only(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    world.run(world.tom, move_lesson, lesson_id, to=FOUR + HALF)
    hers = desk.lesson(FOUR, teacher_id=desk.ruth)
    with pytest.raises(NotFound):
        world.run(world.tom, move_lesson, hers, to=FOUR + HALF)
    with pytest.raises(NotFound):
        world.run(world.tom, cancel_lesson, hers)
    with pytest.raises(Forbidden):
        world.run(world.tom, move_lesson, lesson_id, to=FOUR, teacher_id=desk.ruth)


def test_a_family_may_not_move_as_staff_do(desk: Desk, lesson_id: LessonId) -> None:
    with pytest.raises(Forbidden):
        desk.world.run(desk.world.grace, move_lesson, lesson_id, to=FOUR)


def test_a_stranger_does_not_find_the_lesson(desk: Desk, lesson_id: LessonId) -> None:
    world = desk.world
    for use_case in (cancel_lesson, restore_lesson):
        with pytest.raises(NotFound):
            world.run(world.rita, use_case, lesson_id)
    with pytest.raises(NotFound):
        world.run(world.rita, move_lesson, lesson_id, to=FOUR)
    assert desk.row(lesson_id).starts_at == FOUR


def test_another_studios_teacher_and_student_are_not_found(desk: Desk) -> None:
    assert desk.world.rita.person_id is not None
    rita = Actor.of(desk.world.rita.person_id, desk.world.rival, Role.OWNER)
    other = desk.world
    with pytest.raises(NotFound):
        other.run(rita, move_lesson, desk.lesson(FOUR), to=FOUR)
