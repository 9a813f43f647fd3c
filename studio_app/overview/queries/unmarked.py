"""Lessons that are over and of which nobody has said what became of them, for the office."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from studio_app.attendance import access
from studio_app.attendance.models import LeftForLater
from studio_app.attendance.queries import SeatMark, unmarked_before
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_day, say_long_day, say_time, say_when
from studio_app.kit.ids import LessonId, PersonId, SeatId, TeacherId
from studio_app.kit.work import Work, requires

LOOKED_BACK = timedelta(days=366)
"""As far as a billing run looks back."""


@dataclass(frozen=True, slots=True)
class UnmarkedSeat:
    seat_id: SeatId
    student: str


@dataclass(frozen=True, slots=True)
class UnmarkedLesson:
    """One lesson with those of whom nobody has said anything."""

    lesson_id: LessonId
    on: date
    starts: str
    ends: str
    teacher: str
    lesson_type: str
    seats: tuple[UnmarkedSeat, ...]


@dataclass(frozen=True, slots=True)
class UnmarkedDay:
    on: date
    day: str
    lessons: tuple[UnmarkedLesson, ...]


@dataclass(frozen=True, slots=True)
class TeacherToAsk:
    id: TeacherId
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class LeftLesson:
    """What somebody has left for later, until when it waits."""

    seat_id: SeatId
    student: str
    lesson_type: str
    teacher: str
    when: str
    by: str
    until: str


@dataclass(frozen=True, slots=True)
class UnmarkedBoard:
    """Oldest first. `n` and `teachers` count all lessons, whichever teacher is asked about."""

    n: int
    days: tuple[UnmarkedDay, ...]
    teachers: tuple[TeacherToAsk, ...]
    left: tuple[LeftLesson, ...]


@requires(Permission.CALENDAR_MANAGE)
def unmarked_lessons(work: Work, *, teacher_id: TeacherId | None = None) -> UnmarkedBoard:
    """What nobody has marked in the last year, by day; of one teacher, if one is named."""
    left = access.left_now(work)
    seats = unmarked_before(work, work.now, since=work.now - LOOKED_BACK)
    whose = {one.id: one.teacher_id for one in access.lessons(work, _lessons_of(seats))}
    asked = [seat for seat in seats if seat.seat_id not in left]
    shown = [seat for seat in asked if teacher_id in {None, whose[seat.lesson_id]}]
    return UnmarkedBoard(
        n=len(_lessons_of(asked)),
        days=_days(work, shown),
        teachers=_teachers(asked, whose),
        left=_left(work, [seat for seat in seats if seat.seat_id in left], left),
    )


@requires(Permission.OVERVIEW_VIEW)
def lessons_to_mark(work: Work) -> list[SeatMark]:
    """The first seat of every lesson that somebody has to say something of."""
    left = access.left_now(work)
    seats = unmarked_before(work, work.now, since=work.now - LOOKED_BACK)
    found: dict[LessonId, SeatMark] = {}
    for seat in seats:
        if seat.seat_id not in left:
            found.setdefault(seat.lesson_id, seat)
    return list(found.values())


def _lessons_of(seats: Iterable[SeatMark]) -> set[LessonId]:
    return {seat.lesson_id for seat in seats}


def _days(work: Work, seats: list[SeatMark]) -> tuple[UnmarkedDay, ...]:
    zone, locale = studio_zone(work), work.actor.locale

    def day_of(seat: SeatMark) -> date:
        return local_date(seat.starts_at, zone)

    return tuple(
        UnmarkedDay(on, say_long_day(on, locale), _lessons(on, list(found), zone, locale))
        for on, found in groupby(seats, key=day_of)
    )


def _lessons(
    on: date, seats: list[SeatMark], zone: ZoneInfo, locale: str
) -> tuple[UnmarkedLesson, ...]:
    of: dict[LessonId, list[SeatMark]] = {}
    for seat in seats:
        of.setdefault(seat.lesson_id, []).append(seat)
    return tuple(
        UnmarkedLesson(
            lesson_id=lesson_id,
            on=on,
            starts=say_time(found[0].starts_at, zone, locale),
            ends=say_time(found[0].ends_at, zone, locale),
            teacher=found[0].teacher,
            lesson_type=found[0].lesson_type,
            seats=tuple(UnmarkedSeat(seat.seat_id, seat.student) for seat in found),
        )
        for lesson_id, found in of.items()
    )


def _teachers(seats: list[SeatMark], whose: dict[LessonId, TeacherId]) -> tuple[TeacherToAsk, ...]:
    names = {whose[seat.lesson_id]: seat.teacher for seat in seats}
    counted = Counter(whose[lesson_id] for lesson_id in _lessons_of(seats))
    rows = [TeacherToAsk(id_, name, counted[id_]) for id_, name in names.items()]
    return tuple(sorted(rows, key=lambda row: row.name))


def _left(
    work: Work, seats: list[SeatMark], left: dict[SeatId, LeftForLater]
) -> tuple[LeftLesson, ...]:
    zone, locale = studio_zone(work), work.actor.locale
    names = _names(work, {row.left_by for row in left.values() if row.left_by})
    return tuple(
        LeftLesson(
            seat_id=seat.seat_id,
            student=seat.student,
            lesson_type=seat.lesson_type,
            teacher=seat.teacher,
            when=say_when(seat.starts_at, zone, locale),
            by=names.get(row.left_by, ""),
            until=say_day(local_date(row.until, zone), locale),
        )
        for seat in seats
        if (row := left[seat.seat_id])
    )


def _names(work: Work, ids: Collection[PersonId]) -> dict[PersonId | None, str]:
    query = select(col(Person.id), col(Person.name)).where(access.among(col(Person.id), ids))
    return {person_id: name for person_id, name in access.ask(work, query)}  # noqa: C416
