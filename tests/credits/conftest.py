import pytest

from tests.attendance.lessons import Lessons
from tests.billing.conftest import promises
from tests.billing.till import Till
from tests.conftest import World
from tests.credits.purse import Purse

__all__ = ["promises"]


@pytest.fixture
def purse(world: World, promises: None) -> Purse:
    return Purse(world)


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)
