"""Invoices and receipts."""

from studio_app.billing.events import InvoiceSent, PaymentReceived
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.payments import Payment
from studio_app.kit.work import Work
from studio_app.messaging.access import contacts
from studio_app.messaging.access.causes import cause_of
from studio_app.messaging.commands.posting import Occasion, post


def post_invoice(work: Work, event: InvoiceSent) -> None:
    invoice = work.session.get(Invoice, event.invoice_id)
    if invoice is None:
        return
    occasion = Occasion(
        "invoice_sent",
        about=(invoice.id,),
        happened_at=cause_of(work).at,
        key=str(invoice.id),
        why="InvoiceSent",
    )
    post(work, occasion, contacts.hearing_of_bills(work, invoice.family_id))


def post_receipt(work: Work, event: PaymentReceived) -> None:
    payment = work.session.get(Payment, event.payment_id)
    if payment is None:
        return
    occasion = Occasion(
        "payment_received",
        about=(payment.id,),
        happened_at=cause_of(work).at,
        key=str(payment.id),
        why="PaymentReceived",
    )
    post(work, occasion, contacts.hearing_of_bills(work, payment.family_id))
