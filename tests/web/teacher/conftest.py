"""A teacher at a phone."""

import pytest

from tests.attendance.lessons import Lessons
from tests.conftest import World
from tests.web.office.conftest import anyio_backend, visit

__all__ = ["anyio_backend", "visit"]


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)
