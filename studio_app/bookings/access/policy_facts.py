"""What decides about seats: their lessons, what they cost, what is paid, the studio's year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, and_, func, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import among, ask
from studio_app.billing.access.rows import is_live
from studio_app.billing.access.sums import is_open
from studio_app.billing.models.invoices import Invoice, InvoiceItem, InvoiceLine
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.rules.ledger import Account, Kind
from studio_app.billing.rules.pricing import Per, RateCard, Scope
from studio_app.bookings.rules.policies.case import Days
from studio_app.identity.access import studio
from studio_app.kit.clock import local_date
from studio_app.kit.ids import SeatId
from studio_app.kit.money import Money
from studio_app.kit.work import Work
from studio_app.people.models import Student
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import Closure, LessonType, Location, Room, Term

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for all lessons of a studio."""

    studio: str
    zone: ZoneInfo
    currency: str
    terms: tuple[Days, ...]
    closed: tuple[Days, ...]


def around(work: Work) -> Around:
    here = studio(work)
    terms = select(col(Term.starts_on), col(Term.ends_on)).order_by(col(Term.starts_on))
    closed = select(col(Closure.starts_on), col(Closure.ends_on)).where(
        col(Closure.location_id).is_(None)
    )
    return Around(
        here.name,
        ZoneInfo(here.timezone),
        here.currency,
        tuple(Days(first, last) for first, last in ask(work, terms)),
        tuple(Days(first, last) for first, last in ask(work, closed)),
    )


def seats() -> Select[*tuple[Any, ...]]:
    """Seats with their lessons, in the order of time. A substitute changes no price."""
    columns: list[Any] = [
        col(Seat.id).label("seat_id"),
        col(Seat.lesson_id),
        col(Seat.enrolment_id),
        col(Seat.created_at).label("booked_at"),
        col(Seat.left_at),
        col(Seat.excused),
        col(Student.id).label("student_id"),
        col(Student.family_id),
        func.trim(col(Student.first_name) + " " + col(Student.last_name)).label("student"),
        col(Student.is_adult),
        col(Student.started_on),
        col(Lesson.starts_at),
        col(Lesson.ends_at),
        col(Lesson.status),
        col(Lesson.kind),
        col(Lesson.cancelled_by),
        col(Lesson.cancelled_at),
        col(Lesson.lesson_type_id),
        func.coalesce(col(Lesson.covers_for_id), col(Lesson.teacher_id)).label("teacher_id"),
        type_coerce(col(LessonType.name), String).label("lesson_type"),
        func.coalesce(col(LessonType.capacity) != 1, True).label("is_group"),
        is_online().label("is_online"),
    ]
    return (
        select(*columns)
        .join_from(Seat, Lesson, col(Lesson.id) == col(Seat.lesson_id))
        .join(Student, col(Student.id) == col(Seat.student_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .order_by(col(Lesson.starts_at), col(Seat.id))
    )


@dataclass(frozen=True, slots=True)
class Charged:
    """What a seat is charged, and whether the invoice that asks for it is settled."""

    minor: int
    is_paid: bool


def charged(work: Work, seat_ids: Collection[SeatId]) -> dict[SeatId, Charged]:
    """Of each seat that has a charge; in one statement."""
    about, line = col(LedgerTransaction.about_id), aliased(InvoiceLine)
    item = and_(
        col(InvoiceItem.transaction_id) == col(LedgerTransaction.id),
        col(InvoiceItem.released_at).is_(None),
    )
    query = (
        select(
            about,
            func.sum(col(LedgerEntry.amount_minor)),
            func.bool_and(
                and_(col(Invoice.id).is_not(None), col(Invoice.sent_at).is_not(None), ~is_open())
            ),
        )
        .join(LedgerEntry, col(LedgerEntry.transaction_id) == col(LedgerTransaction.id))
        .outerjoin(InvoiceItem, item)
        .outerjoin(line, col(line.id) == col(InvoiceItem.line_id))
        .outerjoin(Invoice, col(Invoice.id) == col(line.invoice_id))
        .where(
            col(LedgerTransaction.kind) == Kind.CHARGE,
            among(about, seat_ids),
            is_live(),
            col(LedgerEntry.account) == Account.RECEIVABLE,
        )
        .group_by(about)
    )
    found = ask(work, query)
    return {SeatId(about): Charged(int(minor), bool(paid)) for about, minor, paid in found}


def price_of(row: Any, card: RateCard, charge: Charged | None, here: Around) -> Money | None:
    """What the lesson costs: what was charged for it, else its price; None: nobody has said, or
    it is part of a term's price that has not been charged yet."""
    if charge is not None:
        return Money(charge.minor, here.currency)
    minutes = int((row.ends_at - row.starts_at).total_seconds()) // _MINUTE
    scope = Scope(row.lesson_type_id, row.teacher_id, row.student_id, minutes)
    price = card.price(scope, local_date(row.starts_at, here.zone))
    return price.amount if price and price.per is Per.LESSON else None


def ids_of(rows: Sequence[Any]) -> list[SeatId]:
    return [row.seat_id for row in rows]
