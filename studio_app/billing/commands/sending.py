"""A document goes out: from then on it is owed, settled, and never edited."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlmodel import col

from studio_app.attendance.access import among, ask
from studio_app.billing.commands.credits import spend_credit
from studio_app.billing.commands.settling import settle
from studio_app.billing.events import InvoiceSent
from studio_app.billing.models.invoices import Invoice
from studio_app.kit.ids import InvoiceId
from studio_app.kit.work import Work


def send(work: Work, invoice_ids: Collection[InvoiceId]) -> None:
    """Mark drafts as sent, spend the credit their families have, and tell who mails them."""
    drafts = [among(col(Invoice.id), invoice_ids), col(Invoice.sent_at).is_(None)]
    drafts.append(col(Invoice.voided_at).is_(None))
    found = ask(work, select(col(Invoice.id), col(Invoice.family_id)).where(*drafts))
    if not found:
        return
    marked = update(Invoice).where(*drafts).values(sent_at=work.now)
    work.session.connection().execute(marked)
    families = {family_id for _id, family_id in found}
    spend_credit(work, families)
    settle(work, families)
    work.emit(*(InvoiceSent(invoice_id) for invoice_id, _family in found))
