"""What can happen to a document once it is written: sent, corrected, voided."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import insert, update
from sqlmodel import col, select

from studio_app.billing.access import rows, sums
from studio_app.billing.commands.credits import hold_credit
from studio_app.billing.commands.drafting import line_row, take_numbers
from studio_app.billing.commands.ledger import post, reverse, today
from studio_app.billing.commands.sending import send
from studio_app.billing.models.invoices import Invoice, InvoiceItem, InvoiceLine
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.rules.invoicing import Line, Wrong, crediting
from studio_app.billing.rules.ledger import Account, Kind, Posting, TaxRate
from studio_app.billing.rules.status import DocumentKind
from studio_app.billing.rules.tax import credit_entries
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import InvoiceId, TransactionId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires


class AlreadySent(Conflict):
    message = _("This has already been sent or voided.")


class NotSent(Refused):
    message = _("Only an invoice that was sent can be corrected. A draft can be voided.")


class PartlySettled(Refused):
    message = _("Something was already paid on this invoice. Correct it with a credit note.")


class TooMuchCredit(Refused):
    message = _("That is more than is left on this line.")


@requires(Permission.BILLING_MANAGE)
def send_invoice(work: Work, invoice_id: InvoiceId) -> None:
    """Send a draft: from now on it is due, and only a credit note can correct it."""
    hold_credit(work, [rows.invoice(work, invoice_id).family_id])
    invoice = rows.invoice_to_change(work, invoice_id)
    if invoice.sent_at or invoice.voided_at:
        raise AlreadySent
    send(work, [invoice.id])


@requires(Permission.BILLING_MANAGE)
def send_drafts(work: Work) -> list[InvoiceId]:
    """Send every draft there is; which those were. Again, there is none left to send."""
    query = select(Invoice).where(col(Invoice.sent_at).is_(None), col(Invoice.voided_at).is_(None))
    drafts = work.session.exec(query).all()
    hold_credit(work, [draft.family_id for draft in drafts])
    rows.lock_accounts(work, [draft.family_id for draft in drafts])
    send(work, [draft.id for draft in drafts])
    return [draft.id for draft in drafts]


@requires(Permission.BILLING_MANAGE)
def void_invoice(work: Work, invoice_id: InvoiceId) -> None:
    """Take back an invoice on which nothing was paid. What is on it can be billed again.

    Lessons that were sold but not held yet are not owed any more; those that were held are.
    """
    invoice = rows.invoice_to_change(work, invoice_id)
    settlement = sums.settlements(work, [invoice.id])[invoice.id]
    if invoice.voided_at or invoice.kind != DocumentKind.INVOICE:
        raise AlreadySent
    if settlement.balance_due != settlement.total:
        raise PartlySettled
    tax = rows.live(work, Kind.TAX, invoice.id)
    undone = [*_sold_and_not_held(work, invoice.id), *([tax.id] if tax else [])]
    lines = select(InvoiceLine.id).where(InvoiceLine.invoice_id == invoice.id)
    released = update(InvoiceItem).where(
        col(InvoiceItem.line_id).in_(lines), col(InvoiceItem.released_at).is_(None)
    )
    connection = work.session.connection()
    connection.execute(released.values(released_at=work.now))
    connection.execute(
        update(Invoice).where(col(Invoice.id) == invoice.id).values(voided_at=work.now)
    )
    if undone:
        reverse(work, undone, on=today(work))


@requires(Permission.BILLING_MANAGE)
def issue_credit_note(
    work: Work,
    invoice_id: InvoiceId,
    *,
    reason: str,
    amounts: Mapping[int, Money] | None = None,
) -> InvoiceId:
    """Correct a sent invoice by a numbered credit note: all of it, or an amount per line.

    Lines are named by their position, amounts without tax that is added on top. The credit
    settles the invoice it corrects first; what is left of it stays on the account.
    """
    hold_credit(work, [rows.invoice(work, invoice_id).family_id])
    invoice = rows.invoice_to_change(work, invoice_id)
    if invoice.sent_at is None or invoice.voided_at or invoice.kind != DocumentKind.INVOICE:
        raise NotSent
    lines = _credited(work, invoice, amounts)
    note = Invoice(
        number=take_numbers(work, 1),
        kind=DocumentKind.CREDIT_NOTE,
        family_id=invoice.family_id,
        billed_to=rows.billed_to(work, [invoice.family_id])[invoice.family_id],
        currency=invoice.currency,
        issued_on=today(work),
        due_on=today(work),
        corrects_id=invoice.id,
        reason=reason.strip(),
        created_at=work.now,
    )
    work.session.add(note)
    work.session.flush()
    written = [line_row(work, note.id, i, line) for i, line in enumerate(lines, start=1)]
    work.session.connection().execute(insert(InvoiceLine), written)
    post(work, _crediting(note, invoice.number, lines, on=today(work)))
    send(work, [note.id])
    return note.id


def _credited(work: Work, invoice: Invoice, amounts: Mapping[int, Money] | None) -> list[Line]:
    """The lines of the credit note: never more than a line still asks for."""
    query = select(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id)
    lines = {line.position: line for line in work.session.exec(query)}
    before = sums.credited_by_line(work, [line.id for line in lines.values()])
    left = {place: line.amount_minor - before.get(line.id, 0) for place, line in lines.items()}
    asked = left if amounts is None else {place: m.minor for place, m in amounts.items()}
    asked = {place: minor for place, minor in asked.items() if minor}
    if not asked or any(not 0 < minor <= left.get(place, 0) for place, minor in asked.items()):
        raise TooMuchCredit
    return crediting([_wrong(lines[place], minor) for place, minor in asked.items()])


def _wrong(line: InvoiceLine, minor: int) -> Wrong:
    return Wrong(line.id, line.title, minor, TaxRate(line.tax_bp, line.tax_included))


def _crediting(note: Invoice, corrected: int, lines: list[Line], *, on: date) -> Posting:
    words = _("Credit note {number} for invoice {of}", number=note.number, of=corrected)
    entries = credit_entries(
        note.family_id, [(line.minor, line.tax_minor, line.tax) for line in lines]
    )
    return Posting(Kind.CREDIT_NOTE, note.id, on, words, note.currency, entries)


def _sold_and_not_held(work: Work, invoice_id: InvoiceId) -> list[TransactionId]:
    """Charges on an invoice that are still deferred: sold in advance and not held yet."""
    recognised = select(LedgerTransaction.about_id).where(
        LedgerTransaction.kind == Kind.RECOGNITION, rows.is_live()
    )
    query = (
        select(LedgerTransaction.id)
        .join(InvoiceItem, col(InvoiceItem.transaction_id) == LedgerTransaction.id)
        .join(InvoiceLine, col(InvoiceLine.id) == InvoiceItem.line_id)
        .join(LedgerEntry, col(LedgerEntry.transaction_id) == LedgerTransaction.id)
        .where(
            InvoiceLine.invoice_id == invoice_id,
            LedgerTransaction.kind == Kind.CHARGE,
            LedgerEntry.account == Account.DEFERRED_INCOME,
            col(LedgerTransaction.about_id).not_in(recognised),
            rows.is_live(),
        )
    )
    return [TransactionId(id_) for id_ in work.session.exec(query)]
