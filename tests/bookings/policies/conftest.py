import pytest

from tests.bookings.policies.desk import Office
from tests.conftest import World
from tests.scheduling.conftest import desk_of


@pytest.fixture
def office(world: World) -> Office:
    return Office(desk_of(world))
