"""What is in the diary at a time, and what stands in the way of something new."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import col, or_, select

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonId, StudentId
from studio_app.kit.work import Work
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.rules.clashes import LONGEST, Booking, Clash, Wanted, clashes


def clashes_for(
    work: Work, wanted: Sequence[Wanted], *, without: Collection[LessonId] = ()
) -> list[list[Clash]]:
    """For each wanted lesson what stands in its way; two statements however many."""
    if not wanted:
        return []
    first = min(want.slot.starts_at for want in wanted)
    last = max(want.slot.ends_at for want in wanted)
    return clashes(wanted, _bookings(work, Slot(first, last), wanted, without))


_COLUMNS: tuple[Any, ...] = (
    col(Lesson.id),
    col(Lesson.starts_at),
    col(Lesson.ends_at),
    col(Lesson.teacher_id),
    col(Lesson.room_id),
)


def _bookings(
    work: Work, span: Slot, wanted: Sequence[Wanted], without: Collection[LessonId]
) -> list[Booking]:
    """Lessons in this span of the teachers, rooms and students that are wanted."""
    teachers = {want.teacher_id for want in wanted}
    rooms = {want.room_id for want in wanted if want.single_use}
    students = {student for want in wanted for student in want.student_ids}
    theirs = select(Seat.lesson_id).where(
        col(Seat.student_id).in_(students),
        col(Seat.left_at).is_(None),
        Seat.starts_at > span.starts_at - LONGEST,
        Seat.starts_at < span.ends_at,
    )
    query = columns(*_COLUMNS).where(
        col(Lesson.blocking),
        col(Lesson.starts_at) > span.starts_at - LONGEST,
        col(Lesson.starts_at) < span.ends_at,
        col(Lesson.ends_at) > span.starts_at,
        or_(
            col(Lesson.teacher_id).in_(teachers),
            col(Lesson.room_id).in_(rooms),
            col(Lesson.id).in_(theirs),
        ),
    )
    found = [r for r in work.session.connection().execute(query) if r[0] not in without]
    seated = students_of(work, [r[0] for r in found])
    return [
        Booking(r[0], Wanted(Slot(r[1], r[2]), r[3], r[4], student_ids=seated[r[0]])) for r in found
    ]


def students_of(work: Work, lessons: Sequence[LessonId]) -> dict[UUID, frozenset[StudentId]]:
    """Who sits in these lessons; a lesson without students has an empty set."""
    seated: dict[UUID, set[StudentId]] = defaultdict(set)
    if lessons:
        query = select(Seat.lesson_id, Seat.student_id).where(
            col(Seat.lesson_id).in_(lessons), col(Seat.left_at).is_(None)
        )
        for lesson_id, student_id in work.session.exec(query):
            seated[lesson_id].add(StudentId(student_id))
    return defaultdict(frozenset, {k: frozenset(v) for k, v in seated.items()})
