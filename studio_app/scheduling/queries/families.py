"""What a family sees of the diary: its own students' lessons, and only their names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func
from sqlalchemy import select as columns
from sqlmodel import col, true
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_days
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_long_day, say_time, say_when
from studio_app.kit.ids import LessonId, SeatId, StudentId
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students, visible_students
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, Seat, is_drawn, takes_place
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.rules.states import LessonKind, LessonStatus


@dataclass(frozen=True, slots=True)
class FamilyLesson:
    """One student's place in one lesson, in words of the studio's time."""

    lesson_id: LessonId
    seat_id: SeatId
    student_id: StudentId
    student: str
    on: date
    day: str
    """Thursday 3 September"""
    time: str
    """16:30"""
    when: str
    """Thu 3 Sept, 16:30"""
    minutes: int
    teacher: str
    lesson_type: str
    room: str
    location: str
    address: str
    is_online: bool
    kind: LessonKind
    status: LessonStatus
    status_label: str
    cancel_reason: str
    starts_at: datetime
    has_begun: bool
    is_over: bool
    will_come: bool
    """The family has said so, for the time it has now"""
    can_be_swapped: bool
    """To come, and of a kind that is no class: another family may be asked to change places"""


@requires(Permission.LESSON_VIEW)
def next_lessons_of(
    work: Work, student_ids: Collection[StudentId] = (), *, limit: int = 1
) -> list[FamilyLesson]:
    """The next lessons that take place of each of these students, the earliest first.

    Without students: of everybody the actor may see. `limit` is for each student.
    """
    query = _seats(visible_students(work))
    query = query.where(col(Seat.student_id).in_(student_ids) if student_ids else true())
    return _shown(work, _next(work, query, limit))


@requires(Permission.LESSON_VIEW)
def lessons_of_family(
    work: Work, first: date, until: date, *, student_ids: Collection[StudentId] = ()
) -> list[FamilyLesson]:
    """The lessons, cancelled ones too, in [first, until) of the students the actor may see."""
    query = _seats(visible_students(work))
    query = query.where(col(Seat.student_id).in_(student_ids) if student_ids else true())
    return _shown(work, _between(work, query, first, until))


@requires(Permission.LESSON_VIEW)
def my_next_lessons(work: Work) -> list[FamilyLesson]:
    """The next lesson of each of one's own children, and one's own: for the portal."""
    return _shown(work, _next(work, _seats(own_students(work)), 1))


@requires(Permission.LESSON_VIEW)
def my_lessons(work: Work, first: date, until: date) -> list[FamilyLesson]:
    """The lessons, cancelled ones too, in [first, until) of one's own children and oneself."""
    return _shown(work, _between(work, _seats(own_students(work)), first, until))


@requires(Permission.LESSON_VIEW)
def my_lesson(work: Work, lesson_id: LessonId) -> list[FamilyLesson]:
    """One lesson, once for each of one's own who has a place in it; NotFound if nobody has."""
    found = _shown(work, _seats(own_students(work)).where(col(Lesson.id) == lesson_id))
    if not found:
        raise NotFound
    return found


Found = Select[*tuple[Any, ...]]


def _next(work: Work, query: Found, limit: int) -> Found:
    """Of each student's lessons the first ones that are not over and take place."""
    turn = func.row_number().over(partition_by=col(Seat.student_id), order_by=col(Lesson.starts_at))
    to_come = query.where(col(Lesson.ends_at) > work.now, takes_place())
    ranked = to_come.add_columns(turn.label("turn")).subquery()
    return columns(ranked).where(ranked.c.turn <= limit).order_by(ranked.c.starts_at)


def _between(work: Work, query: Found, first: date, until: date) -> Found:
    days = local_days(first, until, studio_zone(work))
    begun = and_(col(Lesson.starts_at) >= days.starts_at, col(Lesson.starts_at) < days.ends_at)
    return query.where(begun).order_by(col(Lesson.starts_at), col(Student.first_name))


_COLUMNS: list[Any] = [
    col(Lesson.id),
    col(Seat.id).label("seat_id"),
    col(Student.id).label("student_id"),
    col(Student.first_name),
    col(Student.last_name),
    col(Lesson.starts_at),
    col(Lesson.ends_at),
    col(Teacher.name).label("teacher"),
    col(LessonType.name).label("lesson_type"),
    is_online().label("is_online"),
    col(Room.name).label("room"),
    col(Location.name).label("location"),
    col(Location.address),
    col(Lesson.kind),
    col(Lesson.status),
    col(Lesson.cancel_reason),
    func.coalesce(LessonType.capacity, 1).label("capacity"),
    (col(Seat.confirmed_for) == col(Seat.starts_at)).label("will_come"),
]


def _seats(whose: SelectOfScalar[StudentId]) -> Found:
    return (
        columns(*_COLUMNS)
        .join(Seat, _seat_of(Lesson))
        .join(Student, col(Student.id) == col(Seat.student_id))
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .where(col(Student.id).in_(whose), is_drawn())
    )


def _seat_of(lesson: type[Lesson]) -> ColumnElement[bool]:
    return and_(
        col(Seat.studio_id) == col(lesson.studio_id),
        col(Seat.lesson_id) == col(lesson.id),
        col(Seat.left_at).is_(None),
    )


def _shown(work: Work, query: Found) -> list[FamilyLesson]:
    zone, locale = studio_zone(work), work.actor.locale
    rows = work.session.connection().execute(query)
    return [_family_lesson(row, zone, locale, work.now) for row in rows]


def _family_lesson(row: Any, zone: ZoneInfo, locale: str, now: datetime) -> FamilyLesson:
    status = LessonStatus(row.status)
    on = row.starts_at.astimezone(zone).date()
    return FamilyLesson(
        lesson_id=row.id,
        seat_id=row.seat_id,
        student_id=row.student_id,
        student=f"{row.first_name} {row.last_name}".strip(),
        on=on,
        day=say_long_day(on, locale),
        time=say_time(row.starts_at, zone, locale),
        when=say_when(row.starts_at, zone, locale),
        minutes=int((row.ends_at - row.starts_at).total_seconds()) // 60,
        teacher=row.teacher,
        lesson_type=row.lesson_type,
        room=row.room or "",
        location=row.location or "",
        address=row.address or "",
        is_online=row.is_online,
        kind=LessonKind(row.kind),
        status=status,
        status_label=str(status.label),
        cancel_reason=row.cancel_reason,
        starts_at=row.starts_at,
        has_begun=row.starts_at <= now,
        is_over=row.ends_at <= now,
        will_come=bool(row.will_come),
        can_be_swapped=status.takes_place and row.capacity == 1 and row.starts_at > now,
    )


@requires(Permission.LESSON_VIEW)
def studio_today(work: Work) -> date:
    """The date on the studio's wall."""
    return local_date(work.now, studio_zone(work))
