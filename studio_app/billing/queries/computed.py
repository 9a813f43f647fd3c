"""How a total came about: every step from its rows, worked out again and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import Outcome
from studio_app.billing.access import rows, sums
from studio_app.billing.access.seats import prices
from studio_app.billing.models.invoices import Invoice, InvoiceItem, InvoiceLine
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.queries.by_credit import PaidLesson, lessons_by_credit
from studio_app.billing.queries.invoices import tax_said
from studio_app.billing.queries.statement import price_said
from studio_app.billing.rules.ledger import Account, TaxRate
from studio_app.billing.rules.tax import added, tax_of
from studio_app.billing.rules.words import recall
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_day, say_money
from studio_app.kit.ids import InvoiceId, LessonId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.models.lessons import Seat


@dataclass(frozen=True, slots=True)
class Source:
    """What a step rests on: a lesson with its mark, a price, an entry of the ledger."""

    label: str
    lesson_id: LessonId | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, how, from what, how much, and the sum so far."""

    title: str
    formula: str
    sources: tuple[Source, ...]
    result: str
    running: str


@dataclass(frozen=True, slots=True)
class Computed:
    """The steps of a total. `matches`: worked out again from the ledger it is the same."""

    number: int
    steps: tuple[Step, ...]
    total: str
    balance_due: str
    matches: bool
    by_credit: tuple[PaidLesson, ...]
    """Lessons of the same days that it does not ask for, because a credit paid for them"""


@requires(Permission.STATEMENT_VIEW)
def how_computed(work: Work, invoice_id: InvoiceId) -> Computed:
    """How the total of a document was computed, down to the lessons, marks and prices."""
    invoice = rows.invoice(work, invoice_id)
    lines = ask(work, _lines(invoice_id))
    items = ask(work, _items(invoice_id))
    said = _Said(work, invoice)
    used = {item.price_plan_id for item in items if item.price_plan_id}
    card = {price.id: price for price in prices(work, used)} if used else {}
    for line in lines:
        own = [item for item in items if item.line_id == line.id]
        price = next((card[i.price_plan_id] for i in own if i.price_plan_id in card), None)
        said.line(line, own, price_said(price, said.locale))
    for rate, minor, over in _by_rate(lines):
        said.tax(rate, minor, over)
    total = said.running
    settlement = sums.settlements(work, [invoice_id])[invoice_id]
    said.settled(settlement.total - settlement.balance_due)
    return Computed(
        number=invoice.number,
        steps=tuple(said.steps),
        total=said.money(total),
        balance_due=said.money(settlement.balance_due),
        matches=_matches(invoice, lines, items) and total == settlement.total,
        by_credit=_by_credit(work, invoice),
    )


def _by_credit(work: Work, invoice: Invoice) -> tuple[PaidLesson, ...]:
    if invoice.period_from is None or invoice.period_until is None:
        return ()
    days = {"since": invoice.period_from, "until": invoice.period_until}
    return lessons_by_credit(work, invoice.family_id, studio_zone(work), **days)


class _Said:
    """Writes the steps down in the reader's language, adding up as it goes."""

    def __init__(self, work: Work, invoice: Invoice) -> None:
        self.locale, self._zone = work.actor.locale, studio_zone(work)
        self._currency = invoice.currency
        self.running = 0
        self.steps: list[Step] = []

    def money(self, minor: int) -> str:
        return say_money(Money(minor, self._currency), self.locale)

    def line(self, line: Any, items: Sequence[Any], price: str) -> None:
        sources = [Source(price)] if price else []
        sources += [self._source(item) for item in items]
        formula = self.money(line.amount_minor)
        if line.unit_minor is not None and line.quantity > 1:
            formula = f"{line.quantity} × {self.money(line.unit_minor)} = {formula}"
        elif line.quantity > 1:
            parts = " + ".join(self.money(item.amount_minor) for item in items)
            formula = f"{parts} = {formula}"
        self._step(recall(line.title, self.locale), formula, sources, line.amount_minor)

    def tax(self, rate: TaxRate, minor: int, over: int) -> None:
        percent, whole = f"{rate.basis_points / 100:g}%", self.money(over)
        formula = f"{percent} × {whole} = {self.money(minor)}"
        if rate.included:
            formula = _("{tax} of {whole} is tax", tax=self.money(minor), whole=whole).say(
                self.locale
            )
        self._step(tax_said(rate).say(self.locale), formula, [], added(minor, rate))

    def settled(self, minor: int) -> None:
        title = _("Payments and credit").say(self.locale)
        self._step(title, self.money(-minor), [], -minor)

    def _source(self, item: Any) -> Source:
        if item.starts_at is None:
            return Source(recall(item.words, self.locale))
        on = local_date(item.starts_at, self._zone)
        label = say_day(on, self.locale)
        if item.outcome:
            label = f"{label} · {Outcome(item.outcome).label.say(self.locale)}"
        return Source(label, item.lesson_id, on)

    def _step(self, title: str, formula: str, sources: list[Source], minor: int) -> None:
        self.running += minor
        step = Step(title, formula, tuple(sources), self.money(minor), self.money(self.running))
        self.steps.append(step)


def _lines(invoice_id: InvoiceId) -> Select[*tuple[Any, ...]]:
    return (
        select(InvoiceLine.__table__)  # type: ignore[attr-defined]
        .where(col(InvoiceLine.invoice_id) == invoice_id)
        .order_by(col(InvoiceLine.position))
    )


def _items(invoice_id: InvoiceId) -> Select[*tuple[Any, ...]]:
    """What is on the lines, next to what the ledger says of it now."""
    undone = aliased(LedgerTransaction, name="undone")
    subject = func.coalesce(col(undone.about_id), col(LedgerTransaction.about_id))
    newest = (col(AttendanceMark.seat_id) == col(Seat.id)) & is_latest()
    owed: Any = (
        select(func.sum(col(LedgerEntry.amount_minor)))
        .where(
            col(LedgerEntry.transaction_id) == col(LedgerTransaction.id),
            col(LedgerEntry.account) == Account.RECEIVABLE,
        )
        .scalar_subquery()
        .label("owed_minor")
    )
    return (
        select(
            col(InvoiceItem.line_id),
            col(InvoiceItem.amount_minor),
            col(InvoiceItem.tax_minor),
            col(LedgerTransaction.words),
            col(LedgerTransaction.price_plan_id),
            col(Seat.lesson_id),
            col(Seat.starts_at),
            col(AttendanceMark.outcome),
            owed,
        )
        .join(InvoiceLine, col(InvoiceLine.id) == col(InvoiceItem.line_id))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(InvoiceItem.transaction_id))
        .outerjoin(undone, col(undone.id) == col(LedgerTransaction.reverses_id))
        .outerjoin(Seat, col(Seat.id) == subject)
        .outerjoin(AttendanceMark, newest)
        .where(col(InvoiceLine.invoice_id) == invoice_id)
        .order_by(col(Seat.starts_at), col(InvoiceItem.id))
    )


def _by_rate(lines: Sequence[Any]) -> list[tuple[TaxRate, int, int]]:
    """Each rate with its tax and the sum it is on."""
    found: dict[TaxRate, tuple[int, int]] = {}
    for line in lines:
        rate = TaxRate(line.tax_bp, line.tax_included)
        tax, over = found.get(rate, (0, 0))
        found[rate] = (tax + line.tax_minor, over + line.amount_minor)
    return [(rate, *sums_) for rate, sums_ in found.items() if rate.basis_points]


def _matches(invoice: Invoice, lines: Sequence[Any], items: Sequence[Any]) -> bool:
    """The ledger still says what the lines say, and the tax is what the rates make of them."""
    if any(item.owed_minor != item.amount_minor for item in items):
        return False
    by_line: dict[UUID, tuple[int, int]] = {}
    for item in items:
        amount, tax = by_line.get(item.line_id, (0, 0))
        by_line[item.line_id] = (amount + item.amount_minor, tax + item.tax_minor)
    frozen = {line.id: (line.amount_minor, line.tax_minor) for line in lines}
    if invoice.corrects_id is None and by_line != frozen:
        return False
    return all(minor == tax_of(over, rate) for rate, minor, over in _by_rate(lines))
