"""What goes wrong with money in any studio, and how it was put right."""

from datetime import timedelta

from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.invoices import issue_credit_note
from studio_app.billing.commands.payments import reverse_payment, write_off
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.queries.invoices import InvoiceCard, invoices
from studio_app.billing.queries.payments import payments
from studio_app.billing.rules.status import Method
from studio_app.demo.desk import Desk
from studio_app.demo.money import first_unbilled_day
from studio_app.demo.people import House

FORGOTTEN = (("Exam entry, Grade 5", "61.00"), ("Cello strings", "24.00"), ("Concert ticket", "8"))


def live_with_mishaps(desk: Desk, houses: list[House], *, gone: House) -> None:
    """Somebody who will not pay, a payment that bounced, half a lesson given back, and fees
    that were forgotten and wait as drafts."""
    _write_off(desk, gone)
    _bounce(desk, houses)
    _give_back(desk, houses)
    _draft_what_was_forgotten(desk, houses)


def _write_off(desk: Desk, gone: House) -> None:
    """The oldest invoice of a family that moved away."""
    *_newer, oldest = _open_invoices(desk, gone)
    then = desk.at(desk.now - timedelta(days=9))
    then.run(write_off, oldest.id, reason="Moved away without an address")


def _bounce(desk: Desk, houses: list[House]) -> None:
    """A transfer of last month that the bank took back."""
    for house in houses:
        for paid in desk.run(payments, family_id=house.family_id).rows:
            if paid.method is Method.BANK and paid.received_on < desk.today - timedelta(days=2):
                desk.on(paid.received_on + timedelta(days=2), 9).run(reverse_payment, paid.id)
                return


def _give_back(desk: Desk, houses: list[House]) -> None:
    """Half a lesson, because the heating had failed."""
    for house in houses:
        for card in desk.run(invoices, family_id=house.family_id, limit=1):
            desk.at(desk.now - timedelta(days=1)).run(
                issue_credit_note, card.id, reason="The heating failed, we stopped half-way",
                amounts={1: desk.money("10.75")},
            )  # fmt: skip
            return


def _draft_what_was_forgotten(desk: Desk, houses: list[House]) -> None:
    """Fees of the month that was billed last: invoices that nobody has sent yet."""
    billed = first_unbilled_day(desk.today) - timedelta(days=1)
    for house, (what, amount) in zip(houses, FORGOTTEN, strict=False):
        desk.run(charge_fee, house.family_id, desk.money(amount), description=what, on=billed)
    desk.run(bill_month, billed)


def _open_invoices(desk: Desk, house: House) -> list[InvoiceCard]:
    return desk.run(invoices, family_id=house.family_id, only_open=True)
