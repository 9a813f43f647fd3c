"""A document in one line: its figures, its state and what may be true beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from studio_app.billing.access import sums
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.rules.status import (
    Badge,
    DocumentKind,
    InvoiceState,
    Settlement,
    badges,
    invoice_state,
)
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_money, say_month
from studio_app.kit.ids import FamilyId, InvoiceId
from studio_app.kit.money import Money
from studio_app.kit.work import Work


@dataclass(frozen=True, slots=True)
class InvoiceCard:
    """One document in a list."""

    id: InvoiceId
    number: int
    kind: DocumentKind
    family_id: FamilyId
    family: str
    period: str
    issued: str
    due: str
    total: str
    balance_due: str
    balance_due_minor: int
    state: InvoiceState
    state_label: str
    badges: tuple[Badge, ...]
    badge_labels: tuple[str, ...]


def cards(work: Work, found: Sequence[tuple[Invoice, str]]) -> list[InvoiceCard]:
    settled = sums.settlements(work, [invoice.id for invoice, _family in found])
    today = local_date(work.now, studio_zone(work))
    return [
        _card(row, family, settled[row.id], today=today, locale=work.actor.locale)
        for row, family in found
    ]


def _card(
    row: Invoice, family: str, settlement: Settlement, *, today: date, locale: str
) -> InvoiceCard:
    is_note = row.kind == DocumentKind.CREDIT_NOTE
    state = invoice_state(settlement, sent_at=row.sent_at, voided_at=row.voided_at)
    if is_note and state is InvoiceState.PAID:
        state = InvoiceState.SENT
    said = badges(settlement, state, due_on=row.due_on, today=today)
    due = 0 if is_note or row.voided_at else settlement.balance_due
    return InvoiceCard(
        id=row.id,
        number=row.number,
        kind=DocumentKind(row.kind),
        family_id=row.family_id,
        family=family,
        period=period_said(row.period_from, row.period_until, locale),
        issued=say_date(row.issued_on, locale),
        due=say_date(row.due_on, locale),
        total=say_money(Money(settlement.total, row.currency), locale),
        balance_due=say_money(Money(due, row.currency), locale),
        balance_due_minor=due,
        state=state,
        state_label=state.label.say(locale),
        badges=said,
        badge_labels=tuple(badge.label.say(locale) for badge in said),
    )


def period_said(first: date | None, until: date | None, locale: str) -> str:
    """September 2026, or the dates where it is no whole month."""
    if first is None or until is None:
        return ""
    last = date.fromordinal(until.toordinal() - 1)
    if first.day == 1 and until.day == 1 and (last.year, last.month) == (first.year, first.month):
        return say_month(first, locale)
    return f"{say_date(first, locale)} – {say_date(last, locale)}"
