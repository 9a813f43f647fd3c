import pytest

from studio_app.kit.ids import InvoiceId
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.scheduling.conftest import desk

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
