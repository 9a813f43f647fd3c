"""What is offered to a family, and for how long it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlmodel import col

from studio_app.bookings.models.waiting import Offer, Waiting
from studio_app.bookings.queries.bookings import when
from studio_app.bookings.rules.states import BookingKind
from studio_app.bookings.rules.waiting import OfferState
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import BookingId, OfferId
from studio_app.kit.tables import table_of
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import LessonType

IN_HOURS = 120


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What is offered to a family, and for how long it stands."""

    id: OfferId
    state: OfferState
    sentence: str
    stands: bool
    student: str
    lesson_type: str
    teacher: str
    when: str
    minutes: int
    until: str
    """Empty before it has arrived by any way"""
    booking_id: BookingId | None


class Reader(NamedTuple):
    """For whom it is said, and when."""

    zone: ZoneInfo
    locale: str
    now: datetime


@requires(Permission.LESSON_BOOK)
def my_offers(work: Work) -> list[OfferRow]:
    """What stands for one's own now, the first to end first."""
    query = offers().where(
        col(Offer.decided_at).is_(None),
        func.coalesce(col(Offer.expires_at), col(Offer.answer_by)) > work.now,
        col(Waiting.student_id).in_(own_students(work)),
    )
    order = query.order_by(func.coalesce(col(Offer.expires_at), col(Offer.answer_by)))
    zone = studio_zone(work)
    return [
        offer_row(row, Reader(zone, work.actor.locale, work.now))
        for row in work.session.connection().execute(order)
    ]


@requires(Permission.LESSON_BOOK)
def my_offer(work: Work, offer_id: OfferId) -> OfferRow | None:
    """One of them, also when it is over; None for a stranger's."""
    query = offers().where(
        col(Offer.id) == offer_id, col(Waiting.student_id).in_(own_students(work))
    )
    row = work.session.connection().execute(query).first()
    return offer_row(row, Reader(studio_zone(work), work.actor.locale, work.now)) if row else None


def offers() -> Select[Any]:
    """With the names that go with each."""
    found: Select[Any] = (
        select(
            *table_of(Offer).c,
            col(Student.first_name),
            col(Student.last_name),
            col(Teacher.name).label("teacher"),
            col(LessonType.name).label("lesson_type"),
        )
        .join(Waiting, col(Waiting.id) == col(Offer.waiting_id))
        .join(Student, col(Student.id) == col(Waiting.student_id))
        .join(Teacher, col(Teacher.id) == col(Offer.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Waiting.lesson_type_id))
    )
    return found


def offer_row(row: Any, to: Reader) -> OfferRow:
    zone, locale, state = to.zone, to.locale, OfferState(row.state)
    ends = row.expires_at or row.answer_by
    stands = state is OfferState.OFFERED and ends > to.now
    kind = BookingKind.WEEKLY if row.weekly else BookingKind.SINGLE
    return OfferRow(
        id=row.id,
        state=state,
        sentence=_said_of_offer(row, state, to).say(locale),
        stands=stands,
        student=row.first_name,
        lesson_type=row.lesson_type,
        teacher=row.teacher,
        when=when(kind, row.starts_at, zone, locale),
        minutes=row.minutes,
        until=say_when(row.expires_at, zone, locale) if row.expires_at else "",
        booking_id=row.booking_id,
    )


def _said_of_offer(row: Any, state: OfferState, to: Reader) -> Text:
    def at(moment: datetime) -> str:
        return say_when(moment, to.zone, to.locale)

    if state is OfferState.OFFERED:
        return _said_of_standing(row, to, at(row.offered_at))
    if state is OfferState.EXPIRED and row.delivered_at is None:
        return _("Could not be reached.")
    match state:
        case OfferState.ACCEPTED:
            return _("Accepted {when}.", when=at(row.decided_at))
        case OfferState.DECLINED:
            return _("Declined {when}.", when=at(row.decided_at))
        case OfferState.WITHDRAWN:
            return _("Taken back {when}.", when=at(row.decided_at))
        case _:
            return _("No answer by {when}.", when=at(row.expires_at))


def _said_of_standing(row: Any, to: Reader, asked: str) -> Text:
    if row.expires_at is None:
        return _("Asked {when}; on its way.", when=asked)
    if row.expires_at <= to.now:
        return _("The time to answer is over.")
    minutes = int((row.expires_at - to.now).total_seconds()) // 60
    if minutes >= IN_HOURS:
        return many("Kept for {n} more hour.", "Kept for {n} more hours.", n=minutes // 60)
    return many("Kept for {n} more minute.", "Kept for {n} more minutes.", n=minutes)
