"""What a single lesson needs is there, is offered and may be seen, or nothing is written."""

from dataclasses import replace
from typing import Any

import pytest

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import new_id
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.access.setup import PutAway
from studio_app.scheduling.commands.lesson_types import archive_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.commands.places import archive_room
from studio_app.scheduling.diary import Full
from tests.scheduling.conftest import TUESDAY, Desk, wall
from tests.scheduling.test_query_counts import statements

FOUR = wall(TUESDAY, 16)


@pytest.mark.parametrize("unknown", ["teacher_id", "lesson_type_id", "room_id", "student_ids"])
def test_what_is_not_there_is_not_found(desk: Desk, unknown: str) -> None:
    nobody: Any = (desk.world.student_id, new_id()) if unknown == "student_ids" else new_id()
    with pytest.raises(NotFound):
        desk.lesson(FOUR, **{"lesson_type_id": desk.band, unknown: nobody})
    assert desk.lessons() == []


def test_what_was_put_away_is_named(desk: Desk) -> None:
    world = desk.world
    world.run(world.olivia, archive_room, desk.room_id)
    with pytest.raises(PutAway, match="Room 1 has been put away"):
        desk.lesson(FOUR, room_id=desk.room_id)
    world.run(world.olivia, archive_lesson_type, desk.piano)
    with pytest.raises(PutAway, match="Piano has been put away"):
        desk.lesson(FOUR)


def test_the_kind_and_the_room_limit_how_many(desk: Desk) -> None:
    world = desk.world
    others = [
        world.run(world.olivia, add_student, StudentDetails(f"Student{n}", "Novak")).student_id
        for n in range(8)
    ]
    with pytest.raises(Full, match="for 8 at most"):
        desk.lesson(FOUR, lesson_type_id=desk.band, student_ids=(world.student_id, *others))
    with pytest.raises(Full, match="holds 6 at most"):
        desk.lesson(
            FOUR, lesson_type_id=desk.band, student_ids=tuple(others[:7]), room_id=desk.room_id
        )
    desk.lesson(FOUR, lesson_type_id=desk.band, student_ids=tuple(others))
    (lesson,) = desk.lessons()
    assert {seat.student_id for seat in desk.seats(lesson.id)} == set(others)


def test_who_may_book_but_not_see_everybody_books_their_own(desk: Desk) -> None:
    world = desk.world
    mia = world.run(world.olivia, add_student, StudentDetails("Mia", "Novak")).student_id
    grace = replace(world.grace, grants=world.grace.grants | {Permission.CALENDAR_MANAGE})
    wish = NewLesson(world.teacher_id, desk.piano, FOUR, (world.student_id,))
    with pytest.raises(NotFound):
        world.run(grace, schedule_lesson, replace(wish, student_ids=(mia,)))
    assert world.run(grace, schedule_lesson, wish)


def test_a_booking_asks_seven_times_and_a_refusal_less_often(desk: Desk) -> None:
    """Enter, what it needs, lock, what is in the way, what speaks against it, and two inserts;
    or who is in the way."""
    wishes = {"student_ids": (desk.world.student_id,), "room_id": desk.room_id}
    with statements(desk) as sent:
        desk.lesson(FOUR, **wishes)
    assert len(_of_use_case(sent)) == 7
    with statements(desk) as sent, pytest.raises(Exception, match="teaches Sam Gray in Room 1"):
        desk.lesson(FOUR, **wishes)
    assert len(_of_use_case(sent)) == 5


def _of_use_case(sent: list[str]) -> list[str]:
    """Without the savepoints and checks that surround a use case in a test."""
    return [s for s in sent if not s.lower().startswith(("savepoint", "release", "set ", "rollb"))]
