"""Who waits, in the order in which they are asked: in the words of whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlmodel import col

from studio_app.bookings.access.waiting import offer_rule
from studio_app.bookings.models.waiting import Waiting
from studio_app.bookings.queries.freed import FreedRow, freed_lately
from studio_app.bookings.rules.ranking import ranked
from studio_app.bookings.rules.waiting import (
    DAY,
    SUNDAY,
    TimeWish,
    WaitingKind,
    WaitingState,
    wishes_in,
)
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_wall_time, say_weekday
from studio_app.kit.ids import LessonTypeId, StudentId, TeacherId, WaitingId
from studio_app.kit.tables import table_of
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One entry; `rank` is its place among all who wait, 0 where that is not shown."""

    id: WaitingId
    student_id: StudentId
    student: str
    lesson_type_id: LessonTypeId
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
    until_on: date | None
    weekly: bool
    since: str
    rank: int = 0


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


@requires(Permission.CALENDAR_MANAGE)
def waitlist(work: Work) -> Waitlist:
    """Everybody who waits in the order in which they are asked, and what became free lately."""
    rule = offer_rule(work)
    rows = _rows(work, _entries())
    order = ranked(rows, make_ups_first=rule.make_ups_first)
    numbered = tuple(replace(one, rank=n) for n, one in enumerate(order, 1))
    rules = Rules(rule.by_itself, rule.answer_minutes, rule.make_ups_first)
    return Waitlist(numbered, tuple(freed_lately(work)), rules)


@requires(Permission.LESSON_BOOK)
def my_waiting(work: Work) -> list[WaitingRow]:
    """What one's own wait for, the oldest first."""
    query = _entries().where(col(Waiting.student_id).in_(own_students(work)))
    return _rows(work, query.order_by(col(Waiting.submitted_at)))


def _entries() -> Select[Any]:
    found: Select[Any] = (
        select(
            *table_of(Waiting).c,
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
    return found


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
        when=_when(times, locale) or _("At any time").say(locale),
        days=until,
        until_on=row.until_on,
        weekly=row.weekly,
        since=say_date(local_date(row.submitted_at, zone), locale),
    )


def _when(times: Sequence[TimeWish], locale: str) -> str:
    """Days with the same hours stand together."""
    days: dict[tuple[int, int], list[str]] = {}
    for one in times:
        span = (one.from_minute, one.until_minute)
        days.setdefault(span, []).append(say_weekday(one.weekday, locale))
    return " · ".join(_span(named, span, locale) for span, named in days.items())


def _span(days: Sequence[str], span: tuple[int, int], locale: str) -> str:
    said = _("every day").say(locale) if len(days) == SUNDAY else ", ".join(days)
    if span == (0, DAY):
        return said
    begins, ends = (say_wall_time(_wall(minute), locale) for minute in span)
    return f"{said} {begins}–{ends}"


def _wall(minute: int) -> time:
    return time(*divmod(min(minute, DAY - 1), 60))
