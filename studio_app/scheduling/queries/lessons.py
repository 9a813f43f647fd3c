"""One lesson, and the lessons of one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_
from sqlalchemy import select as columns
from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_day, to_instant
from studio_app.kit.formats import say_long_day, say_time, say_when
from studio_app.kit.ids import (
    EnrolmentId,
    LessonId,
    LessonTypeId,
    RoomId,
    SeatId,
    SeriesId,
    StudentId,
    TeacherId,
)
from studio_app.kit.work import Work, requires
from studio_app.people.access import visible_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.access.series import plan_of
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, Seat, is_drawn
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.phrases import plan_text, span_text
from studio_app.scheduling.rules.states import BLOCKING, CancelledBy, LessonKind, LessonStatus


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A student's place; of the students a family may not see there is none."""

    seat_id: SeatId
    student_id: StudentId
    student: str
    instrument: str
    enrolment_id: EnrolmentId | None
    will_come: bool
    """The family said so, for the time the lesson has now"""


@dataclass(frozen=True, slots=True)
class LessonDetails:
    """One lesson with everything its side panel and its dialogs show."""

    id: LessonId
    title: str
    when: str
    """Tue 8 Sept, 16:00–16:30"""
    on: date
    day: str
    starts: str
    """2026-09-08T16:00 on the studio's wall: for input fields, and `expected` of a move."""
    minutes: int
    starts_at: datetime
    teacher_id: TeacherId
    teacher: str
    covers_for: str
    """Whose lesson it is, where the teacher only stands in"""
    room_id: RoomId | None
    room: str
    location: str
    address: str
    lesson_type_id: LessonTypeId
    lesson_type: str
    is_online: bool
    kind: LessonKind
    kind_label: str
    status: LessonStatus
    status_label: str
    cancelled_by: CancelledBy | None
    cancel_reason: str
    notes: str
    despite: str
    """Why it is there although something speaks against it; staff only"""
    focus: str
    """What to practise until the next lesson; a family hears it from `my_focus`"""
    series_id: SeriesId | None
    series: str
    """Every Tuesday, 16:00; empty for a single lesson"""
    moved_from: str
    """When the series had it, if it was moved"""
    students: tuple[SeatRow, ...]


@dataclass(frozen=True, slots=True)
class DayLesson:
    """A lesson on a teacher's list of a day."""

    id: LessonId
    title: str
    starts: str
    """16:00"""
    ends: str
    starts_at: datetime
    ends_at: datetime
    gap_minutes: int | None
    """Free minutes since the lesson before; None for the first"""
    teacher_id: TeacherId
    teacher: str
    room: str
    location: str
    lesson_type: str
    kind: LessonKind
    status: LessonStatus
    status_label: str
    students: tuple[SeatRow, ...]


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    day: str
    lessons: tuple[DayLesson, ...]


@requires(Permission.LESSON_VIEW)
def lesson_details(work: Work, lesson_id: LessonId) -> LessonDetails:
    """One lesson the actor may see; a family hears its own students' names only."""
    lesson = access.lesson(work, lesson_id)
    row = work.session.connection().execute(_around(Lesson.id == lesson_id)).one()
    seats = _seats(work, [lesson_id])[lesson_id]
    zone, locale = studio_zone(work), work.actor.locale
    series = work.session.get(Series, lesson.series_id) if lesson.series_id else None
    status, kind = LessonStatus(lesson.status), LessonKind(lesson.kind)
    on = local_date(lesson.starts_at, zone)
    staff = work.actor.may(Permission.CALENDAR_VIEW)
    return LessonDetails(
        id=lesson.id,
        title=_title(row.series, seats, row.lesson_type),
        when=span_text(lesson.slot, zone, locale),
        on=on,
        day=say_long_day(on, locale),
        starts=lesson.starts_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        minutes=int(lesson.lasting.total_seconds()) // 60,
        starts_at=lesson.starts_at,
        teacher_id=lesson.teacher_id,
        teacher=row.teacher,
        covers_for=_covers_for(work, lesson),
        room_id=lesson.room_id,
        room=row.room or "",
        location=row.location or "",
        address=row.address or "",
        lesson_type_id=lesson.lesson_type_id,
        lesson_type=row.lesson_type,
        is_online=row.is_online,
        kind=kind,
        kind_label=str(kind.label),
        status=status,
        status_label=str(status.label),
        cancelled_by=CancelledBy(lesson.cancelled_by) if lesson.cancelled_by else None,
        cancel_reason=lesson.cancel_reason,
        notes=lesson.notes if staff else "",
        despite=lesson.despite if staff else "",
        focus=lesson.focus if staff else "",
        series_id=lesson.series_id,
        series=str(plan_text(plan_of(work, series), locale, zone)) if series else "",
        moved_from=_moved_from(lesson, series, zone, locale),
        students=tuple(seats),
    )


@requires(Permission.CALENDAR_VIEW)
def lessons_on(work: Work, on: date, *, teacher_id: TeacherId | None = None) -> Day:
    """The lessons of one teacher on one day of the studio's, in order; by default one's own."""
    zone, locale = studio_zone(work), work.actor.locale
    day = local_day(on, zone)
    whose = [teacher_id] if teacher_id else own_teachers(work)
    within = and_(
        col(Lesson.teacher_id).in_(whose),
        col(Lesson.starts_at) >= day.starts_at,
        col(Lesson.starts_at) < day.ends_at,
        is_drawn(),
    )
    rows = work.session.connection().execute(_around(within)).all()
    seats = _seats(work, [row.id for row in rows])
    shown: list[DayLesson] = []
    free_since: datetime | None = None
    for row in rows:
        shown.append(_day_lesson(row, seats[row.id], free_since, zone, locale))
        if row.status in BLOCKING:
            free_since = row.ends_at
    return Day(on, say_long_day(on, locale), tuple(shown))


@requires(Permission.CALENDAR_VIEW)
def today(work: Work) -> date:
    """The date on the studio's wall."""
    return local_date(work.now, studio_zone(work))


_COLUMNS: list[Any] = [
    col(Lesson.id),
    col(Lesson.starts_at),
    col(Lesson.ends_at),
    col(Lesson.teacher_id),
    col(Lesson.kind),
    col(Lesson.status),
    col(Teacher.name).label("teacher"),
    col(LessonType.name).label("lesson_type"),
    is_online().label("is_online"),
    col(Room.name).label("room"),
    col(Location.name).label("location"),
    col(Location.address),
    col(Series.name).label("series"),
]


def _around(within: Any) -> Any:
    return (
        columns(*_COLUMNS)
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .outerjoin(Series, col(Series.id) == col(Lesson.series_id))
        .where(within)
        .order_by(col(Lesson.starts_at), col(Lesson.id))
    )


def _seats(work: Work, lesson_ids: Iterable[LessonId]) -> dict[UUID, list[SeatRow]]:
    seats: dict[UUID, list[SeatRow]] = {lesson_id: [] for lesson_id in lesson_ids}
    query = (
        select(Seat, Student)
        .join(Student, col(Student.id) == Seat.student_id)
        .where(
            col(Seat.lesson_id).in_(seats),
            col(Seat.left_at).is_(None),
            col(Student.id).in_(visible_students(work)),
        )
        .order_by(col(Student.first_name), col(Student.last_name))
    )
    for seat, student in work.session.exec(query):
        who = (student.id, student.name, student.instrument)
        will_come = seat.confirmed_for == seat.starts_at
        seats[seat.lesson_id].append(SeatRow(seat.id, *who, seat.enrolment_id, will_come))
    return seats


def _title(series: str | None, seats: list[SeatRow], lesson_type: str) -> str:
    return series or ", ".join(seat.student for seat in seats) or lesson_type


def _covers_for(work: Work, lesson: Lesson) -> str:
    if lesson.covers_for_id is None:
        return ""
    return work.session.get_one(Teacher, lesson.covers_for_id).name


def _moved_from(lesson: Lesson, series: Series | None, zone: ZoneInfo, locale: str) -> str:
    if series is None or lesson.occurs_on is None:
        return ""
    planned = to_instant(lesson.occurs_on, series.at, ZoneInfo(series.zone))
    return "" if planned == lesson.starts_at else say_when(planned, zone, locale)


def _day_lesson(
    row: Any, seats: list[SeatRow], free_since: datetime | None, zone: ZoneInfo, locale: str
) -> DayLesson:
    gap = None if free_since is None else (row.starts_at - free_since).total_seconds() // 60
    status = LessonStatus(row.status)
    return DayLesson(
        id=row.id,
        title=_title(row.series, seats, row.lesson_type),
        starts=say_time(row.starts_at, zone, locale),
        ends=say_time(row.ends_at, zone, locale),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        gap_minutes=None if gap is None else max(0, int(gap)),
        teacher_id=row.teacher_id,
        teacher=row.teacher,
        room=row.room or "",
        location=row.location or "",
        lesson_type=row.lesson_type,
        kind=LessonKind(row.kind),
        status=status,
        status_label=str(status.label),
        students=tuple(seats),
    )
