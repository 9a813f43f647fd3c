"""What is owed and what settles it, added up from rows each time it is asked."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, case, func
from sqlmodel import col, select

from studio_app.billing.access.rows import is_live
from studio_app.billing.models.invoices import Invoice, InvoiceLine
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.models.payments import Allocation
from studio_app.billing.rules.ledger import Account, Kind
from studio_app.billing.rules.settling import Credit, Debt
from studio_app.billing.rules.status import DocumentKind, Settlement
from studio_app.kit.ids import FamilyId, InvoiceId
from studio_app.kit.work import Work

SETTLING = (Kind.PAYMENT, Kind.WRITE_OFF, Kind.OPENING_BALANCE)


def balances(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, int]:
    """What each family owes (negative: has in credit), in minor units."""
    query = (
        select(LedgerEntry.family_id, func.sum(LedgerEntry.amount_minor))
        .where(col(LedgerEntry.family_id).in_(family_ids))
        .group_by(col(LedgerEntry.family_id))
    )
    found = {family: int(owed) for family, owed in work.session.exec(query) if family}
    return dict.fromkeys(family_ids, 0) | found


def line_total() -> ColumnElement[int]:
    """What a line asks for: its amount, and its tax where the price does not have it inside."""
    tax = case((col(InvoiceLine.tax_included), 0), else_=col(InvoiceLine.tax_minor))
    return func.sum(col(InvoiceLine.amount_minor) + tax)


def settlements(work: Work, invoice_ids: Collection[InvoiceId]) -> dict[InvoiceId, Settlement]:
    """Of each invoice its total and what has settled it, by what kind of thing."""
    totals = (
        select(InvoiceLine.invoice_id, line_total())
        .where(col(InvoiceLine.invoice_id).in_(invoice_ids))
        .group_by(col(InvoiceLine.invoice_id))
    )
    parts = (
        select(
            Allocation.invoice_id, LedgerTransaction.kind, func.sum(col(Allocation.amount_minor))
        )
        .join(
            LedgerTransaction,
            col(LedgerTransaction.id) == Allocation.transaction_id,
            isouter=True,
        )
        .where(col(Allocation.invoice_id).in_(invoice_ids))
        .group_by(col(Allocation.invoice_id), col(LedgerTransaction.kind))
    )
    found: dict[InvoiceId, dict[str | None, int]] = {i: {} for i in invoice_ids}
    for invoice_id, kind, minor in work.session.exec(parts):
        found[invoice_id][kind] = int(minor)
    asked = {invoice_id: int(total) for invoice_id, total in work.session.exec(totals)}
    return {i: _settlement(asked.get(i, 0), parts) for i, parts in found.items()}


def _settlement(total: int, parts: dict[str | None, int]) -> Settlement:
    paid, written_off = parts.get(Kind.PAYMENT, 0), parts.get(Kind.WRITE_OFF, 0)
    return Settlement(total, paid, sum(parts.values()) - paid - written_off, written_off)


def open_debts(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, list[Debt]]:
    """Sent invoices that are not settled yet."""
    query = select(Invoice).where(
        col(Invoice.family_id).in_(family_ids),
        col(Invoice.sent_at).is_not(None),
        col(Invoice.voided_at).is_(None),
    )
    invoices = work.session.exec(query).all()
    settled = settlements(work, [invoice.id for invoice in invoices])
    found: dict[FamilyId, list[Debt]] = {family: [] for family in family_ids}
    for invoice in invoices:
        due = settled[invoice.id].balance_due
        if due > 0:
            debt = Debt(invoice.id, invoice.due_on, invoice.number, due)
            found[invoice.family_id].append(debt)
    return found


def open_credits(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, list[Credit]]:
    """What is left of payments, credit notes and credit brought along from before."""
    found: dict[FamilyId, list[Credit]] = {family: [] for family in family_ids}
    for family, credit in (*_money(work, family_ids), *_notes(work, family_ids)):
        if credit.minor > 0:
            found[family].append(credit)
    return found


def _money(work: Work, family_ids: Collection[FamilyId]) -> list[tuple[FamilyId, Credit]]:
    spent = (
        select(func.coalesce(func.sum(col(Allocation.amount_minor)), 0))
        .where(Allocation.transaction_id == LedgerTransaction.id)
        .scalar_subquery()
    )
    query = (
        select(
            LedgerEntry.family_id,
            LedgerTransaction.id,
            LedgerTransaction.effective_on,
            -col(LedgerEntry.amount_minor) - spent,
        )
        .join(LedgerTransaction, col(LedgerTransaction.id) == LedgerEntry.transaction_id)
        .where(
            col(LedgerEntry.family_id).in_(family_ids),
            LedgerEntry.account == Account.RECEIVABLE,
            col(LedgerEntry.amount_minor) < 0,
            col(LedgerTransaction.kind).in_(SETTLING),
            is_live(),
        )
    )
    return [
        (family, Credit(on, int(left), transaction_id=transaction_id))
        for family, transaction_id, on, left in work.session.exec(query)
        if family
    ]


def _notes(work: Work, family_ids: Collection[FamilyId]) -> list[tuple[FamilyId, Credit]]:
    spent = (
        select(func.coalesce(func.sum(col(Allocation.amount_minor)), 0))
        .where(Allocation.credit_note_id == Invoice.id)
        .scalar_subquery()
    )
    query = (
        select(Invoice, -line_total() - spent)
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == Invoice.id)
        .where(
            col(Invoice.family_id).in_(family_ids),
            Invoice.kind == DocumentKind.CREDIT_NOTE,
            col(Invoice.sent_at).is_not(None),
            col(Invoice.voided_at).is_(None),
        )
        .group_by(col(Invoice.id))
    )
    return [
        (
            note.family_id,
            Credit(note.issued_on, int(left), credit_note_id=note.id, meant_for=note.corrects_id),
        )
        for note, left in work.session.exec(query)
    ]
