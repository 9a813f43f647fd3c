"""Invoices and accounts in the office: listed, explained, corrected."""

import pytest

from studio_app.billing.queries.invoices import invoices as listed
from studio_app.kit.ids import InvoiceId
from studio_app.web.office.billing import invoice as invoice_page
from studio_app.web.office.billing import invoices as list_page
from studio_app.web.office.billing import statement as statement_page
from studio_app.web.office.billing.invoice_state import InvoiceState
from studio_app.web.office.billing.invoices import InvoicesState
from studio_app.web.office.billing.statement import StatementState
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.web.office.conftest import Browser, Visit

pytestmark = pytest.mark.anyio


def at(browser: Browser, invoice_id: InvoiceId) -> InvoiceState:
    state: InvoiceState = browser.open(InvoiceState, invoice_id=str(invoice_id))
    return state


async def test_the_list_is_narrowed_and_drafts_are_sent_together(
    world: World, visit: Visit, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 3 * HOUR))
    till.bill(sending=False)
    browser = visit(world.olivia)
    state = browser.open(InvoicesState)

    async def shown(kept: str) -> list[str]:
        await state.keep(kept, "")
        return [row.title for row in state.rows]

    await state.load()
    assert [row.statuses for row in state.rows] == [["draft"], ["due"]]
    assert state.has_drafts
    assert await shown("drafts") == ["Invoice 2"]
    assert await shown("open") == ["Invoice 1"]
    assert await shown("overdue") == []
    for _tap in range(2):
        await state.send_all()
    await state.look_again()
    assert await shown("open") == ["Invoice 2", "Invoice 1"]
    assert not state.has_drafts


async def test_an_invoice_shows_lines_sums_steps_and_what_happened(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    till.pay(pounds(20))
    state = at(visit(world.olivia), sent)

    await state.load()

    shown = state.document
    assert (shown.row.title, shown.row.statuses) == ("Invoice 1", ["part_paid"])
    assert [(line.quantity, line.unit, line.amount) for line in shown.lines] == [
        ("2", "£25.00", "£50.00")
    ]
    assert [(one.words, one.amount) for one in shown.sums] == [
        ("Total", "£50.00"),
        ("Paid", "£20.00"),
    ]
    assert (shown.row.balance_due, state.due_minor) == ("£30.00", 3000)
    assert shown.matches
    assert shown.steps[0].running == "£50.00"
    kinds = [one.kind for one in state.happened]
    assert kinds == ["settled", "sent", "created"]
    assert (state.can_void, state.can_correct, state.is_draft) == (False, True, False)


async def test_part_of_a_line_is_credited_once(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    browser = visit(world.olivia)
    state = at(browser, sent)
    await state.open("credit", True)

    await state.correct({"reason": "", "line-1": "lots"})
    assert set(state.faults) == {"reason", "line-1"}
    for _tap in range(2):
        await state.correct({"reason": "A sibling", "line-1": "10"})

    assert till.balance() == 4000
    assert browser.notice.words == "Credit note sent."
    assert state.document.row.balance_due == "£40.00"
    note = world.run(world.olivia, listed)[0]
    of_note = at(browser, note.id)
    await of_note.load()
    assert of_note.document.note == "Corrects invoice 1: A sibling"
    assert not (of_note.can_void)
    assert not (of_note.can_correct)


async def test_a_credit_note_without_amounts_takes_all_of_it_back(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    state = at(visit(world.olivia), sent)
    await state.open("credit", True)
    await state.correct({"reason": "Never held"})
    assert till.balance() == 0
    assert state.document.row.statuses == ["paid"]


async def test_an_invoice_is_voided_and_one_that_was_paid_is_not(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    browser = visit(world.olivia)
    state = at(browser, sent)
    payment = till.pay(pounds(20))
    await state.void()
    assert browser.notice.refused
    assert payment
    await state.load()
    assert not state.can_void


async def test_what_is_left_is_written_off_with_a_reason(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    state = at(visit(world.olivia), sent)
    await state.open("write off", True)
    await state.give_up({"reason": " "})
    assert list(state.faults) == ["reason"]
    await state.give_up({"reason": "Moved away"})
    assert till.balance() == 0
    assert state.document.row.statuses == ["paid", "written_off"]


async def test_a_draft_is_sent_from_its_page(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    [draft] = till.bill(sending=False).invoice_ids
    browser = visit(world.olivia)
    state = at(browser, draft)
    await state.load()
    assert (state.is_draft, state.due_minor) == (True, 0)
    await state.send()
    assert state.document.row.statuses == ["due"]
    await state.send()
    assert browser.notice.words == "This has already been sent or voided."


async def test_the_account_has_every_movement_the_latest_first(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    till.pay(pounds(20))
    state = visit(world.olivia).open(StatementState, family_id=str(world.family_id))

    await state.load()

    assert [line.balance for line in state.lines] == ["£30.00", "£50.00", "£25.00"]
    assert state.lines[1].document == "Invoice 1"
    assert "Present" in state.lines[1].detail
    assert [(one.words, one.is_reversed) for one in state.payments] == [("£20.00, bank", False)]
    await state.look_since("2026-09-02")
    assert (state.lines, state.brought_forward) == ([], "£30.00")


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
        await one.send()
        await account.charge({"description": "Book", "amount": "7.50"})
        assert browser.notice.refused
        await one.load()
        assert one.document.number == 0 or stranger is world.grace
        assert one.happened == []
    assert till.balance() == 5000


def test_the_pages_render() -> None:
    assert "How this total was computed" in str(invoice_page.page())
    assert "No invoices yet" in str(list_page.page())
    assert "Charge something else" in str(statement_page.page())
