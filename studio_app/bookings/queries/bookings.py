"""Bookings as their family and the office read them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_
from sqlalchemy import select as columns
from sqlmodel import col

from studio_app.billing.rules.credit_words import paid_said
from studio_app.bookings.access import bookings as access
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingKind, BookingState, Reason
from studio_app.credits.access import covered
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_date, say_time, say_weekday, say_when
from studio_app.kit.ids import BookingId, LessonId, StudentId, TeacherId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students, visible_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType, Location, Room

RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One booking and where it stands, in words."""

    id: BookingId
    kind: BookingKind
    state: BookingState
    state_label: str
    sentence: str
    """Where it stands, and why it is not confirmed yet"""
    is_settling: bool
    """It has just been made and is being looked at: ask again in a moment"""
    waits: bool
    student_id: StudentId
    student: str
    lesson_type: str
    teacher_id: TeacherId
    teacher: str
    where: str
    starts_at: datetime
    when: str
    """Tue 8 Sept, 16:00; of a weekly place: Every Tuesday, 16:00, from 8 Sept 2026"""
    minutes: int
    lesson_id: LessonId
    asked_at: datetime
    asked_by: str
    age_days: int
    age: str
    expires_at: datetime
    expires: str
    """The day on which its time is given back if nobody decides"""
    is_late: bool
    """That is soon"""
    paid_by: str
    """The credit that pays for it, by what it comes from; empty: none"""


@requires(Permission.LESSON_BOOK)
def booking_status(work: Work, booking_id: BookingId) -> BookingRow:
    """Where a booking stands; the tracking id is its own."""
    access.booking(work, booking_id)
    found = _rows(work, _query().where(col(Booking.id) == booking_id))
    if not found:
        raise NotFound
    return found[0]


@requires(Permission.LESSON_BOOK)
def my_bookings(work: Work) -> list[BookingRow]:
    """What waits for one's own, and what was said no to lately; the newest first."""
    refused = (BookingState.DECLINED.value, BookingState.EXPIRED.value)
    lately = col(Booking.decided_at) > work.now - RECENT
    query = _query().where(
        col(Booking.student_id).in_(own_students(work)),
        or_(col(Booking.decided_at).is_(None), col(Booking.state).in_(refused) & lately),
    )
    return _rows(work, query.order_by(col(Booking.asked_at).desc()))


@requires(Permission.CALENDAR_MANAGE)
def waiting_bookings(work: Work) -> list[BookingRow]:
    """What somebody of the studio has to decide, what waits longest first."""
    query = _query().where(col(Booking.decided_at).is_(None), col(Booking.settled_at).is_not(None))
    return _rows(work, query.order_by(col(Booking.expires_at), col(Booking.id)))


def _query() -> Select[Any]:
    name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    return (
        columns(
            *Booking.__table__.columns,  # type: ignore[attr-defined]
            name.label("student"),
            col(Teacher.name).label("teacher"),
            col(LessonType.name).label("lesson_type"),
            col(LessonType.is_online).label("is_online"),
            func.concat_ws(", ", col(Room.name), col(Location.name)).label("place"),
            col(Lesson.starts_at).label("now_at"),
            func.coalesce(col(Person.name), "").label("by"),
            col(Seat.id).label("seat_id"),
        )
        .join(Student, col(Student.id) == col(Booking.student_id))
        .join(Teacher, col(Teacher.id) == col(Booking.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Booking.lesson_type_id))
        .join(Lesson, col(Lesson.id) == col(Booking.lesson_id))
        .outerjoin(
            Seat,
            and_(
                col(Seat.lesson_id) == col(Lesson.id),
                col(Seat.student_id) == col(Booking.student_id),
            ),
        )
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .outerjoin(Person, col(Person.id) == col(Booking.asked_by))
    )


def _rows(work: Work, query: Select[Any]) -> list[BookingRow]:
    zone, locale = studio_zone(work), work.actor.locale
    theirs = query.where(col(Booking.student_id).in_(visible_students(work)))
    found = work.session.connection().execute(theirs).all()
    paid = covered(work, [row.seat_id for row in found if row.seat_id])
    said = {seat_id: paid_said(use.source, use.reason, locale) for seat_id, use in paid.items()}
    return [_row(work, row, zone, said.get(row.seat_id, "")) for row in found]


def _row(work: Work, row: Any, zone: ZoneInfo, paid_by: str) -> BookingRow:
    locale, state = work.actor.locale, BookingState(row.state)
    age = (local_date(work.now, zone) - local_date(row.asked_at, zone)).days
    expires = say_date(local_date(row.expires_at, zone), locale)
    return BookingRow(
        id=row.id,
        kind=BookingKind(row.kind),
        state=state,
        state_label=state.label.say(locale),
        sentence=_sentence(row, state).say(locale),
        is_settling=state.waits and row.settled_at is None,
        waits=state.waits,
        student_id=row.student_id,
        student=row.student,
        lesson_type=row.lesson_type,
        teacher_id=row.teacher_id,
        teacher=row.teacher,
        where=_("Online").say(locale) if row.is_online else row.place,
        starts_at=row.now_at,
        when=when(row.kind, row.now_at, zone, locale),
        minutes=row.minutes,
        lesson_id=row.lesson_id,
        asked_at=row.asked_at,
        asked_by=row.by,
        age_days=age,
        age=_age(age).say(locale),
        expires_at=row.expires_at,
        expires=expires,
        is_late=state.waits and row.expires_at <= work.now + timedelta(days=3),
        paid_by=paid_by,
    )


def when(kind: str, starts_at: datetime, zone: ZoneInfo, locale: str) -> str:
    """Of a single lesson when it is; of a weekly place the day, the time and from when on."""
    if kind != BookingKind.WEEKLY:
        return say_when(starts_at, zone, locale)
    every = _(
        "Every {days}, {at}",
        days=say_weekday(starts_at.astimezone(zone).isoweekday(), locale),
        at=say_time(starts_at, zone, locale),
    )
    day = say_date(local_date(starts_at, zone), locale)
    return _("{every}, from {day}", every=every, day=day).say(locale)


def _age(days: int) -> Text:
    return many("{n} day", "{n} days", n=days) if days else _("today")


def _sentence(row: Any, state: BookingState) -> Text:
    match state:
        case BookingState.CONFIRMED:
            return _("It is booked.")
        case BookingState.DECLINED if row.words:
            return _("The studio said no: {reason}", reason=row.words)
        case BookingState.DECLINED:
            return _("The studio said no.")
        case BookingState.EXPIRED:
            return _("Nobody decided in time, so the time was given back.")
        case BookingState.CANCELLED:
            return _("It was taken back.")
        case _:
            return Reason(row.reason).sentence if row.reason else _("It is being looked at.")
