"""Who waits, what is on offer, and who was asked: in the words of whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlmodel import col

from studio_app.bookings.access.waiting import offer_rule
from studio_app.bookings.models.waiting import Freed, Offer, Waiting
from studio_app.bookings.queries.bookings import when as say_booked
from studio_app.bookings.rules.ranking import ranked
from studio_app.bookings.rules.states import BookingKind
from studio_app.bookings.rules.waiting import (
    DAY,
    FreedState,
    OfferState,
    TimeWish,
    WaitingKind,
    WaitingState,
    wishes_in,
)
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_weekday, say_when
from studio_app.kit.ids import FreedId, OfferId, StudentId, TeacherId, WaitingId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import LessonType

LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One entry; `rank` is its place among all who wait, 0 where that is not shown."""

    id: WaitingId
    student_id: StudentId
    student: str
    lesson_type_id: Any
    lesson_type: str
    teacher_id: TeacherId | None
    teacher: str
    instrument: str
    kind: WaitingKind
    submitted_at: datetime
    times: tuple[TimeWish, ...]
    when: str
    """Tuesday 15:00–18:00, Friday; or At any time"""
    days: str
    """Until 18 Dec 2026; empty where it goes on"""
    weekly: bool
    since: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """One question: who was asked, when, and what came of it."""

    id: OfferId
    student: str
    state: OfferState
    sentence: str
    stands: bool
    until: str


@dataclass(frozen=True, slots=True)
class FreedRow:
    """A time that became free, with everybody who was asked about it."""

    id: FreedId
    state: FreedState
    sentence: str
    when: str
    teacher: str
    needs_somebody: bool
    """Nobody took it, or the office has to choose: and it is still to come"""
    can_be_offered: bool
    asked: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    by_itself: bool
    answer_minutes: int
    make_ups_first: bool


@dataclass(frozen=True, slots=True)
class Waitlist:
    entries: tuple[WaitingRow, ...]
    freed: tuple[FreedRow, ...]
    rules: Rules


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
    booking_id: Any


@requires(Permission.CALENDAR_MANAGE)
def waitlist(work: Work) -> Waitlist:
    """Everybody who waits in the order in which they are asked, and what became free lately."""
    rule = offer_rule(work)
    rows = _rows(work, _entries())
    order = ranked(rows, make_ups_first=rule.make_ups_first)
    numbered = tuple(_numbered(one, n) for n, one in enumerate(order, 1))
    rules = Rules(rule.by_itself, rule.answer_minutes, rule.make_ups_first)
    return Waitlist(numbered, tuple(_freed(work)), rules)


@requires(Permission.CALENDAR_MANAGE)
def freed_that_need_somebody(work: Work) -> list[FreedRow]:
    return [one for one in _freed(work) if one.needs_somebody]


@requires(Permission.LESSON_BOOK)
def my_waiting(work: Work) -> list[WaitingRow]:
    """What one's own wait for, the oldest first."""
    query = _entries().where(col(Waiting.student_id).in_(own_students(work)))
    return _rows(work, query.order_by(col(Waiting.submitted_at)))


@requires(Permission.LESSON_BOOK)
def my_offers(work: Work) -> list[OfferRow]:
    """What stands for one's own now, the first to end first."""
    query = _offers().where(
        col(Offer.decided_at).is_(None),
        func.coalesce(col(Offer.expires_at), col(Offer.answer_by)) > work.now,
        col(Waiting.student_id).in_(own_students(work)),
    )
    order = query.order_by(func.coalesce(col(Offer.expires_at), col(Offer.answer_by)))
    zone = studio_zone(work)
    return [_offer(work, row, zone) for row in work.session.connection().execute(order)]


@requires(Permission.LESSON_BOOK)
def my_offer(work: Work, offer_id: OfferId) -> OfferRow | None:
    """One of them, also when it is over; None for a stranger's."""
    query = _offers().where(
        col(Offer.id) == offer_id, col(Waiting.student_id).in_(own_students(work))
    )
    row = work.session.connection().execute(query).first()
    return _offer(work, row, studio_zone(work)) if row else None


def _entries() -> Select[Any]:
    return (
        select(
            *Waiting.__table__.columns,  # type: ignore[attr-defined]
            col(Student.first_name),
            col(Student.last_name),
            func.coalesce(col(Teacher.name), "").label("teacher"),
            col(LessonType.name).label("lesson_type"),
        )
        .join(Student, col(Student.id) == col(Waiting.student_id))
        .join(LessonType, col(LessonType.id) == col(Waiting.lesson_type_id))
        .outerjoin(Teacher, col(Teacher.id) == col(Waiting.teacher_id))
        .where(col(Waiting.state) == WaitingState.WAITING.value, col(Student.archived_at).is_(None))
    )


def _rows(work: Work, query: Select[Any]) -> list[WaitingRow]:
    zone, staff = studio_zone(work), work.actor.may(Permission.CALENDAR_MANAGE)
    found = work.session.connection().execute(query)
    return [_entry(row, zone, work.actor.locale, staff=staff) for row in found]


def _entry(row: Any, zone: ZoneInfo, locale: str, *, staff: bool) -> WaitingRow:
    times = wishes_in(row.times)
    until = _("until {day}", day=say_date(row.until_on, locale)).say(locale) if row.until_on else ""
    return WaitingRow(
        id=row.id,
        student_id=row.student_id,
        student=f"{row.first_name} {row.last_name}".strip() if staff else row.first_name,
        lesson_type_id=row.lesson_type_id,
        lesson_type=row.lesson_type,
        teacher_id=row.teacher_id,
        teacher=row.teacher,
        instrument=row.instrument,
        kind=WaitingKind(row.kind),
        submitted_at=row.submitted_at,
        times=times,
        when=", ".join(_time(one, locale) for one in times) or _("At any time").say(locale),
        days=until,
        weekly=row.weekly,
        since=say_date(local_date(row.submitted_at, zone), locale),
    )


def _time(one: TimeWish, locale: str) -> str:
    day = say_weekday(one.weekday, locale)
    whole = (one.from_minute, one.until_minute) == (0, DAY)
    return day if whole else f"{day} {_wall(one.from_minute)}–{_wall(one.until_minute)}"


def _wall(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _numbered(row: WaitingRow, rank: int) -> WaitingRow:
    return WaitingRow(**{**{n: getattr(row, n) for n in row.__slots__}, "rank": rank})


def _freed(work: Work) -> Sequence[FreedRow]:
    query = (
        select(*Freed.__table__.columns, col(Teacher.name).label("teacher"))  # type: ignore[attr-defined]
        .join(Teacher, col(Teacher.id) == col(Freed.teacher_id))
        .where(col(Freed.freed_at) > work.now - LATELY)
        .order_by(col(Freed.freed_at).desc())
        .limit(50)
    )
    rows = work.session.connection().execute(query).all()
    asked = _asked(work, [row.id for row in rows])
    return [_freed_row(work, row, asked.get(row.id, [])) for row in rows]


def _freed_row(work: Work, row: Any, asked: list[Asking]) -> FreedRow:
    zone, locale = studio_zone(work), work.actor.locale
    ahead, state = row.starts_at > work.now, FreedState(row.state)
    standing = any(one.stands for one in asked)
    loose = ahead and not standing and state in {FreedState.OPEN, FreedState.NOBODY}
    kind = BookingKind.WEEKLY if row.weekly else BookingKind.SINGLE
    return FreedRow(
        id=row.id,
        state=state,
        sentence=_said_of_freed(state, standing=standing).say(locale),
        when=say_booked(kind, row.starts_at, zone, locale),
        teacher=row.teacher,
        needs_somebody=loose and row.seen_to_at is None,
        can_be_offered=loose,
        asked=tuple(asked),
    )


def _said_of_freed(state: FreedState, *, standing: bool) -> Text:
    match state:
        case FreedState.TAKEN:
            return _("Taken.")
        case FreedState.GONE:
            return _("Not free any more.")
        case FreedState.NOBODY:
            return _("Nobody took it.")
        case _ if standing:
            return _("Somebody is being asked.")
        case _:
            return _("Choose whom to ask.")


def _asked(work: Work, freed: Sequence[FreedId]) -> dict[FreedId, list[Asking]]:
    query = _offers().where(col(Offer.freed_id).in_(freed)).order_by(col(Offer.offered_at))
    found: dict[FreedId, list[Asking]] = {}
    zone = studio_zone(work)
    for row in work.session.connection().execute(query):
        said = _offer(work, row, zone)
        name = f"{row.first_name} {row.last_name}".strip()
        one = Asking(said.id, name, said.state, said.sentence, said.stands, said.until)
        found.setdefault(row.freed_id, []).append(one)
    return found


def _offers() -> Select[Any]:
    return (
        select(
            *Offer.__table__.columns,  # type: ignore[attr-defined]
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


def _offer(work: Work, row: Any, zone: ZoneInfo) -> OfferRow:
    locale, state = work.actor.locale, OfferState(row.state)
    ends = row.expires_at or row.answer_by
    stands = state is OfferState.OFFERED and ends > work.now
    kind = BookingKind.WEEKLY if row.weekly else BookingKind.SINGLE
    return OfferRow(
        id=row.id,
        state=state,
        sentence=_said_of_offer(work, row, state, zone).say(locale),
        stands=stands,
        student=row.first_name,
        lesson_type=row.lesson_type,
        teacher=row.teacher,
        when=say_booked(kind, row.starts_at, zone, locale),
        minutes=row.minutes,
        until=say_when(row.expires_at, zone, locale) if row.expires_at else "",
        booking_id=row.booking_id,
    )


def _said_of_offer(work: Work, row: Any, state: OfferState, zone: ZoneInfo) -> Text:
    def at(moment: datetime) -> str:
        return say_when(moment, zone, work.actor.locale)

    match state:
        case OfferState.ACCEPTED:
            return _("Accepted {when}.", when=at(row.decided_at))
        case OfferState.DECLINED:
            return _("Declined {when}.", when=at(row.decided_at))
        case OfferState.WITHDRAWN:
            return _("Taken back {when}.", when=at(row.decided_at))
        case OfferState.EXPIRED if row.delivered_at is None:
            return _("Could not be reached.")
        case OfferState.EXPIRED:
            return _("No answer by {when}.", when=at(row.decided_at))
        case _ if row.expires_at is None:
            return _("Asked {when}; on its way.", when=at(row.offered_at))
        case _ if row.expires_at <= work.now:
            return _("The time to answer is over.")
        case _:
            left = int((row.expires_at - work.now).total_seconds()) // 60
            return _left(left)


def _left(minutes: int) -> Text:
    if minutes >= 120:  # noqa: PLR2004  two hours and more are said in hours
        return many("Kept for {n} more hour.", "Kept for {n} more hours.", n=minutes // 60)
    return many("Kept for {n} more minute.", "Kept for {n} more minutes.", n=minutes)
