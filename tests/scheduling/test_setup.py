"""Places, kinds of lessons, the school year: made, changed, and not put away too early."""

from datetime import date
from typing import Any

import pytest

from studio_app.kit.errors import Forbidden, NotFound
from studio_app.scheduling.access.dependants import StillNeeded
from studio_app.scheduling.access.setup import PutAway
from studio_app.scheduling.commands.lesson_types import (
    LessonTypeDetails,
    TypeForNobody,
    add_lesson_type,
    archive_lesson_type,
    change_lesson_type,
    restore_lesson_type,
)
from studio_app.scheduling.commands.places import (
    LessonsShareRoom,
    NameMissing,
    RoomDetails,
    RoomForNobody,
    add_room,
    archive_location,
    archive_room,
    change_location,
    change_room,
    open_location,
    restore_location,
    restore_room,
)
from studio_app.scheduling.commands.series import end_series
from studio_app.scheduling.commands.year import (
    EndsBeforeItStarts,
    add_term,
    change_term,
    close_studio_on,
    remove_term,
    reopen_studio,
)
from studio_app.scheduling.diary import NotThatLong
from studio_app.scheduling.queries.setup import lesson_types, locations, terms
from tests.scheduling.conftest import TUESDAY, Desk, wall

AUTUMN = {"name": "Autumn", "starts_on": date(2026, 9, 7), "ends_on": date(2026, 12, 18)}


def test_a_room_that_lessons_need_is_not_put_away(desk: Desk) -> None:
    world = desk.world
    series_id = desk.series()
    attempts: list[tuple[Any, Any]] = [
        (archive_room, desk.room_id),
        (archive_location, desk.location_id),
    ]
    for use_case, which in attempts:
        with pytest.raises(StillNeeded) as refused:
            world.run(world.olivia, use_case, which)
        assert "still needed: 16 lessons to come, 1 series that goes on" in str(refused.value)

    world.run(world.olivia, end_series, desk.lessons(series_id)[0].id)
    world.run(world.olivia, archive_location, desk.location_id)
    assert world.run(world.olivia, locations) == []
    world.run(world.olivia, restore_location, desk.location_id)
    assert [len(place.rooms) for place in world.run(world.olivia, locations)] == [1]
    world.run(world.olivia, archive_room, desk.room_id)
    assert world.run(world.olivia, locations)[0].rooms == ()
    world.run(world.olivia, restore_room, desk.room_id)
    assert len(world.run(world.olivia, locations)[0].rooms) == 1


def test_a_kind_of_lesson_that_is_given_is_not_put_away(desk: Desk) -> None:
    world = desk.world
    lesson_id = desk.lesson(wall(TUESDAY, 16))
    with pytest.raises(StillNeeded, match="1 lesson to come, 0 series"):
        world.run(world.olivia, archive_lesson_type, desk.piano)
    world.run(world.olivia, archive_lesson_type, desk.band)
    assert [kind.name for kind in world.run(world.olivia, lesson_types)] == ["Piano"]
    world.run(world.olivia, restore_lesson_type, desk.band)
    changed = LessonTypeDetails("Piano 45", minutes=45, colour=7)
    world.run(world.olivia, change_lesson_type, desk.piano, changed)
    assert [kind.colour for kind in world.run(world.olivia, lesson_types)] == [2, 7]
    assert desk.row(lesson_id).lasting.total_seconds() == 30 * 60


def test_a_shared_room_does_not_become_single_use_under_shared_lessons(desk: Desk) -> None:
    world = desk.world
    hall = RoomDetails("Hall", single_use=False)
    room_id = world.run(world.olivia, add_room, desk.location_id, hall)
    desk.lesson(wall(TUESDAY, 16), room_id=room_id)
    desk.lesson(wall(TUESDAY, 16), room_id=room_id, teacher_id=desk.ruth)
    with pytest.raises(LessonsShareRoom):
        world.run(world.olivia, change_room, room_id, RoomDetails("Hall"))


@pytest.mark.parametrize(
    ("use_case", "arguments", "refusal"),
    [
        (open_location, {"name": "  "}, NameMissing),
        (add_term, {**AUTUMN, "ends_on": date(2026, 9, 1)}, EndsBeforeItStarts),
        (
            close_studio_on,
            {"name": "X", "first_on": TUESDAY, "last_on": date(2026, 9, 1)},
            EndsBeforeItStarts,
        ),
        (add_lesson_type, {"details": LessonTypeDetails("X", minutes=0)}, NotThatLong),
        (add_lesson_type, {"details": LessonTypeDetails("X", 30, capacity=0)}, TypeForNobody),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, use_case: object, arguments: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        desk.world.run(desk.world.olivia, use_case, **arguments)  # type: ignore[arg-type]


def test_what_was_put_away_is_not_taken_for_something_new(desk: Desk) -> None:
    world = desk.world
    world.run(world.olivia, archive_room, desk.room_id)
    with pytest.raises(PutAway, match="Room 1 has been put away"):
        desk.series()
    with pytest.raises(PutAway):
        desk.lesson(wall(TUESDAY, 16), room_id=desk.room_id)


def test_a_room_holds_somebody(desk: Desk) -> None:
    nobody = RoomDetails("X", max_capacity=0)
    with pytest.raises(RoomForNobody):
        desk.world.run(desk.world.olivia, change_room, desk.room_id, nobody)


def test_a_term_that_series_end_with_stays(desk: Desk) -> None:
    world = desk.world
    term_id = world.run(world.olivia, add_term, **AUTUMN)
    longer = {**AUTUMN, "ends_on": date(2026, 12, 22)}
    world.run(world.olivia, change_term, term_id, **longer)
    desk.series(term_id=term_id)
    with pytest.raises(StillNeeded, match="1 series ends with Autumn"):
        world.run(world.olivia, remove_term, term_id)
    with pytest.raises(StillNeeded, match="1 series ends with Autumn"):
        world.run(world.olivia, change_term, term_id, **AUTUMN)
    assert len(world.run(world.olivia, terms)) == 1


def test_a_term_nobody_needs_is_removed(desk: Desk) -> None:
    world = desk.world
    term_id = world.run(world.olivia, add_term, **AUTUMN)
    world.run(world.olivia, remove_term, term_id)
    assert world.run(world.olivia, terms) == []


def test_only_the_office_configures(desk: Desk) -> None:
    for actor in (desk.world.tom, desk.world.grace):
        with pytest.raises(Forbidden):
            desk.world.run(actor, open_location, "Elsewhere")


def test_a_stranger_finds_nothing_to_configure(desk: Desk) -> None:
    world = desk.world
    closed: Any = {"name": "Flood", "first_on": TUESDAY, "last_on": TUESDAY}
    closure_id = world.run(world.olivia, close_studio_on, **closed)
    term_id = world.run(world.olivia, add_term, **AUTUMN)
    attempts = [
        (archive_room, desk.room_id),
        (archive_location, desk.location_id),
        (archive_lesson_type, desk.piano),
        (remove_term, term_id),
        (reopen_studio, closure_id),
    ]
    for use_case, which in attempts:
        with pytest.raises(NotFound):
            world.run(world.rita, use_case, which)
    with pytest.raises(NotFound):
        world.run(world.rita, change_location, desk.location_id, name="Mine")
    with pytest.raises(NotFound):
        world.run(world.rita, add_room, desk.location_id, RoomDetails("Mine"))
