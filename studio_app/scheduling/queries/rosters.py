"""The roster of a class: who takes part from when to when, and who is in its next lessons."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import and_, col, or_, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_day
from studio_app.kit.formats import say_date, say_when
from studio_app.kit.ids import EnrolmentId, LessonId, SeriesId, StudentId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.classes import ClassRow, class_rows, fewest, places_text
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType, Room

SHOWN = 8
REMEMBERED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who takes part, will, or did until lately."""

    enrolment_id: EnrolmentId
    student_id: StudentId
    student: str
    instrument: str
    starts_on: date
    ends_on: date | None
    since: str
    """1 Sept 2026"""
    until: str
    """18 Dec 2026; empty while it goes on"""
    to_come: bool
    over: bool


@dataclass(frozen=True, slots=True)
class SeatOfClass:
    student_id: StudentId
    student: str
    is_guest: bool


@dataclass(frozen=True, slots=True)
class LessonOfClass:
    """A lesson of the class, with who is in it."""

    id: LessonId
    on: date
    when: str
    places: str
    """5 of 8"""
    free: int | None
    here: tuple[SeatOfClass, ...]
    excused: tuple[SeatOfClass, ...]
    """Members who do not come this once; their places are free"""


@dataclass(frozen=True, slots=True)
class Roster:
    about: ClassRow
    today: date
    members: tuple[MemberRow, ...]
    lessons: tuple[LessonOfClass, ...]
    may_change: bool


@requires(Permission.CALENDAR_VIEW)
def roster(work: Work, series_id: SeriesId, *, on: date | None = None) -> Roster:
    """Any class for the office, a teacher's own; the same statements however many are in it.

    Its next lessons, or those of a day.
    """
    series = access.series(work, series_id)
    [(about, _last)] = class_rows(work, [col(Series.id) == series.id])
    today = local_date(work.now, studio_zone(work))
    return Roster(
        about,
        today,
        tuple(_members(work, series.id, today)),
        tuple(_lessons(work, series.id, on)),
        work.actor.may(Permission.CALENDAR_MANAGE),
    )


def _members(work: Work, series_id: SeriesId, today: date) -> list[MemberRow]:
    """Who takes part first, then who will, then who did."""
    query = (
        select(Enrolment, Student)
        .join(Student, col(Student.id) == Enrolment.student_id)
        .where(
            Enrolment.series_id == series_id,
            or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) >= today - REMEMBERED),
        )
        .order_by(col(Student.first_name), col(Student.last_name), col(Enrolment.starts_on))
    )
    rows = [_member(work, one, who, today) for one, who in work.session.exec(query)]
    return sorted(rows, key=lambda row: (row.over, row.to_come))


def _member(work: Work, one: Enrolment, student: Student, today: date) -> MemberRow:
    locale = work.actor.locale
    return MemberRow(
        enrolment_id=one.id,
        student_id=student.id,
        student=student.name,
        instrument=student.instrument,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        since=say_date(one.starts_on, locale),
        until=say_date(one.ends_on, locale) if one.ends_on else "",
        to_come=one.starts_on > today,
        over=one.ends_on is not None and one.ends_on < today,
    )


def _lessons(work: Work, series_id: SeriesId, on: date | None) -> list[LessonOfClass]:
    query: Any = (
        columns(
            col(Lesson.id),
            col(Lesson.starts_at),
            col(LessonType.capacity),
            col(Room.max_capacity),
        )
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .where(
            col(Lesson.series_id) == series_id,
            _when(work, on),
            col(Lesson.blocking),
        )
        .order_by(col(Lesson.starts_at))
        .limit(SHOWN)
    )
    found = work.session.connection().execute(query).all()
    here, excused = _seats(work, [row.id for row in found])
    zone, locale = studio_zone(work), work.actor.locale
    lessons: list[LessonOfClass] = []
    for row in found:
        capacity, taken = fewest(row.capacity, row.max_capacity), len(here[row.id])
        lessons.append(
            LessonOfClass(
                id=row.id,
                on=local_date(row.starts_at, zone),
                when=say_when(row.starts_at, zone, locale),
                places=places_text(taken, capacity).say(locale),
                free=None if capacity is None else max(0, capacity - taken),
                here=tuple(here[row.id]),
                excused=tuple(excused[row.id]),
            )
        )
    return lessons


def _when(work: Work, on: date | None) -> ColumnElement[bool]:
    if on is None:
        return col(Lesson.starts_at) > work.now
    day = local_day(on, studio_zone(work))
    return and_(col(Lesson.starts_at) >= day.starts_at, col(Lesson.starts_at) < day.ends_at)


_Seats = dict[LessonId, list[SeatOfClass]]


def _seats(work: Work, ids: Sequence[LessonId]) -> tuple[_Seats, _Seats]:
    """Who sits in these lessons, and who is excused from them."""
    query = (
        select(Seat, Student)
        .join(Student, col(Student.id) == Seat.student_id)
        .where(col(Seat.lesson_id).in_(ids), or_(col(Seat.left_at).is_(None), col(Seat.excused)))
        .order_by(col(Student.first_name), col(Student.last_name))
    )
    here: _Seats = defaultdict(list)
    excused: _Seats = defaultdict(list)
    for seat, student in work.session.exec(query):
        shown = SeatOfClass(student.id, student.name, seat.enrolment_id is None)
        (excused if seat.excused else here)[seat.lesson_id].append(shown)
    return here, excused
