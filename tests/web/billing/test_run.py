"""The billing run: looked at, decided, sent once."""

import pytest

from studio_app.kit.ids import new_id
from studio_app.scheduling.commands.year import add_term
from studio_app.web.office.billing import run as page_module
from studio_app.web.office.billing.run_state import RunState, _to_bill
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
SEPTEMBER = "month 2026-09-01"


async def test_the_preview_says_who_gets_what_and_what_is_new(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    state = visit(world.olivia).open(RunState)

    await state.load()
    await state.choose(SEPTEMBER)

    [gray] = state.families
    assert (gray.family, gray.total, gray.changes) == ("Gray", "£25.00", ["First invoice"])
    assert (state.total, state.count, state.period) == ("£25.00", "1 invoice", "September 2026")
    assert state.spans[0] == {"value": SEPTEMBER, "label": "September 2026"}


async def test_send_twice_sends_once_and_says_the_same(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    browser = visit(world.olivia)
    state = browser.open(RunState)
    await state.choose(SEPTEMBER)
    key = state.key

    for _tap in range(2):
        await state.send(key)
        assert browser.notice.words == "1 invoice sent"

    assert till.rows("select count(*), count(sent_at) from invoice") == [(1, 1)]
    assert state.families == []
    await state.send(state.key)
    assert browser.notice.words == "0 invoices sent"


async def test_drafts_can_be_made_first(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    state = visit(world.olivia).open(RunState)
    await state.choose(SEPTEMBER)
    await state.draft(state.key)
    assert till.rows("select count(*), count(sent_at) from invoice") == [(1, 0)]


async def test_nothing_is_billed_before_every_lesson_is_decided(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    first, second = (lessons.seat(world.now - hours * HOUR) for hours in (1, 2))
    browser = visit(world.olivia)
    state = browser.open(RunState)
    await state.choose(SEPTEMBER)
    assert [one.seat_id for one in state.undecided] == [str(second), str(first)]

    await state.send(state.key)
    assert browser.notice.refused
    await state.decide("present", str(first))
    await state.leave(str(second))
    assert (state.undecided, state.left_said) == ([], "1 lesson is left for later.")
    await state.send(state.key)

    assert browser.notice.words == "1 invoice sent"
    assert till.rows("select count(*) from invoice_item") == [(1,)]


async def test_all_of_them_can_be_left_for_later(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    for hours in (1, 2):
        lessons.seat(world.now - hours * HOUR)
    state = visit(world.olivia).open(RunState)
    await state.choose(SEPTEMBER)
    await state.leave_all()
    assert (state.undecided, state.left) == ([], 2)
    await state.choose("month 2026-08-01")
    assert state.left == 0


async def test_a_term_can_be_chosen(world: World, visit: Visit) -> None:
    first, last = world.now.date(), world.now.date().replace(month=12)
    term = world.run(world.olivia, add_term, name="Autumn", starts_on=first, ends_on=last)
    state = visit(world.olivia).open(RunState)
    await state.load()
    assert state.spans[-1] == {"value": f"term {term}", "label": "Autumn, in advance"}
    await state.choose(f"term {term}")
    assert state.families == []
    assert not state.trouble


@pytest.mark.parametrize("span", ["", "month", "month soon", "term 1", f"term {new_id()}"])
async def test_nonsense_is_refused(world: World, visit: Visit, span: str) -> None:
    browser = visit(world.olivia)
    await browser.open(RunState).choose(span)
    assert browser.notice.refused


async def test_others_may_not_bill(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    for stranger in (world.tom, world.grace):
        browser = visit(stranger)
        state = browser.open(RunState)
        await state.choose(SEPTEMBER)
        await state.send(str(new_id()))
        assert browser.notice.refused
    other = visit(world.rita).open(RunState)
    await other.choose(SEPTEMBER)
    assert other.families == []
    assert till.rows("select count(*) from invoice") == [(0,)]


def test_the_running_month_is_billed_once_it_is_nearly_over(world: World) -> None:
    day = world.now.date()
    assert _to_bill(day.replace(day=23)).isoformat() == "2026-08-01"
    assert _to_bill(day.replace(day=24)).isoformat() == "2026-09-01"


def test_the_page_renders() -> None:
    assert "Only make drafts" in str(page_module.page())
