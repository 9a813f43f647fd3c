"""Seats with everything that decides what they cost, in a handful of statements."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as select_rows

from studio_app.attendance.access import ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import BILLABLE, Outcome
from studio_app.billing.access import rows
from studio_app.billing.models.invoices import InvoiceItem
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.models.prices import BillingArrangement, PricePlan
from studio_app.billing.rules.charging import Charged, SeatFacts
from studio_app.billing.rules.ledger import Account, Kind, TaxRate
from studio_app.billing.rules.pricing import Mode, Per, Price, RateCard, Scope
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import Slot, local_date
from studio_app.kit.ids import EnrolmentId, PricePlanId, SeatId
from studio_app.kit.money import Money
from studio_app.kit.work import Work
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment
from studio_app.scheduling.models.setup import LessonType

SECONDS = 60


def seats_within(work: Work, span: Slot, *where: ColumnElement[bool]) -> list[SeatFacts]:
    """The seats of all lessons that begin in a span."""
    begin = col(Seat.starts_at)
    return _facts(work, begin >= span.starts_at, begin < span.ends_at, *where)


def seats_by_id(work: Work, seat_ids: Collection[SeatId]) -> list[SeatFacts]:
    return _facts(work, col(Seat.id).in_(seat_ids))


def charged_though_gone(work: Work) -> list[SeatId]:
    """Seats with a live charge in lessons that do not take place any more."""
    gone = or_(~col(Seat.blocking), col(Seat.left_at).is_not(None))
    charge = and_(col(LedgerTransaction.about_id) == col(Seat.id), rows.is_live())
    query = (
        select(col(Seat.id))
        .join(LedgerTransaction, charge)
        .where(gone, col(LedgerTransaction.kind) == Kind.CHARGE)
    )
    return [row[0] for row in ask(work, query)]


def held_and_unbilled(work: Work) -> list[SeatId]:
    """Seats of lessons that were held and have no live charge."""
    charge = and_(
        col(LedgerTransaction.about_id) == col(Seat.id),
        col(LedgerTransaction.kind) == Kind.CHARGE,
        rows.is_live(),
    )
    query = (
        select(col(Seat.id))
        .join(AttendanceMark, and_(col(AttendanceMark.seat_id) == col(Seat.id), is_latest()))
        .where(
            col(AttendanceMark.outcome).in_(BILLABLE),
            col(Seat.blocking),
            col(Seat.left_at).is_(None),
            ~exists().where(charge),
        )
    )
    return [row[0] for row in ask(work, query)]


def rate_card(work: Work) -> RateCard:
    return RateCard(prices(work))


def prices(work: Work, ids: Collection[PricePlanId] | None = None) -> list[Price]:
    """The studio's prices, old and new, or only these."""
    query = select_rows(PricePlan)
    if ids is not None:
        query = query.where(col(PricePlan.id).in_(ids))
    return [
        Price(
            plan.id,
            Scope(plan.lesson_type_id, plan.teacher_id, plan.student_id, plan.minutes),
            plan.from_on,
            Money(plan.amount_minor, plan.currency),
            Per(plan.per),
            TaxRate(plan.tax_bp, plan.tax_included),
        )
        for plan in work.session.exec(query)
    ]


def modes(work: Work) -> Callable[[EnrolmentId | None], Mode]:
    """How an enrolment is billed. One that a split of its series made goes on as before."""
    said = ask(work, select(col(BillingArrangement.enrolment_id), col(BillingArrangement.mode)))
    follows = select(col(Enrolment.id), col(Enrolment.follows_id)).where(
        col(Enrolment.follows_id).is_not(None)
    )
    arranged = {enrolment_id: Mode(mode) for enrolment_id, mode in said}
    before = {enrolment_id: earlier for enrolment_id, earlier in ask(work, follows)}  # noqa: C416

    def mode_of(enrolment_id: EnrolmentId | None) -> Mode:
        while enrolment_id is not None and enrolment_id not in arranged:
            enrolment_id = before.get(enrolment_id)
        return arranged[enrolment_id] if enrolment_id else Mode.ARREARS

    return mode_of


def _facts(work: Work, *where: ColumnElement[bool]) -> list[SeatFacts]:
    mode_of, zone = modes(work), studio_zone(work)
    charged = aliased(LedgerTransaction, name="charged")
    recognised = aliased(LedgerTransaction, name="recognised")
    owed_, given = aliased(LedgerEntry, name="owed"), aliased(LedgerEntry, name="given")
    query: Select[*tuple[Any, ...]] = (
        select(
            col(Seat.id),
            col(Student.family_id),
            col(Student.id),
            func.trim(col(Student.first_name) + " " + col(Student.last_name)),
            col(Lesson.starts_at),
            col(Lesson.ends_at),
            col(Lesson.lesson_type_id),
            col(Lesson.teacher_id),
            col(LessonType.name),
            and_(col(Seat.blocking), col(Seat.left_at).is_(None)),
            col(AttendanceMark.outcome),
            col(Seat.enrolment_id),
            col(Lesson.series_id),
            col(charged.id),
            col(owed_.amount_minor),
            col(given.account),
            col(charged.words),
            col(charged.tax_bp),
            col(charged.tax_included),
            func.coalesce(col(InvoiceItem.tax_minor), 0),
            col(recognised.id),
        )
        .join_from(Lesson, Seat, col(Seat.lesson_id) == col(Lesson.id))
        .join(Student, col(Student.id) == col(Seat.student_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(AttendanceMark, and_(col(AttendanceMark.seat_id) == col(Seat.id), is_latest()))
        .outerjoin(charged, _live(charged, Kind.CHARGE))
        .outerjoin(owed_, _side(owed_, charged, owing=True))
        .outerjoin(given, _side(given, charged, owing=False))
        .outerjoin(
            InvoiceItem,
            and_(
                col(InvoiceItem.transaction_id) == col(charged.id),
                col(InvoiceItem.released_at).is_(None),
            ),
        )
        .outerjoin(recognised, _live(recognised, Kind.RECOGNITION))
        .where(*where)
        .order_by(col(Lesson.starts_at), col(Seat.id))
    )
    return [_seat(row, mode_of(row[11]), on=local_date(row[4], zone)) for row in ask(work, query)]


def _live(transaction: Any, kind: Kind) -> ColumnElement[bool]:
    undo = aliased(LedgerTransaction)
    return and_(
        transaction.about_id == col(Seat.id),
        transaction.kind == kind,
        ~exists().where(col(undo.reverses_id) == transaction.id),
    )


def _side(entry: Any, transaction: Any, *, owing: bool) -> ColumnElement[bool]:
    receivable = entry.account == Account.RECEIVABLE
    return and_(entry.transaction_id == transaction.id, receivable if owing else ~receivable)


def _seat(row: Any, mode: Mode, *, on: date) -> SeatFacts:
    family, student_id, student, starts_at, ends_at, type_id, teacher_id = row[1:8]
    minutes = int((ends_at - starts_at).total_seconds()) // SECONDS
    return SeatFacts(
        seat_id=row[0],
        family_id=family,
        student_id=student_id,
        student=student,
        on=on,
        ends_at=ends_at,
        scope=Scope(type_id, teacher_id, student_id, minutes),
        lesson_type=row[8],
        takes_place=row[9],
        outcome=Outcome(row[10]) if row[10] else None,
        mode=mode,
        enrolment_id=row[11],
        series_id=row[12],
        charged=_charged(row[13:20]) if row[13] else None,
        recognised=row[20],
    )


def _charged(row: Any) -> Charged:
    id_, minor, account, words, tax_bp, included, tax_minor = row
    return Charged(id_, minor, Account(account), words, TaxRate(tax_bp, included), tax_minor)
