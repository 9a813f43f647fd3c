import pytest

from tests.attendance.lessons import Lessons
from tests.billing.till import Till
from tests.conftest import World


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)
