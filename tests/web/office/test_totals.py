"""Every total leads to what it is the sum of."""

from datetime import timedelta

import pytest

from studio_app.billing.commands.payments import record_payment, reverse_payment
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.queries.owing import all_that_is_owed, overdue_invoices
from studio_app.billing.rules.status import Method
from studio_app.kit.ids import InvoiceId
from studio_app.overview.queries.figures import studio_figures
from studio_app.web.frame import FrameState
from studio_app.web.office.billing.invoice_state import InvoiceState
from studio_app.web.office.billing.owing import BillingState
from studio_app.web.office.billing.payments import PaymentsState
from studio_app.web.office.billing.statement import StatementState
from tests.attendance.lessons import Lessons
from tests.billing.conftest import lessons, sent, till
from tests.billing.till import Till, pounds
from tests.conftest import World
from tests.web.office.conftest import Visit

__all__ = ["lessons", "sent", "till"]
pytestmark = pytest.mark.anyio


async def test_each_figure_shows_the_families_it_is_the_sum_of(
    world: World, visit: Visit, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    early = lessons.student("Early").family_id
    world.run(
        world.olivia, record_payment, early, pounds(7),
        method=Method.CASH, received_on=world.now.date(), key="early",
    )  # fmt: skip
    late = world.at(world.now + timedelta(days=20))
    world.run(world.olivia, charge_fee, early, pounds(1), description="Pencil")
    state = visit(world.olivia).open(BillingState)
    await state.load()
    assert (state.sums.owing, state.sums.credit) == ("£50.00", "£6.00")
    for whose, shown in {"owing": ["Gray"], "credit": ["Early"], "overdue": []}.items():
        await state.pick(whose)
        assert [row.family for row in state.owing] == shown
    assert late.run(world.olivia, all_that_is_owed).overdue == "£50.00"


async def test_what_came_in_is_listed_by_month_and_adds_up_to_what_the_dashboard_says(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    till.pay(pounds(20))
    taken_back = till.pay(pounds(5), "k2")
    world.run(world.olivia, reverse_payment, taken_back)
    state = visit(world.olivia).open(PaymentsState)

    await state.load()

    assert (state.month, state.total, state.has_next) == ("September 2026", "£20.00", False)
    assert sorted(row.amount for row in state.received) == ["-£5.00", "£20.00", "£5.00"]
    assert {row.href for row in state.received} == {f"/office/families/{world.family_id}/statement"}
    collected = world.run(world.olivia, studio_figures)[0]
    assert collected.said == state.total
    await state.earlier()
    assert (state.month, state.total, state.has_next) == ("August 2026", "£0.00", True)


async def test_the_sidebar_counts_what_is_overdue_and_only_for_the_office(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    frame = visit(world.olivia).open(FrameState)
    await frame.load()
    assert frame.frame.overdue == ""

    late = visit(world.olivia).open(FrameState)
    fortnight = world.at(world.now + timedelta(days=15))
    assert fortnight.run(world.olivia, overdue_invoices) == 1
    object.__setattr__(world, "now", fortnight.now)
    await late.count_overdue()
    assert late.frame.overdue == "1"
    till.pay(pounds(50))
    await late.count_overdue()
    assert late.frame.overdue == ""
    guest = visit(world.grace).open(FrameState)
    await guest.load()
    assert guest.frame.overdue == ""


async def test_every_lesson_behind_a_total_leads_to_the_calendar(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    page = visit(world.olivia).open(InvoiceState, invoice_id=str(sent))
    await page.load()
    lessons = [each for each in page.steps[0].sources if each.href]
    assert len(lessons) == 2
    assert all(
        each.href.startswith("/office/calendar?view=day&date=2026-09-01") for each in lessons
    )
    account = visit(world.olivia).open(StatementState, family_id=str(world.family_id))
    await account.load()
    assert {row.lesson for row in account.movements} == {each.href for each in lessons}
