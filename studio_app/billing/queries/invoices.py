"""Invoices and credit notes as people see them; every figure is added up as it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from studio_app.billing.access import rows, sums
from studio_app.billing.cards import InvoiceCard, cards
from studio_app.billing.models.invoices import Invoice, InvoiceLine
from studio_app.billing.models.ledger import LedgerTransaction
from studio_app.billing.models.payments import Allocation
from studio_app.billing.rules.ledger import TaxRate
from studio_app.billing.rules.tax import added
from studio_app.billing.rules.words import recall
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_date, say_money
from studio_app.kit.ids import FamilyId, InvoiceId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_accounts
from studio_app.people.models import Family

PAGE = 50


@dataclass(frozen=True, slots=True)
class LineView:
    position: int
    title: str
    detail: str
    quantity: int
    unit: str
    amount: str
    amount_minor: int
    student_id: StudentId | None


@dataclass(frozen=True, slots=True)
class TaxView:
    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class SettledBy:
    """A payment, a credit note or a write-off that settles part of an invoice."""

    what: str
    on: str
    amount: str


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """One document, whole."""

    card: InvoiceCard
    studio: str
    currency: str
    locale: str
    billed_to: str
    reason: str
    corrects: int | None
    lines: tuple[LineView, ...]
    subtotal: str
    taxes: tuple[TaxView, ...]
    total: str
    amount_paid: str
    credited: str
    has_credit: bool
    balance_due: str
    settled_by: tuple[SettledBy, ...]


@requires(Permission.STATEMENT_VIEW)
def invoices(
    work: Work,
    *,
    family_id: FamilyId | None = None,
    only_open: bool = False,
    only_drafts: bool = False,
    due_before: date | None = None,
    own: bool = False,
    before_number: int | None = None,
    limit: int = PAGE,
) -> list[InvoiceCard]:
    """Documents, the newest first. A family sees its own, once they were sent.

    `own`: those of one's own accounts only, also for the office. `only_open` with `due_before`
    is what is overdue on that day.
    """
    query = select(Invoice, Family.name).join(Family, col(Family.id) == Invoice.family_id)
    query = query.where(rows.is_visible(work))
    if family_id:
        query = query.where(Invoice.family_id == family_id)
    if own:
        query = query.where(
            col(Invoice.family_id).in_(own_accounts(work)), col(Invoice.sent_at).is_not(None)
        )
    if before_number:
        query = query.where(Invoice.number < before_number)
    if only_open:
        query = query.where(sums.is_open())
    if only_drafts:
        query = query.where(col(Invoice.sent_at).is_(None), col(Invoice.voided_at).is_(None))
    if due_before:
        query = query.where(Invoice.due_on < due_before)
    found = work.session.exec(query.order_by(col(Invoice.number).desc()).limit(limit)).all()
    return cards(work, found)


@requires(Permission.STATEMENT_VIEW)
def invoice(work: Work, invoice_id: InvoiceId) -> InvoiceView:
    """One document with its lines, its taxes and what has settled it."""
    row = rows.invoice(work, invoice_id)
    family = work.session.exec(select(Family.name).where(Family.id == row.family_id)).one()
    card = cards(work, [(row, family)])[0]
    query = select(InvoiceLine).where(InvoiceLine.invoice_id == row.id)
    lines = work.session.exec(query.order_by(col(InvoiceLine.position))).all()
    settlement = sums.settlements(work, [row.id])[row.id]
    here, locale = studio(work), work.actor.locale

    def said(minor: int) -> str:
        return say_money(Money(minor, row.currency), locale)

    return InvoiceView(
        card=card,
        studio=here.name,
        currency=row.currency,
        locale=locale,
        billed_to=row.billed_to,
        reason=row.reason,
        corrects=_number_of(work, row.corrects_id),
        lines=tuple(_line(line, row.currency, locale) for line in lines),
        subtotal=said(sum(line.amount_minor for line in lines)),
        taxes=_taxes(lines, row.currency, locale),
        total=said(settlement.total),
        amount_paid=said(settlement.paid),
        credited=said(settlement.credited + settlement.written_off),
        has_credit=settlement.credited + settlement.written_off != 0,
        balance_due=said(settlement.balance_due),
        settled_by=_settled_by(work, row, locale),
    )


def _line(line: InvoiceLine, currency: str, locale: str) -> LineView:
    unit = Money(line.unit_minor, currency) if line.unit_minor is not None else None
    return LineView(
        position=line.position,
        title=recall(line.title, locale),
        detail=recall(line.detail, locale),
        quantity=line.quantity,
        unit=say_money(unit, locale) if unit else "",
        amount=say_money(Money(line.amount_minor, currency), locale),
        amount_minor=line.amount_minor,
        student_id=line.student_id,
    )


def _taxes(lines: Sequence[InvoiceLine], currency: str, locale: str) -> tuple[TaxView, ...]:
    found: dict[TaxRate, int] = {}
    for line in lines:
        rate = TaxRate(line.tax_bp, line.tax_included)
        found[rate] = found.get(rate, 0) + line.tax_minor
    return tuple(
        TaxView(tax_said(rate).say(locale), say_money(Money(minor, currency), locale))
        for rate, minor in found.items()
        if rate.basis_points
    )


def tax_said(rate: TaxRate) -> Text:
    percent = f"{rate.basis_points / 100:g}"
    if rate.included:
        return _("Tax {percent}%, included", percent=percent)
    return _("Tax {percent}%", percent=percent)


def _number_of(work: Work, invoice_id: InvoiceId | None) -> int | None:
    query = select(Invoice.number).where(Invoice.id == invoice_id)
    return work.session.exec(query).one_or_none() if invoice_id else None


def _settled_by(work: Work, row: Invoice, locale: str) -> tuple[SettledBy, ...]:
    query = (
        select(Allocation, LedgerTransaction, Invoice)
        .join(
            LedgerTransaction,
            col(LedgerTransaction.id) == Allocation.transaction_id,
            isouter=True,
        )
        .join(Invoice, col(Invoice.id) == Allocation.credit_note_id, isouter=True)
        .where(Allocation.invoice_id == row.id)
        .order_by(col(Allocation.created_at), col(Allocation.id))
    )
    return tuple(
        SettledBy(
            what=recall(transaction.words, locale) if transaction else _note(credit, locale),
            on=say_date(transaction.effective_on if transaction else credit.issued_on, locale),
            amount=say_money(Money(part.amount_minor, row.currency), locale),
        )
        for part, transaction, credit in work.session.exec(query)
    )


def _note(note: Invoice, locale: str) -> str:
    return _("Credit note {number}", number=note.number).say(locale)


def line_total(line: InvoiceLine) -> int:
    return line.amount_minor + added(line.tax_minor, TaxRate(line.tax_bp, line.tax_included))
