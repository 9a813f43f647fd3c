from collections.abc import Iterator

import pytest

from studio_app.billing.invariants import INVARIANTS
from studio_app.kit.doctor import examine
from studio_app.kit.ids import InvoiceId
from tests.attendance.lessons import Lessons
from tests.billing.month import Month
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.scheduling.conftest import Desk, desk

__all__ = ["desk"]


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)


@pytest.fixture
def sent(world: World, lessons: Lessons, till: Till) -> InvoiceId:
    """Two lessons at £25, held and billed."""
    till.price(pounds(25))
    for hours in (1, 2):
        till.mark(lessons.seat(world.now - hours * HOUR))
    return till.bill().invoice_ids[0]


@pytest.fixture
def month(desk: Desk, till: Till, promises: None) -> Month:
    return Month(desk, till)


@pytest.fixture
def promises(world: World) -> Iterator[None]:
    yield
    world.as_(world.olivia)
    money = [each for each in INVARIANTS if "procrastinate" not in each.sql]
    assert [f.promise for f in examine(world.connection, money) if f.rows] == []
