"""The promises about the diary, and that each of them can be broken."""

import pytest
from sqlalchemy import text

from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, change_lesson_type
from tests.cast import cast_of
from tests.conftest import NOW, World
from tests.database import Database
from tests.promises import broken as broken_in
from tests.scheduling.conftest import TUESDAY, Desk, desk_of, wall


def damage(desk: Desk, *statements: str) -> list[str]:
    desk.world.as_(desk.world.olivia)
    for statement in statements:
        desk.world.connection.execute(text(statement))
    return desk.broken()


def test_a_whole_diary_keeps_every_promise(desk: Desk) -> None:
    desk.series(count=5)
    desk.lesson(wall(TUESDAY, 18), student_ids=(desk.world.student_id,))
    assert desk.broken() == []


@pytest.mark.breaks_promises
@pytest.mark.parametrize(
    ("statement", "promise"),
    [
        (
            "delete from lesson where occurs_on = '2026-09-15'",
            "Every day of a series has a lesson or a reason why not.",
        ),
        (
            "update series set generated_until = '2027-01-31', count = 8",
            "Every day of a series has a lesson or a reason why not.",
        ),
        (
            "update series set every_weeks = 2, count = 5, generated_until = '2026-10-06'",
            "A series has no day that its rule does not have.",
        ),
        (
            "insert into series_exception (id, created_at, series_id, occurs_on, why)"
            " select id, now(), series_id, occurs_on, 'skipped' from lesson"
            " where occurs_on = '2026-09-15'",
            "No day of a series is there twice.",
        ),
    ],
)
def test_a_damaged_series_is_found(desk: Desk, statement: str, promise: str) -> None:
    desk.series(count=5, student_ids=())
    assert promise in damage(desk, statement)


FULL = "No lesson has more students than there are places, guests counted."


def with_a_duo(desk: Desk) -> None:
    world = desk.world
    ben = world.run(world.olivia, add_student, StudentDetails("Ben"), confirmed=True).student_id
    both = (world.student_id, ben)
    desk.lesson(wall(TUESDAY, 18), lesson_type_id=desk.band, room_id=desk.room_id, student_ids=both)


def test_a_limit_that_is_lowered_later_leaves_full_lessons_as_they_are(desk: Desk) -> None:
    with_a_duo(desk)
    smaller = LessonTypeDetails("Band", minutes=60, capacity=1)
    desk.world.run(desk.world.olivia, change_lesson_type, desk.band, smaller)
    assert FULL not in desk.broken()


@pytest.mark.parametrize("kind", ["lesson_type", "room"])
def test_a_lesson_with_too_many_guests_is_found(cloned: Database, kind: str) -> None:
    """As if two had taken the last place at once: nobody lowered the limit afterwards."""
    limit = {"lesson_type": "capacity", "room": "max_capacity"}[kind]
    with cloned.owner.begin() as owner:
        desk = desk_of(World(owner, cast_of(owner, NOW)))
        with_a_duo(desk)
        owner.execute(text("alter table lesson_type disable trigger user"))
        owner.execute(text("alter table room disable trigger user"))
        owner.execute(text(f"update {kind} set {limit} = 1"))  # noqa: S608  our own SQL
        broken = desk.broken()
        owner.rollback()
    assert FULL in broken


def test_overlaps_are_found_where_no_constraint_holds_them(cloned: Database) -> None:
    """On a copy without the constraints, as a damaged backup might be."""
    with cloned.owner.begin() as owner:
        world = World(owner, cast_of(owner, NOW))
        desk = desk_of(world)
        sam = (world.student_id,)
        desk.lesson(wall(TUESDAY, 16), student_ids=sam, room_id=desk.room_id)
        desk.lesson(wall(TUESDAY, 17), student_ids=sam, room_id=desk.room_id)
        for name in ("lesson_teacher_is_free", "lesson_room_is_free", "lesson_with_its_time"):
            owner.execute(text(f"alter table lesson drop constraint {name} cascade"))
        at_four = "starts_at = '2026-09-08 15:00Z', ends_at = '2026-09-08 15:30Z'"
        owner.execute(text(f"update lesson set {at_four}"))  # noqa: S608  our own SQL
        broken = desk.broken()
        owner.rollback()
    assert len([promise for promise in broken if "overlap" in promise]) == 3
    assert "A seat has the time of its lesson." in broken


def test_what_a_test_has_broken_is_known_when_it_ends(cloned: Database) -> None:
    with cloned.owner.begin() as owner:
        world = World(owner, cast_of(owner, NOW))
        desk = desk_of(world)
        desk.lesson(wall(TUESDAY, 16))
        desk.lesson(wall(TUESDAY, 17))
        sound = broken_in(owner)
        owner.execute(text("alter table lesson drop constraint lesson_teacher_is_free"))
        owner.execute(text("update lesson set ends_at = ends_at + interval '2 hours'"))
        overlapping = broken_in(owner)
        owner.rollback()
    assert (sound, overlapping) == ([], ["No two lessons that take place overlap for a teacher."])
