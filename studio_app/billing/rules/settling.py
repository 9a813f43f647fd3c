"""What settles what: the oldest debt first, out of the oldest credit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from studio_app.kit.ids import InvoiceId, TransactionId


@dataclass(frozen=True, slots=True)
class Debt:
    """What is open on a sent invoice."""

    invoice_id: InvoiceId
    due_on: date
    number: int
    minor: int


@dataclass(frozen=True, slots=True)
class Credit:
    """What is left of a payment (its transaction) or of a credit note."""

    on: date
    minor: int
    transaction_id: TransactionId | None = None
    credit_note_id: InvoiceId | None = None
    meant_for: InvoiceId | None = None

    @property
    def source(self) -> UUID:
        return self.transaction_id or self.credit_note_id or UUID(int=0)


@dataclass(frozen=True, slots=True)
class Share:
    credit: Credit
    invoice_id: InvoiceId
    minor: int


def settled_by(debts: Iterable[Debt], credits_: Iterable[Credit]) -> list[Share]:
    """Spend the credits on the debts.

    A credit that corrects an invoice goes there first; what is left goes to the debt that
    was due first. Nothing is ever spent twice and no debt is overpaid.
    """
    left = {debt.invoice_id: debt.minor for debt in debts}
    oldest = sorted(debts, key=lambda debt: (debt.due_on, debt.number))
    shares: list[Share] = []
    for credit in sorted(credits_, key=lambda c: (c.meant_for is None, c.on, c.source)):
        spent = 0
        for debt in sorted(oldest, key=lambda d: d.invoice_id != credit.meant_for):
            part = min(credit.minor - spent, left[debt.invoice_id])
            if part > 0:
                shares.append(Share(credit, debt.invoice_id, part))
                left[debt.invoice_id] -= part
                spent += part
    return shares
