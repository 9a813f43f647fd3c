"""Whose lessons change places, and which could."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.bookings.access.bookings import bookable_students, is_office, require_bookable
from studio_app.bookings.models.waiting import Swap
from studio_app.bookings.rules.waiting import SwapState
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId, StudentId
from studio_app.kit.work import Work
from studio_app.people.access import own_students
from studio_app.people.models import Guardian, Guardianship, Student
from studio_app.scheduling.access.lessons import students_in
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import LessonStatus

AROUND = timedelta(weeks=4)
"""How far from a lesson another one is looked for to change places with."""


def require_own(work: Work, lesson_id: LessonId) -> None:
    """NotFound unless everybody in the lesson is one's own to book for; the office may all."""
    students = students_in(work, lesson_id)
    if is_office(work):
        return
    own = set(work.session.exec(bookable_students(work)))
    if not students or not own.issuperset(students):
        raise NotFound


def own_lesson(work: Work, lesson_id: LessonId) -> tuple[Lesson, StudentId | None]:
    """A lesson of somebody one may book for, and who it is; a child hears who can ask.

    Without a student where it is not a lesson of one student only.
    """
    students = students_in(work, lesson_id)
    for student_id in students:
        require_bookable(work, student_id)
    lesson = work.session.get(Lesson, lesson_id)
    if lesson is None or not students:
        raise NotFound
    kind = work.session.get_one(LessonType, lesson.lesson_type_id)
    alone = len(students) == 1 and kind.capacity in {None, 1}
    return lesson, students[0] if alone else None


def could_swap(work: Work, mine: Lesson, student_id: StudentId) -> Select[*tuple[Any, ...]]:
    """Lessons of other families, as long as this one and by the same teacher, that could change
    places with it: in that case teacher and rooms are free, and both students have to be.

    Only of families with somebody who hears of it, and not where it is asked already.
    """
    kind = col(LessonType.capacity)
    begin, end = col(Lesson.starts_at), col(Lesson.ends_at)
    return (
        columns(col(Lesson.id), begin, end)
        .join(Seat, and_(col(Seat.lesson_id) == col(Lesson.id), col(Seat.left_at).is_(None)))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .where(
            col(Lesson.teacher_id) == mine.teacher_id,
            col(Lesson.id) != mine.id,
            col(Lesson.status) == LessonStatus.SCHEDULED,
            end - begin == mine.lasting,
            begin > work.now,
            begin.between(mine.starts_at - AROUND, mine.starts_at + AROUND),
            or_(kind.is_(None), kind == 1),
            _alone(),
            col(Seat.student_id).not_in(own_students(work)),
            _hears_of_it(),
            ~_busy(student_id, begin, end, mine.id),
            ~_busy(col(Seat.student_id), mine.starts_at, mine.ends_at, mine.id),
            ~_asked(mine.id),
        )
        .order_by(begin)
    )


def _alone() -> ColumnElement[bool]:
    seat = aliased(Seat)
    count = columns(func.count()).select_from(seat)
    here = count.where(col(seat.lesson_id) == col(Lesson.id), col(seat.left_at).is_(None))
    return here.scalar_subquery() == 1


def _hears_of_it() -> ColumnElement[bool]:
    """With an account or an address; who has no account tells the office, which swaps for them."""
    parent = exists().where(
        col(Guardianship.student_id) == col(Seat.student_id),
        col(Guardianship.receives_schedule),
        col(Guardian.id) == col(Guardianship.guardian_id),
        or_(col(Guardian.person_id).is_not(None), col(Guardian.email) != ""),
        col(Guardian.archived_at).is_(None),
    )
    grown_up = exists().where(
        col(Student.id) == col(Seat.student_id),
        col(Student.is_adult),
        or_(col(Student.person_id).is_not(None), col(Student.email) != ""),
    )
    return or_(parent, grown_up)


def _busy(student_id: Any, begin: Any, end: Any, mine: LessonId) -> ColumnElement[bool]:
    """In a third lesson at that time."""
    seat = aliased(Seat)
    return exists().where(
        col(seat.student_id) == student_id,
        col(seat.left_at).is_(None),
        col(seat.blocking),
        col(seat.lesson_id).not_in([mine]),
        col(seat.lesson_id) != col(Lesson.id),
        col(seat.starts_at) < end,
        col(seat.ends_at) > begin,
    )


def _asked(mine: LessonId) -> ColumnElement[bool]:
    there = and_(col(Swap.lesson_id) == mine, col(Swap.other_id) == col(Lesson.id))
    back = and_(col(Swap.other_id) == mine, col(Swap.lesson_id) == col(Lesson.id))
    return exists().where(or_(there, back), col(Swap.state) == SwapState.PROPOSED)
