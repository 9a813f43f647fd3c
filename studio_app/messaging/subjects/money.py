"""Invoices and payments."""

from dataclasses import replace

from sqlmodel import select

from studio_app.billing.access import rows
from studio_app.billing.invoice_pdf import invoice_pdf
from studio_app.billing.models.payments import HowToPay, Payment
from studio_app.billing.queries.invoices import invoice
from studio_app.billing.queries.statement import family_balance
from studio_app.billing.rules.status import DocumentKind, InvoiceState, Method
from studio_app.kit.formats import say_date, say_money
from studio_app.kit.ids import InvoiceId, PaymentId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.messaging import paths
from studio_app.messaging.email_gateway import Attachment
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Family


def tell_invoice(telling: Telling) -> Answer:
    """An invoice that was sent, with its paper; nothing once it is voided or paid."""
    [invoice_id] = telling.message.about_ids
    work = telling.work
    row = rows.invoice(work, InvoiceId(invoice_id))
    view = invoice(in_language(work, telling.language), row.id)
    if row.voided_at is not None:
        return _("The invoice was voided.")
    is_note = row.kind == DocumentKind.CREDIT_NOTE
    if view.card.state == InvoiceState.PAID and not is_note and not telling.rehearsed:
        return _("The invoice is paid already.")
    noun = _("Credit note {number}") if is_note else _("Invoice {number}")
    name = telling.say(Text(noun.msgid, {"number": view.card.number}))
    how = work.session.exec(select(HowToPay)).one_or_none()
    words = {
        "document": name,
        "number": str(view.card.number),
        "amount": view.card.total if is_note else view.balance_due,
        "due": say_date(row.due_on, telling.language),
        "family": view.card.family,
        "how_to_pay": how.words if how else "",
    }
    paper = invoice_pdf(view, telling.language)
    attached = (Attachment(f"{name}.pdf", "application/pdf", paper),)
    return Told(words, paths.invoice(row.id), attached=attached)


def tell_payment(telling: Telling) -> Answer:
    """A payment that still counts, and what is left to pay after it."""
    [payment_id] = telling.message.about_ids
    work = telling.work
    payment = work.session.get(Payment, PaymentId(payment_id))
    if payment is None or not rows.payment_counts(work, payment.id):
        return _("The payment was taken back.")
    family = work.session.get(Family, payment.family_id)
    words = {
        "amount": say_money(payment.amount, telling.language),
        "method": telling.say(Method(payment.method).label),
        "received": say_date(payment.received_on, telling.language),
        "balance": family_balance(in_language(work, telling.language), payment.family_id).said,
        "family": family.name if family else "",
    }
    return Told(words, paths.PORTAL_INVOICES)


def in_language(work: Work, language: str) -> Work:
    """The same work, whose queries speak the reader's language."""
    return replace(work, actor=replace(work.actor, locale=language))
