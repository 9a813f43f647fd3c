"""The promises about the diary, and that each of them can be broken."""

import pytest
from sqlalchemy import text

from tests.cast import cast_of
from tests.conftest import NOW, World
from tests.database import Database
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
