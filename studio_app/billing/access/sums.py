"""What is owed and what settles it, added up from rows each time it is asked."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.billing.access.rows import is_live
from studio_app.billing.models.invoices import Invoice, InvoiceLine
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.models.payments import Allocation
from studio_app.billing.rules.ledger import Account, Kind
from studio_app.billing.rules.settling import Credit, Debt
from studio_app.billing.rules.status import DocumentKind, Settlement
from studio_app.kit.ids import FamilyId, InvoiceId
from studio_app.kit.work import Work

SETTLING = (Kind.PAYMENT, Kind.WRITE_OFF, Kind.OPENING_BALANCE, Kind.CREDIT_USED)


def balances(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, int]:
    """What each family owes (negative: has in credit), in minor units."""
    query = (
        select(col(LedgerEntry.family_id), func.sum(col(LedgerEntry.amount_minor)))
        .where(col(LedgerEntry.family_id).in_(family_ids))
        .group_by(col(LedgerEntry.family_id))
    )
    found = {family: int(owed) for family, owed in ask(work, query) if family}
    return dict.fromkeys(family_ids, 0) | found


def line_total() -> ColumnElement[int]:
    """What a line asks for: its amount, and its tax where the price does not have it inside."""
    tax = case((col(InvoiceLine.tax_included), 0), else_=col(InvoiceLine.tax_minor))
    return func.sum(col(InvoiceLine.amount_minor) + tax)


def settlements(work: Work, invoice_ids: Collection[InvoiceId]) -> dict[InvoiceId, Settlement]:
    """Of each invoice its total and what has settled it, by what kind of thing."""
    totals = (
        select(col(InvoiceLine.invoice_id), line_total())
        .where(col(InvoiceLine.invoice_id).in_(invoice_ids))
        .group_by(col(InvoiceLine.invoice_id))
    )
    parts = (
        select(
            col(Allocation.invoice_id),
            col(LedgerTransaction.kind),
            func.sum(col(Allocation.amount_minor)),
        )
        .join(
            LedgerTransaction,
            col(LedgerTransaction.id) == col(Allocation.transaction_id),
            isouter=True,
        )
        .where(col(Allocation.invoice_id).in_(invoice_ids))
        .group_by(col(Allocation.invoice_id), col(LedgerTransaction.kind))
    )
    found: dict[InvoiceId, dict[str | None, int]] = {i: {} for i in invoice_ids}
    for invoice_id, kind, minor in ask(work, parts):
        found[invoice_id][kind] = int(minor)
    asked = {invoice_id: int(total) for invoice_id, total in ask(work, totals)}
    return {i: _settlement(asked.get(i, 0), parts) for i, parts in found.items()}


def is_open() -> ColumnElement[bool]:
    """Sent invoices that ask for more than what has settled them."""
    asked = select(line_total()).where(col(InvoiceLine.invoice_id) == col(Invoice.id))
    settled = select(func.coalesce(func.sum(col(Allocation.amount_minor)), 0)).where(
        col(Allocation.invoice_id) == col(Invoice.id)
    )
    return and_(
        col(Invoice.kind) == DocumentKind.INVOICE,
        col(Invoice.sent_at).is_not(None),
        col(Invoice.voided_at).is_(None),
        asked.scalar_subquery() > settled.scalar_subquery(),
    )


def _settlement(total: int, parts: dict[str | None, int]) -> Settlement:
    paid, written_off = parts.get(Kind.PAYMENT, 0), parts.get(Kind.WRITE_OFF, 0)
    return Settlement(total, paid, sum(parts.values()) - paid - written_off, written_off)


def open_debts(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, list[Debt]]:
    """Sent invoices that are not settled yet."""
    query = select(
        col(Invoice.id), col(Invoice.family_id), col(Invoice.due_on), col(Invoice.number)
    ).where(
        col(Invoice.family_id).in_(family_ids),
        col(Invoice.sent_at).is_not(None),
        col(Invoice.voided_at).is_(None),
    )
    invoices = ask(work, query)
    settled = settlements(work, [invoice_id for invoice_id, *_rest in invoices])
    found: dict[FamilyId, list[Debt]] = {family: [] for family in family_ids}
    for invoice_id, family, due_on, number in invoices:
        if (due := settled[invoice_id].balance_due) > 0:
            found[family].append(Debt(invoice_id, due_on, number, due))
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
        .where(col(Allocation.transaction_id) == col(LedgerTransaction.id))
        .scalar_subquery()
    )
    query = (
        select(
            col(LedgerEntry.family_id),
            col(LedgerTransaction.id),
            col(LedgerTransaction.effective_on),
            -col(LedgerEntry.amount_minor) - spent,
        )
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(
            col(LedgerEntry.family_id).in_(family_ids),
            col(LedgerEntry.account) == Account.RECEIVABLE,
            col(LedgerEntry.amount_minor) < 0,
            col(LedgerTransaction.kind).in_(SETTLING),
            is_live(),
        )
    )
    return [
        (family, Credit(on, int(left), transaction_id=transaction_id))
        for family, transaction_id, on, left in ask(work, query)
        if family
    ]


def _notes(work: Work, family_ids: Collection[FamilyId]) -> list[tuple[FamilyId, Credit]]:
    spent = (
        select(func.coalesce(func.sum(col(Allocation.amount_minor)), 0))
        .where(col(Allocation.credit_note_id) == col(Invoice.id))
        .scalar_subquery()
    )
    query = (
        select(
            col(Invoice.family_id),
            col(Invoice.id),
            col(Invoice.issued_on),
            col(Invoice.corrects_id),
            -line_total() - spent,
        )
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .where(
            col(Invoice.family_id).in_(family_ids),
            col(Invoice.kind) == DocumentKind.CREDIT_NOTE,
            col(Invoice.sent_at).is_not(None),
            col(Invoice.voided_at).is_(None),
        )
        .group_by(col(Invoice.id))
    )
    return [
        (family, Credit(on, int(left), credit_note_id=note_id, meant_for=corrects))
        for family, note_id, on, corrects, left in ask(work, query)
    ]


def credited_by_line(work: Work, line_ids: Collection[UUID]) -> dict[UUID | None, int]:
    """How much of each of these lines credit notes have already given back."""
    corrects = col(InvoiceLine.corrects_id)
    query = (
        select(corrects, -func.sum(col(InvoiceLine.amount_minor)))
        .where(corrects.in_(line_ids))
        .group_by(corrects)
    )
    return {line_id: int(minor) for line_id, minor in ask(work, query)}
