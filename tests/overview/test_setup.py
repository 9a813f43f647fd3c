"""How far a new studio is on its way to the first invoice."""

import pytest

from studio_app.kit.errors import Forbidden
from studio_app.overview.queries.setup import setup_progress
from tests.conftest import World
from tests.scheduling.conftest import Desk


def test_a_new_studio_has_its_basics_only(world: World) -> None:
    assert world.run(world.rita, setup_progress).steps == (
        True, False, False, False, False, False,
    )  # fmt: skip


def test_people_and_the_first_lesson_are_noticed(desk: Desk) -> None:
    desk.series(count=1)

    found = desk.world.run(desk.world.olivia, setup_progress)

    assert found.steps == (True, True, True, False, True, False)
    assert (found.student_count, found.teacher_count, found.room_count) == (1, 2, 1)


def test_a_parent_may_not_ask(world: World) -> None:
    with pytest.raises(Forbidden):
        world.run(world.grace, setup_progress)
