"""Prices from a day on, and how enrolments are billed."""

import pytest

from studio_app.billing.queries.arrangements import arrangements
from studio_app.billing.queries.prices import price_plans
from studio_app.web.office.billing import enrolments as enrolments_page
from studio_app.web.office.billing import prices as prices_page
from studio_app.web.office.billing.enrolments import ArrangementsState
from studio_app.web.office.billing.prices import PricesState
from tests.attendance.lessons import Lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


async def test_a_price_counts_from_its_day_and_says_what_it_is_for(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    state = visit(world.olivia).open(PricesState)
    for day, amount in (("2026-01-01", "24"), ("2026-09-01", "25.50"), ("2027-01-01", "27")):
        await state.open("price", True)
        await state.add({"amount": amount, "from_on": day, "per": "lesson"})
    await state.open("price", True)
    await state.add(
        {
            "amount": "30",
            "from_on": "2026-09-01",
            "per": "lesson",
            "kind": str(lessons.type_id),
            "teacher": str(world.teacher_id),
            "minutes": "45",
            "tax": "20",
            "on_top": "on",
        }
    )

    shown = [(one.covers, one.amount, one.standing, one.tax) for one in state.rows]
    assert shown == [
        ("Piano · Tom Teal · 45 min", "£30.00", "now", "20% on top"),
        ("Every lesson", "£27.00", "later", ""),
        ("Every lesson", "£25.50", "now", ""),
        ("Every lesson", "£24.00", "before", ""),
    ]
    assert [one["label"] for one in state.people] == ["Every teacher", "Tom Teal"]


async def test_a_double_tap_sets_one_price(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(PricesState)
    await state.open("price", True)
    for _tap in range(2):
        await state.add({"amount": "24", "from_on": "2026-01-01", "per": "lesson"})
    assert len(world.run(world.olivia, price_plans)) == 1


async def test_what_cannot_be_read_is_said(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(PricesState)
    await state.open("price", True)
    await state.add({"amount": "free", "from_on": "", "per": "year", "minutes": "2"})
    assert set(state.faults) == {"amount", "from_on", "per", "minutes"}
    assert state.opened == "price"


async def test_families_are_told_how_to_pay(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(PricesState)
    await state.tell({"how_to_pay": "Sort code 12-34-56\n"})
    await state.tell({"how_to_pay": "Sort code 65-43-21"})
    await state.load()
    assert state.how_to_pay == "Sort code 65-43-21"


async def test_an_enrolment_is_billed_in_advance_and_back(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    enrolment = lessons.enrolment(world.now + HOUR)
    browser = visit(world.olivia)
    state = browser.open(ArrangementsState)
    await state.load()
    [row] = state.rows
    assert (row.student, row.teacher, row.mode) == ("Sam Gray", "Tom Teal", "arrears")

    await state.bill("advance", str(enrolment.id))
    assert state.rows[0].mode == "advance"
    assert browser.notice.undoable
    await state.bill("arrears", str(enrolment.id))
    [found] = world.run(world.olivia, arrangements)
    assert found.mode.value == "arrears"
    await state.search("una")
    assert state.rows == []


async def test_others_change_nothing(world: World, visit: Visit, lessons: Lessons) -> None:
    enrolment = lessons.enrolment(world.now + HOUR)
    for stranger in (world.rita, world.tom, world.grace):
        browser = visit(stranger)
        await browser.open(ArrangementsState).bill("advance", str(enrolment.id))
        assert browser.notice.refused
    for stranger in (world.tom, world.grace):
        browser = visit(stranger)
        state = browser.open(PricesState)
        await state.tell({"how_to_pay": "To me"})
        assert browser.notice.refused
        await state.add({"amount": "24", "from_on": "2026-01-01", "per": "lesson"})
    assert [one.mode.value for one in world.run(world.olivia, arrangements)] == ["arrears"]
    assert world.run(world.olivia, price_plans) == []


def test_the_pages_render() -> None:
    assert "No prices yet" in str(prices_page.page())
    assert "Term in advance" in str(enrolments_page.page())
