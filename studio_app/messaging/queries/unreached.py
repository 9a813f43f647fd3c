"""Invoices of which nobody has heard, because their family cannot be written to."""

from dataclasses import dataclass

from sqlalchemy import literal
from sqlmodel import col, select

from studio_app.billing.access.sums import is_open
from studio_app.billing.models.invoices import Invoice
from studio_app.kit.access import Permission
from studio_app.kit.ids import FamilyId, InvoiceId
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.billed import out_of_reach
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.states import MessageStatus
from studio_app.people.models import Family


@dataclass(frozen=True, slots=True)
class Unreached:
    invoice_id: InvoiceId
    number: int
    family_id: FamilyId
    family: str


@requires(Permission.BILLING_VIEW)
def unreached_invoices(work: Work) -> list[Unreached]:
    """Sent and still open, the oldest first; not those that went out while there was a way."""
    families = out_of_reach(work)
    if not families:
        return []
    told = select(literal(1)).where(
        col(Message.kind) == "invoice_sent",
        col(Invoice.id) == col(Message.about_ids).any_(),  # type: ignore[attr-defined]
        col(Message.status) != MessageStatus.SKIPPED,
    )
    query = (
        select(col(Invoice.id), col(Invoice.number), col(Family.id), col(Family.name))
        .join(Family, col(Family.id) == col(Invoice.family_id))
        .where(col(Family.id).in_(families), is_open(), ~told.exists())
        .order_by(col(Invoice.number))
    )
    return [Unreached(*row) for row in work.session.exec(query)]
