"""Lessons that somebody else has to give, and what is known of who could."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select as columns
from sqlmodel import col, func, select

from studio_app.kit.clock import Slot
from studio_app.kit.ids import (
    LessonId,
    LessonTypeId,
    LocationId,
    RoomId,
    StudentId,
    TeacherId,
)
from studio_app.kit.work import Work
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access import openings
from studio_app.scheduling.models.lessons import Lesson, Seat, takes_place
from studio_app.scheduling.models.setup import LessonType, Room
from studio_app.scheduling.rules.clashes import LONGEST
from studio_app.scheduling.rules.covers import Candidate
from studio_app.scheduling.wishes import SlotSearch

DAY = timedelta(days=1)


class Seated(NamedTuple):
    student_id: StudentId
    name: str
    instrument: str


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A lesson to come whose teacher is away."""

    id: LessonId
    slot: Slot
    teacher_id: TeacherId
    lesson_type_id: LessonTypeId
    kind: str
    room_id: RoomId | None
    room: str
    location_id: LocationId | None
    seated: tuple[Seated, ...]


_COLUMNS: list[Any] = [
    col(Lesson.id),
    col(Lesson.starts_at),
    col(Lesson.ends_at),
    col(Lesson.teacher_id),
    col(Lesson.lesson_type_id),
    col(LessonType.name).label("kind"),
    col(Lesson.room_id),
    col(Room.name).label("room"),
    col(Room.location_id),
]


def uncovered(work: Work, teacher_id: TeacherId, span: Slot) -> list[Uncovered]:
    """What this teacher still has to give in this span, the earliest first."""
    query = (
        columns(*_COLUMNS)
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .where(
            col(Lesson.teacher_id) == teacher_id,
            col(Lesson.starts_at) >= max(span.starts_at, work.now),
            col(Lesson.starts_at) < span.ends_at,
            col(Lesson.blocking),
        )
        .order_by(col(Lesson.starts_at))
    )
    rows = work.session.connection().execute(query).all()
    seated = _seated(work, [row.id for row in rows])
    return [
        Uncovered(
            row.id,
            Slot(row.starts_at, row.ends_at),
            row.teacher_id,
            row.lesson_type_id,
            row.kind,
            row.room_id,
            row.room or "",
            row.location_id,
            tuple(seated[row.id]),
        )
        for row in rows
    ]


def _seated(work: Work, lesson_ids: Collection[LessonId]) -> dict[LessonId, list[Seated]]:
    query = (
        select(Seat.lesson_id, Student)
        .join(Student, col(Student.id) == col(Seat.student_id))
        .where(col(Seat.lesson_id).in_(lesson_ids), col(Seat.left_at).is_(None))
        .order_by(col(Student.first_name), col(Student.last_name))
    )
    found: dict[LessonId, list[Seated]] = defaultdict(list)
    for lesson_id, student in work.session.exec(query):
        found[LessonId(lesson_id)].append(Seated(student.id, student.name, student.instrument))
    return found


def candidates(
    work: Work, lessons: Sequence[Uncovered], first: date, last: date
) -> list[Candidate]:
    """Everybody who teaches here, with their hours, absences, lessons in these days, and whom of
    these students they have taught; four statements."""
    if not lessons:
        return []
    query = select(Teacher).where(col(Teacher.archived_at).is_(None))
    teachers = work.session.exec(query.order_by(col(Teacher.name), col(Teacher.id))).all()
    search = SlotSearch(lessons[0].lesson_type_id, first, last + DAY)
    hours = openings.hours(work, search, last)
    begins, ends = lessons[0].slot.starts_at, max(each.slot.ends_at for each in lessons)
    busy = _busy(work, begins, ends)
    taught = _taught(work, {one.student_id for each in lessons for one in each.seated})
    return [
        Candidate(
            teacher.id,
            teacher.name,
            frozenset(each.strip().lower() for each in teacher.instruments if each.strip()),
            [block for block in hours.blocks if block.teacher_id == teacher.id],
            [away for away in hours.away if away.teacher_id == teacher.id],
            busy[teacher.id],
            taught[teacher.id],
        )
        for teacher in teachers
    ]


def _busy(work: Work, begins: datetime, ends: datetime) -> dict[TeacherId, list[Slot]]:
    query = select(Lesson.teacher_id, Lesson.starts_at, Lesson.ends_at).where(
        col(Lesson.blocking),
        Lesson.starts_at > begins - LONGEST,
        Lesson.starts_at < ends,
        Lesson.ends_at > begins,
    )
    found: dict[TeacherId, list[Slot]] = defaultdict(list)
    for teacher_id, starts_at, ends_at in work.session.exec(query):
        found[TeacherId(teacher_id)].append(Slot(starts_at, ends_at))
    return found


def _taught(work: Work, students: Collection[StudentId]) -> dict[TeacherId, set[StudentId]]:
    """Who has given these students lessons, at any time before now."""
    query = (
        select(Lesson.teacher_id, Seat.student_id)
        .join(Seat, col(Seat.lesson_id) == col(Lesson.id))
        .where(
            col(Seat.student_id).in_(students),
            col(Seat.left_at).is_(None),
            Lesson.starts_at < work.now,
            takes_place(),
        )
        .distinct()
    )
    found: dict[TeacherId, set[StudentId]] = defaultdict(set)
    for teacher_id, student_id in work.session.exec(query):
        found[TeacherId(teacher_id)].add(StudentId(student_id))
    return found


def families_with_seats(work: Work, lesson_ids: Collection[LessonId]) -> int:
    """How many families have somebody in these lessons."""
    query = (
        select(func.count(func.distinct(Student.family_id)))
        .join(Seat, col(Seat.student_id) == col(Student.id))
        .where(col(Seat.lesson_id).in_(lesson_ids), col(Seat.left_at).is_(None))
    )
    return work.session.exec(query).one()


def names_of(work: Work, teacher_ids: Collection[TeacherId]) -> dict[TeacherId, str]:
    """Those of these who teach here still."""
    query = select(Teacher.id, Teacher.name).where(
        col(Teacher.id).in_(teacher_ids), col(Teacher.archived_at).is_(None)
    )
    return {TeacherId(teacher_id): name for teacher_id, name in work.session.exec(query)}
