"""What an invoice is called, derived from its rows each time it is shown."""

from dataclasses import dataclass
from datetime import date, datetime

from studio_app.kit.words import Labelled


class DocumentKind(Labelled):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Method(Labelled):
    CASH = "cash"
    BANK = "bank"


class InvoiceState(Labelled):
    DRAFT = "draft"
    SENT = "sent"
    PAID = "paid"
    VOID = "void"


class Badge(Labelled):
    """What may be true beside the state; several may be."""

    PART_PAID = "part_paid"
    OVERDUE = "overdue"
    WRITTEN_OFF = "written_off"


@dataclass(frozen=True, slots=True)
class Settlement:
    """The total of an invoice and what settles it, in minor units."""

    total: int
    paid: int = 0
    credited: int = 0
    written_off: int = 0

    @property
    def balance_due(self) -> int:
        return self.total - self.paid - self.credited - self.written_off


def invoice_state(
    settlement: Settlement, *, sent_at: datetime | None, voided_at: datetime | None
) -> InvoiceState:
    if voided_at:
        return InvoiceState.VOID
    if not sent_at:
        return InvoiceState.DRAFT
    return InvoiceState.PAID if settlement.balance_due == 0 else InvoiceState.SENT


def badges(
    settlement: Settlement, state: InvoiceState, *, due_on: date, today: date
) -> tuple[Badge, ...]:
    """Part-paid and overdue may coincide; a draft or a void invoice has none."""
    if state in {InvoiceState.DRAFT, InvoiceState.VOID}:
        return ()
    open_ = settlement.balance_due > 0
    said = {
        Badge.PART_PAID: open_ and settlement.balance_due < settlement.total,
        Badge.OVERDUE: open_ and due_on < today,
        Badge.WRITTEN_OFF: settlement.written_off > 0,
    }
    return tuple(badge for badge, holds in said.items() if holds)
