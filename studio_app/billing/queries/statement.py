"""A family's account, line by line, each explaining itself down to the lesson and the mark."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Uuid, func, select, type_coerce
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
from studio_app.billing.rules.ledger import Kind
from studio_app.billing.rules.pricing import Price, why_this_price
from studio_app.billing.rules.words import keep, recall
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_money, say_when
from studio_app.kit.ids import FamilyId, InvoiceId, LessonId, SeatId, TransactionId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Seat

SEAT_ID: ColumnElement[Any] = type_coerce(col(Seat.id), Uuid).label("seat_id")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement on a family's account, with what stands behind it."""

    transaction_id: TransactionId
    kind: Kind
    on: str
    title: str
    student: str
    amount: str
    amount_minor: int
    balance: str
    balance_minor: int
    lesson: str = ""
    lesson_id: LessonId | None = None
    lesson_on: date | None = None
    mark: str = ""
    price: str = ""
    invoice_id: InvoiceId | None = None
    invoice_number: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The account from a day on. `brought_forward` is the sum of all lines before `since`."""

    family_id: FamilyId
    family: str
    since: date | None
    brought_forward: str
    brought_forward_minor: int
    lines: tuple[StatementLine, ...]
    balance: str
    balance_minor: int
    by_credit: tuple[PaidLesson, ...]
    """Lessons that moved nothing, because a credit paid for them"""


@dataclass(frozen=True, slots=True)
class Balance:
    """What a family owes; negative: what it has in credit."""

    minor: int
    said: str


@requires(Permission.STATEMENT_VIEW)
def family_balance(work: Work, family_id: FamilyId) -> Balance:
    rows.family(work, family_id)
    minor = sums.balances(work, [family_id])[family_id]
    return Balance(minor, say_money(Money(minor, studio(work).currency), work.actor.locale))


@requires(Permission.STATEMENT_VIEW)
def family_statement(work: Work, family_id: FamilyId, *, since: date | None = None) -> Statement:
    """Everything that moved this account, with the balance after each line.

    The balance brought forward is the balance of the lines before `since`; asking without
    `since` shows them.
    """
    family = rows.family(work, family_id)
    here, locale = studio(work), work.actor.locale
    found = _entries(work, family_id)
    told = _Told(work, found, ZoneInfo(here.timezone))
    before = sum(row.amount_minor for row in found if since and row.effective_on < since)
    running, lines = before, list[StatementLine]()
    for row in found:
        if since and row.effective_on < since:
            continue
        running += row.amount_minor
        lines.append(told.line(row, Money(running, here.currency)))

    def said(minor: int) -> str:
        return say_money(Money(minor, here.currency), locale)

    return Statement(
        family_id=family_id,
        family=family.name,
        since=since,
        brought_forward=said(before),
        brought_forward_minor=before,
        lines=tuple(lines),
        balance=said(running),
        balance_minor=running,
        by_credit=lessons_by_credit(work, family_id, ZoneInfo(here.timezone), since=since),
    )


def _entries(work: Work, family_id: FamilyId) -> list[Any]:
    undone = aliased(LedgerTransaction, name="undone")
    subject = func.coalesce(col(undone.about_id), col(LedgerTransaction.about_id))
    query: Select[*tuple[Any, ...]] = (
        select(
            col(LedgerTransaction.id),
            col(LedgerTransaction.kind),
            col(LedgerTransaction.effective_on),
            col(LedgerTransaction.words),
            col(LedgerTransaction.price_plan_id),
            col(LedgerEntry.amount_minor),
            func.trim(col(Student.first_name) + " " + col(Student.last_name)).label("student"),
            SEAT_ID,
            col(Seat.lesson_id),
            col(Seat.starts_at),
        )
        .join_from(
            LedgerEntry,
            LedgerTransaction,
            col(LedgerTransaction.id) == col(LedgerEntry.transaction_id),
        )
        .outerjoin(undone, col(undone.id) == col(LedgerTransaction.reverses_id))
        .outerjoin(Seat, col(Seat.id) == subject)
        .outerjoin(Student, col(Student.id) == col(LedgerTransaction.student_id))
        .where(col(LedgerEntry.family_id) == family_id)
        .order_by(col(LedgerTransaction.effective_on), col(LedgerTransaction.id))
    )
    return list(ask(work, query))


class _Told:
    """What the lines of one statement refer to, read once for all of them."""

    def __init__(self, work: Work, found: list[Any], zone: ZoneInfo) -> None:
        self._locale, self._zone = work.actor.locale, zone
        self._marks = _marks(work, [row.seat_id for row in found if row.seat_id])
        used = {row.price_plan_id for row in found if row.price_plan_id}
        self._prices = {p.id: p for p in prices(work, used)} if used else {}
        self._invoices = _invoices(work, [row.id for row in found])

    def line(self, row: Any, balance: Money) -> StatementLine:
        locale = self._locale
        invoice_id, number = self._invoices.get(row.id, (None, None))
        return StatementLine(
            transaction_id=row.id,
            kind=Kind(row.kind),
            on=say_date(row.effective_on, locale),
            title=recall(row.words, locale),
            student=row.student or "",
            amount=say_money(Money(row.amount_minor, balance.currency), locale),
            amount_minor=row.amount_minor,
            balance=say_money(balance, locale),
            balance_minor=balance.minor,
            lesson=say_when(row.starts_at, self._zone, locale) if row.starts_at else "",
            lesson_id=row.lesson_id,
            lesson_on=local_date(row.starts_at, self._zone) if row.starts_at else None,
            mark=self._mark(row.seat_id),
            price=price_said(self._prices.get(row.price_plan_id), locale),
            invoice_id=invoice_id,
            invoice_number=number,
        )

    def _mark(self, seat_id: SeatId | None) -> str:
        outcome = self._marks.get(seat_id) if seat_id else None
        return outcome.label.say(self._locale) if outcome else ""


def price_said(price: Price | None, locale: str) -> str:
    """£25.00 · The studio's standard price, since 1 Sept 2026"""
    if price is None:
        return ""
    return f"{say_money(price.amount, locale)} · {recall(keep(why_this_price(price)), locale)}"


def _marks(work: Work, seat_ids: Collection[SeatId]) -> dict[SeatId, Outcome]:
    query = select(col(AttendanceMark.seat_id), col(AttendanceMark.outcome)).where(
        col(AttendanceMark.seat_id).in_(seat_ids), is_latest()
    )
    return {seat_id: Outcome(outcome) for seat_id, outcome in ask(work, query)}


def _invoices(
    work: Work, transaction_ids: Collection[UUID]
) -> dict[TransactionId, tuple[InvoiceId, int]]:
    query = (
        select(col(InvoiceItem.transaction_id), col(Invoice.id), col(Invoice.number))
        .join(InvoiceLine, col(InvoiceLine.id) == col(InvoiceItem.line_id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(
            col(InvoiceItem.transaction_id).in_(transaction_ids),
            col(InvoiceItem.released_at).is_(None),
            rows.is_visible(work),
        )
    )
    return {id_: (invoice_id, number) for id_, invoice_id, number in ask(work, query)}
