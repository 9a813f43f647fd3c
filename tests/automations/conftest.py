import pytest

from tests.automations.house import House
from tests.conftest import World
from tests.scheduling.conftest import Desk, desk

__all__ = ["Desk", "desk"]


@pytest.fixture
def house(world: World) -> House:
    return House(world)
