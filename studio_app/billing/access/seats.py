"""Seats with everything that decides what they cost, in a handful of statements."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Uuid, and_, exists, func, select, type_coerce
from sqlmodel import col
from sqlmodel import select as select_rows

from studio_app.attendance.access import among, ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import Outcome
from studio_app.billing.access import rows
from studio_app.billing.access.affected import is_on_an_invoice, takes_place
from studio_app.billing.access.rulings import ruled
from studio_app.billing.models.invoices import InvoiceItem
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.models.prices import BillingArrangement, PricePlan
from studio_app.billing.rules.charging import Charged, Covered, SeatFacts
from studio_app.billing.rules.ledger import Account, Kind, TaxRate
from studio_app.billing.rules.pricing import Mode, Per, Price, RateCard, Scope
from studio_app.credits.access import covered
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import Slot, local_date
from studio_app.kit.ids import EnrolmentId, FamilyId, PricePlanId, SeatId, TransactionId
from studio_app.kit.money import Money
from studio_app.kit.work import Work
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import EnrolmentState

SECONDS = 60


def seats_within(work: Work, span: Slot, *where: ColumnElement[bool]) -> list[SeatFacts]:
    """The seats of all lessons that begin in a span."""
    begin = col(Seat.starts_at)
    return _facts(work, begin >= span.starts_at, begin < span.ends_at, *where)


def unrecorded_within(work: Work, span: Slot) -> list[SeatFacts]:
    """The seats of lessons that took place in a span and of which nobody has said anything."""
    said = exists().where(
        col(AttendanceMark.seat_id) == col(Seat.id),
        col(AttendanceMark.outcome) != Outcome.UNMARKED,
        is_latest(),
    )
    return seats_within(work, span, takes_place(), ~said)


def seats_by_id(work: Work, seat_ids: Collection[SeatId]) -> list[SeatFacts]:
    return _facts(work, among(col(Seat.id), seat_ids))


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
    """Seats and, each asked once for all of them, their marks, charges and recognitions.

    One join of all this is at the planner's mercy: on tables without statistics, such as
    after an import, it took time quadratic in the lessons.
    """
    mode_of, zone = modes(work), studio_zone(work)
    found = ask(work, _seats(*where))
    ids = [row.seat_id for row in found]
    marks, charges = _marks(work, ids), _charged(work, _live(work, Kind.CHARGE, ids))
    open_ = [row for row in found if row.seat_id not in charges]
    bought = [row.seat_id for row in open_ if mode_of(row.enrolment_id) is Mode.ADVANCE]
    sold = _sold(work, bought) if bought else {}
    recognised = {about: id_ for id_, about, *_rest in _live(work, Kind.RECOGNITION, ids)}
    covers = _covers(work, ids)
    rulings = ruled(work, [row.seat_id for row in found if not row.takes_place])
    return [
        SeatFacts(
            seat_id=row.seat_id,
            family_id=row.family_id,
            student_id=row.student_id,
            student=row.student,
            on=local_date(row.starts_at, zone),
            ends_at=row.ends_at,
            scope=_scope(row),
            lesson_type=row.lesson_type,
            takes_place=row.takes_place,
            outcome=marks.get(row.seat_id),
            mode=mode_of(row.enrolment_id),
            enrolment_id=row.enrolment_id,
            series_id=row.series_id,
            charged=charges.get(row.seat_id),
            sold=sold.get(row.seat_id),
            recognised=recognised.get(row.seat_id),
            provisional=row.provisional,
            stands=row.stands,
            covered=covers.get(row.seat_id),
            decided=rulings.get(row.seat_id),
        )
        for row in found
    ]


def _covers(work: Work, ids: Collection[SeatId]) -> dict[UUID, Covered]:
    return {
        seat_id: Covered(use.entry_id, use.lot_id, use.booked)
        for seat_id, use in covered(work, ids).items()
    }


def _seats(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Whoever stands in for a teacher, the price stays that teacher's."""
    name = func.trim(col(Student.first_name) + " " + col(Student.last_name))
    columns: list[Any] = [
        type_coerce(col(Seat.id), Uuid).label("seat_id"),
        col(Student.family_id),
        type_coerce(col(Student.id), Uuid).label("student_id"),
        name.label("student"),
        col(Lesson.starts_at),
        col(Lesson.ends_at),
        col(Lesson.lesson_type_id),
        func.coalesce(col(Lesson.covers_for_id), col(Lesson.teacher_id)).label("teacher_id"),
        type_coerce(col(LessonType.name), String).label("lesson_type"),
        takes_place().label("takes_place"),
        col(Seat.enrolment_id),
        col(Lesson.series_id),
        and_(col(Seat.blocking), col(Seat.left_at).is_(None)).label("stands"),
        (func.coalesce(col(Enrolment.state), "") == EnrolmentState.PROVISIONAL.value).label(
            "provisional"
        ),
    ]
    return (
        select(*columns)
        .join_from(Lesson, Seat, col(Seat.lesson_id) == col(Lesson.id))
        .join(Student, col(Student.id) == col(Seat.student_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Enrolment, col(Enrolment.id) == col(Seat.enrolment_id))
        .where(*where)
        .order_by(col(Lesson.starts_at), col(Seat.id))
    )


def _scope(row: Any) -> Scope:
    minutes = int((row.ends_at - row.starts_at).total_seconds()) // SECONDS
    return Scope(row.lesson_type_id, row.teacher_id, row.student_id, minutes)


def _marks(work: Work, ids: Collection[SeatId]) -> dict[SeatId, Outcome]:
    seat_id = col(AttendanceMark.seat_id)
    query = (
        select(seat_id, col(AttendanceMark.outcome))
        .distinct(seat_id)
        .where(among(seat_id, ids))
        .order_by(seat_id, col(AttendanceMark.nth).desc())
    )
    return {id_: Outcome(outcome) for id_, outcome in ask(work, query)}


def _charged(work: Work, found: Sequence[Any]) -> dict[SeatId, Charged]:
    """Of each seat its charge, given the transactions: what they moved and what is billed."""
    charges = [row[0] for row in found]
    entry = col(LedgerEntry.transaction_id)
    entries = select(
        entry, col(LedgerEntry.account), col(LedgerEntry.amount_minor), col(LedgerEntry.family_id)
    )
    owed: dict[TransactionId, tuple[int, FamilyId]] = {}
    given: dict[TransactionId, Account] = {}
    for id_, account, minor, family in ask(work, entries.where(among(entry, charges))):
        if family:
            owed[id_] = minor, family
        else:
            given[id_] = Account(account)
    item = col(InvoiceItem.transaction_id)
    billed = select(item, col(InvoiceItem.tax_minor)).where(
        among(item, charges), col(InvoiceItem.released_at).is_(None)
    )
    tax: dict[TransactionId, int] = {id_: minor for id_, minor in ask(work, billed)}  # noqa: C416
    return {
        about: Charged(
            id_,
            owed[id_][0],
            given[id_],
            words,
            TaxRate(bp, within),
            owed[id_][1],
            billed=id_ in tax,
            tax_minor=tax.get(id_, 0),
            price_plan_id=price_plan_id,
        )
        for id_, about, words, bp, within, price_plan_id in found
    }


def _sold(work: Work, ids: Collection[SeatId]) -> dict[SeatId, Charged]:
    """Of each seat the last charge, given back or not, that is on an invoice that stands."""
    about = col(LedgerTransaction.about_id)
    query = (
        _transactions(Kind.CHARGE, ids)
        .distinct(about)
        .join(InvoiceItem, is_on_an_invoice(LedgerTransaction.id))
        .order_by(about, col(LedgerTransaction.nth).desc())
    )
    return _charged(work, ask(work, query))


def _live(work: Work, kind: Kind, ids: Collection[SeatId]) -> Sequence[Any]:
    """Of each seat its live transaction of a kind."""
    return ask(work, _transactions(kind, ids).where(rows.is_live()))


def _transactions(kind: Kind, ids: Collection[SeatId]) -> Select[*tuple[Any, ...]]:
    """Those about these seats: id, seat, words, tax, price."""
    return select(
        col(LedgerTransaction.id),
        col(LedgerTransaction.about_id),
        col(LedgerTransaction.words),
        col(LedgerTransaction.tax_bp),
        col(LedgerTransaction.tax_included),
        col(LedgerTransaction.price_plan_id),
    ).where(col(LedgerTransaction.kind) == kind, among(col(LedgerTransaction.about_id), ids))
