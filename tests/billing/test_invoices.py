"""From held lessons to a paid invoice, and every way to take it back."""

from datetime import timedelta

import pytest

from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.invoices import (
    AlreadySent,
    NotSent,
    PartlySettled,
    TooMuchCredit,
    issue_credit_note,
    send_invoice,
    void_invoice,
)
from studio_app.billing.commands.payments import (
    NothingOwed,
    reverse_payment,
    write_off,
)
from studio_app.billing.queries.invoices import invoice, invoices
from studio_app.billing.rules.status import Badge, DocumentKind, InvoiceState
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import InvoiceId
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World


def test_part_paid_and_overdue_are_derived(world: World, till: Till, sent: InvoiceId) -> None:
    till.pay(pounds(20))
    late = world.at(world.now + timedelta(days=20))
    card = late.run(world.olivia, invoices)[0]
    assert (card.state, card.balance_due) == (InvoiceState.SENT, "£30.00")
    assert card.badges == (Badge.PART_PAID, Badge.OVERDUE)

    till.pay(pounds(30), key="k2")
    card = late.run(world.olivia, invoices)[0]
    assert (card.state, card.badges, card.balance_due_minor) == (InvoiceState.PAID, (), 0)


def test_the_oldest_invoice_is_paid_first_and_the_rest_is_credit(
    world: World, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 3 * HOUR))
    second = till.bill().invoice_ids[0]
    till.pay(pounds(60))
    assert till.settlement(sent).balance_due == 0
    assert till.settlement(second).balance_due == 1500
    till.pay(pounds(60), key="k2")
    assert till.settlement(second).balance_due == 0
    assert till.balance() == -4500


def test_credit_on_the_account_settles_the_next_invoice(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.pay(pounds(20))
    till.mark(lessons.seat(world.now - HOUR))
    billed = till.bill().invoice_ids[0]
    assert till.settlement(billed).balance_due == 500


def test_a_reversed_payment_opens_the_invoice_again(
    world: World, till: Till, sent: InvoiceId
) -> None:
    payment_id = till.pay(pounds(50))
    assert till.settlement(sent).balance_due == 0
    world.run(world.olivia, reverse_payment, payment_id)
    assert till.settlement(sent).balance_due == 5000
    assert till.balance() == 5000
    shown = world.run(world.olivia, invoice, sent)
    assert [part.amount for part in shown.settled_by] == ["£50.00", "-£50.00"]


def test_a_draft_is_not_owed_by_its_day_nor_settled_and_can_be_sent_once(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.pay(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    draft = till.bill(sending=False).invoice_ids[0]
    assert world.run(world.olivia, invoice, draft).card.state is InvoiceState.DRAFT
    assert till.settlement(draft).balance_due == 2500

    world.run(world.olivia, send_invoice, draft)
    assert till.settlement(draft).balance_due == 0
    with pytest.raises(AlreadySent):
        world.run(world.olivia, send_invoice, draft)


def test_what_was_on_a_voided_invoice_can_be_billed_again(
    world: World, till: Till, sent: InvoiceId
) -> None:
    world.run(world.olivia, void_invoice, sent)
    assert world.run(world.olivia, invoice, sent).card.state is InvoiceState.VOID
    assert till.balance() == 5000  # the lessons were held all the same
    again = till.bill().invoice_ids[0]
    assert till.settlement(again).total == 5000


def test_a_paid_invoice_is_not_voided(world: World, till: Till, sent: InvoiceId) -> None:
    till.pay(pounds(1))
    with pytest.raises(PartlySettled):
        world.run(world.olivia, void_invoice, sent)


def test_a_credit_note_corrects_a_sent_invoice(world: World, till: Till, sent: InvoiceId) -> None:
    note_id = world.run(
        world.olivia, issue_credit_note, sent, reason="Too loud", amounts={1: pounds(20)}
    )
    note = world.run(world.olivia, invoice, note_id)
    assert (note.card.number, note.card.kind, note.corrects) == (2, DocumentKind.CREDIT_NOTE, 1)
    assert (note.total, till.settlement(sent).balance_due, till.balance()) == (
        "-£20.00",
        3000,
        3000,
    )
    with pytest.raises(TooMuchCredit):
        world.run(world.olivia, issue_credit_note, sent, reason="", amounts={1: pounds(31)})
    world.run(world.olivia, issue_credit_note, sent, reason="All of it")
    assert till.balance() == 0


def test_a_credit_note_for_a_paid_invoice_is_credit(
    world: World, till: Till, sent: InvoiceId
) -> None:
    till.pay(pounds(50))
    world.run(world.olivia, issue_credit_note, sent, reason="Goodwill", amounts={1: pounds(5)})
    assert till.balance() == -500


def test_a_draft_is_not_corrected_by_credit(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    draft = till.bill(sending=False).invoice_ids[0]
    with pytest.raises(NotSent):
        world.run(world.olivia, issue_credit_note, draft, reason="")


def test_a_mark_changed_after_the_invoice_is_given_back_by_the_next_run(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    seat = lessons.seat(world.now - HOUR)
    till.mark(seat)
    first = till.bill().invoice_ids[0]
    till.mark(seat, Outcome.EXCUSED)
    assert till.balance() == 0
    note = till.bill().invoice_ids[0]
    shown = world.run(world.olivia, invoice, note)
    assert (shown.card.kind, shown.total) == (DocumentKind.CREDIT_NOTE, "-£25.00")
    assert till.settlement(first).balance_due == 0


def test_writing_off_needs_something_owed(world: World, till: Till, sent: InvoiceId) -> None:
    till.pay(pounds(20))
    world.run(world.olivia, write_off, sent, reason="moved abroad")
    assert (till.balance(), till.account("write_off")) == (0, 3000)
    card = world.run(world.olivia, invoices)[0]
    assert (card.state, card.badges) == (InvoiceState.PAID, (Badge.WRITTEN_OFF,))
    with pytest.raises(NothingOwed):
        world.run(world.olivia, write_off, sent, reason="again")


def test_parents_read_their_own_sent_invoices_and_strangers_none(
    world: World, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 3 * HOUR))
    draft = till.bill(sending=False).invoice_ids[0]
    assert [card.id for card in world.run(world.grace, invoices)] == [sent]
    assert world.run(world.grace, invoice, sent).total == "£50.00"
    assert world.run(world.rita, invoices) == []
    for actor, hidden in ((world.grace, draft), (world.rita, sent)):
        with pytest.raises(NotFound):
            world.run(actor, invoice, hidden)
    with pytest.raises(NotFound):
        world.run(world.rita, void_invoice, sent)
    with pytest.raises(Forbidden):
        world.run(world.tom, invoices)
