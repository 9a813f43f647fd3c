import pytest

from tests.attendance.lessons import Lessons
from tests.conftest import World


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)
