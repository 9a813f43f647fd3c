"""The billing run, invoices and accounts in the office: decided, explained, corrected."""

import pytest

from studio_app.billing.queries.invoices import invoices
from studio_app.kit.ids import InvoiceId
from studio_app.web.office.billing import invoice as invoice_page
from studio_app.web.office.billing import run as run_page
from studio_app.web.office.billing import statement as statement_page
from studio_app.web.office.billing.invoice_state import InvoiceState
from studio_app.web.office.billing.run import RunState
from studio_app.web.office.billing.statement import StatementState
from tests.attendance.lessons import Lessons
from tests.billing.conftest import lessons, sent, till
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.web.office.conftest import Browser, Visit

__all__ = ["lessons", "sent", "till"]
pytestmark = pytest.mark.anyio
SEPTEMBER = "2026-09-01"


def at(browser: Browser, invoice_id: InvoiceId) -> InvoiceState:
    state: InvoiceState = browser.open(InvoiceState, invoice_id=str(invoice_id))
    return state


async def test_the_run_says_who_gets_what_and_writes_it_once(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    browser = visit(world.olivia)
    state = browser.open(RunState)
    await state.load()
    [gray] = state.families
    assert (gray.family, gray.total, gray.changes) == ("Gray", "£25.00", "First invoice")

    await state.write_and_send()
    assert browser.notice.words == "1 invoice is written."
    await state.write_and_send()
    assert browser.notice.words == "Nothing left to bill: everything is on an invoice already."
    assert till.rows("select count(*), count(sent_at) from invoice") == [(1, 1)]


async def test_nothing_is_billed_before_every_lesson_is_decided(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    first, second = (lessons.seat(world.now - hours * HOUR) for hours in (1, 2))
    browser = visit(world.olivia)
    state = browser.open(RunState)
    await state.load()
    assert [one.seat_id for one in state.undecided] == [str(second), str(first)]

    await state.write()
    assert browser.notice.refused
    await state.mark("present", str(first))
    await state.leave(str(second))
    assert (state.undecided, [one.seat_id for one in state.left]) == ([], [str(second)])
    await browser.undo(state)
    assert ([one.seat_id for one in state.undecided], state.left) == ([str(second)], [])
    await state.leave(str(second))
    await state.load()
    assert [one.seat_id for one in state.left] == [str(second)]
    await state.write()

    assert till.rows("select count(*), count(sent_at) from invoice") == [(1, 0)]
    assert till.rows("select count(*) from invoice_item") == [(1,)]


@pytest.mark.parametrize("span", ["", "soon", "01990000-0000-7000-8000-000000000000"])
async def test_a_run_of_nonsense_is_refused(world: World, visit: Visit, span: str) -> None:
    browser = visit(world.olivia)
    await browser.open(RunState).choose(span)
    assert browser.notice.refused


async def test_an_invoice_shows_lines_sums_steps_and_what_happened(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    till.pay(pounds(20))
    state = at(visit(world.olivia), sent)

    await state.load()

    assert [(line.quantity, line.unit, line.amount) for line in state.lines] == [
        ("2", "£25.00", "£50.00")
    ]
    assert (state.shown.title, state.shown.balance_due) == ("Invoice 1", "£30.00")
    assert state.shown.matches
    assert (state.steps[0].running, state.sums[-1].amount) == ("£50.00", "£30.00")
    assert [one.kind for one in state.happened] == ["settled", "sent", "created"]


async def test_part_of_a_line_is_credited_once(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    browser = visit(world.olivia)
    state = at(browser, sent)
    await state.load()
    await state.open("credit", True)
    await state.correct({"reason": "", "line-1": "lots"})
    assert set(state.faults) == {"reason", "line-1"}

    for _tap in range(2):
        await state.correct({"reason": "A sibling", "line-1": "10"})

    assert till.balance() == 4000
    assert [one.kind.value for one in world.run(world.olivia, invoices)] == [
        "credit_note",
        "invoice",
    ]


async def test_a_credit_note_without_amounts_takes_all_of_it_back(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    state = at(visit(world.olivia), sent)
    await state.load()
    await state.open("credit", True)
    await state.correct({"reason": "Never held"})
    assert till.balance() == 0


async def test_an_invoice_that_was_paid_in_part_is_not_voided(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    browser = visit(world.olivia)
    state = at(browser, sent)
    till.pay(pounds(20))
    await state.void()
    assert browser.notice.refused


async def test_what_is_left_is_written_off_with_a_reason(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    state = at(visit(world.olivia), sent)
    await state.load()
    await state.open("forgive", True)
    await state.forgive({"reason": " "})
    assert list(state.faults) == ["reason"]
    await state.forgive({"reason": "Moved away"})
    assert till.balance() == 0


async def test_a_draft_is_sent_from_its_page_once(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    [draft] = till.bill(sending=False).invoice_ids
    browser = visit(world.olivia)
    state = at(browser, draft)
    await state.load()
    assert state.shown.is_draft
    await state.send()
    assert (state.shown.is_draft, state.head.status) == (False, "sent")
    await state.send()
    assert browser.notice.words == "This has already been sent or voided."


async def test_the_account_has_movements_payments_and_their_reversal(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    till.pay(pounds(20))
    state = visit(world.olivia).open(StatementState, family_id=str(world.family_id))

    await state.load()

    assert [each.balance for each in state.movements] == ["£30.00", "£50.00", "£25.00"]
    assert (state.movements[1].invoice, "Present" in state.movements[1].why) == ("1", True)
    [paid] = state.payments
    assert (paid.words, paid.is_reversed) == ("£20.00, bank", False)
    await state.take_back(paid.id)
    assert (state.payments[0].is_reversed, till.balance()) == (True, 5000)


async def test_something_else_is_charged_once(world: World, visit: Visit, till: Till) -> None:
    state = visit(world.olivia).open(StatementState, family_id=str(world.family_id))
    await state.open("charge", True)
    await state.charge({"description": "", "amount": "x"})
    assert set(state.faults) == {"description", "amount"}
    for _tap in range(2):
        await state.charge({"description": "Book", "amount": "7.50"})
    assert till.balance() == 750


async def test_others_find_and_change_nothing(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    for stranger in (world.rita, world.tom, world.grace):
        browser = visit(stranger)
        one = at(browser, sent)
        account = browser.open(StatementState, family_id=str(world.family_id))
        await one.void()
        assert browser.notice.refused
        await account.charge({"description": "Book", "amount": "7.50"})
        await one.load()
        assert one.happened == []
        run = browser.open(RunState)
        await run.choose(SEPTEMBER)
        assert run.families == []
    assert till.balance() == 5000


def test_the_pages_render() -> None:
    assert "How this total was computed" in str(invoice_page.page())
    assert "What will be billed" in str(run_page.page())
    assert "Charge something else" in str(statement_page.page())
