"""What still needs something, before it is put away."""

from collections.abc import Callable
from uuid import UUID

import pytest

from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import new_id
from studio_app.scheduling.queries.needing import SHOWN, Thing, what_needs
from tests.scheduling.conftest import Desk

Find = Callable[[Desk], UUID]
THINGS: list[tuple[Thing, Find]] = [
    (Thing.TEACHER, lambda desk: desk.world.teacher_id),
    (Thing.ROOM, lambda desk: desk.room_id),
    (Thing.LOCATION, lambda desk: desk.location_id),
    (Thing.LESSON_TYPE, lambda desk: desk.piano),
]


@pytest.mark.parametrize(("thing", "find"), THINGS)
def test_lessons_and_series_that_need_it_are_named(desk: Desk, thing: Thing, find: Find) -> None:
    desk.series()

    found = desk.world.run(desk.world.olivia, what_needs, thing, find(desk))

    assert (found.lessons, found.series) == (16, 1)
    assert len(found.next_lessons) == SHOWN
    assert "Tom Teal" in found.next_lessons[0].about


@pytest.mark.parametrize(("thing", "find"), THINGS)
def test_nothing_needs_what_is_not_used(desk: Desk, thing: Thing, find: Find) -> None:
    found = desk.world.run(desk.world.olivia, what_needs, thing, find(desk))
    assert (found.lessons, found.series, found.next_lessons) == (0, 0, [])


@pytest.mark.parametrize(("thing", "find"), THINGS)
def test_a_stranger_finds_none_of_it(desk: Desk, thing: Thing, find: Find) -> None:
    for thing_id in (find(desk), new_id()):
        with pytest.raises(NotFound):
            desk.world.run(desk.world.rita, what_needs, thing, thing_id)
    with pytest.raises(Forbidden):
        desk.world.run(desk.world.grace, what_needs, thing, find(desk))
