"""What was written down after a student's last lesson."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_day
from studio_app.kit.ids import StudentId
from studio_app.kit.work import Work, requires
from studio_app.people.access import visible_students
from studio_app.people.models import Guardian, Guardianship, Student
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.rules.states import LessonStatus


@dataclass(frozen=True, slots=True)
class LastNote:
    student_id: StudentId
    on: str
    """Tue 8 Sept"""
    words: str


@requires(Permission.CALENDAR_VIEW)
def last_notes(work: Work, student_ids: Collection[StudentId]) -> dict[StudentId, LastNote]:
    """The newest note of each of these students' lessons that are over."""
    query = _newest_notes(work, student_ids).where(col(Seat.student_id).in_(visible_students(work)))
    return _said(work, query)


@requires(Permission.LESSON_VIEW)
def my_focus(work: Work) -> dict[StudentId, LastNote]:
    """What to practise: the newest note about oneself and about those of one's children whose
    practice one is told of (the family's switch)."""
    told = (
        select(col(Guardianship.student_id))
        .join(Guardian, col(Guardian.id) == col(Guardianship.guardian_id))
        .where(
            col(Guardian.person_id) == work.actor.person_id,
            col(Guardian.archived_at).is_(None),
            col(Guardianship.receives_practice),
        )
    )
    me = select(col(Student.id)).where(col(Student.person_id) == work.actor.person_id)
    return _said(work, _newest_notes(work, told.union(me)))


def _newest_notes(work: Work, student_ids: Any) -> Any:
    """Student, instant and words of the newest noted lesson of each that took place."""
    return (
        select(col(Seat.student_id), col(Lesson.starts_at), col(Lesson.notes))
        .join_from(Lesson, Seat, col(Seat.lesson_id) == col(Lesson.id))
        .where(
            col(Seat.student_id).in_(student_ids),
            col(Seat.left_at).is_(None),
            col(Lesson.ends_at) <= work.now,
            col(Lesson.status) == LessonStatus.SCHEDULED,
            col(Lesson.notes) != "",
        )
        .distinct(col(Seat.student_id))
        .order_by(col(Seat.student_id), col(Lesson.starts_at).desc())
    )


def _said(work: Work, query: Any) -> dict[StudentId, LastNote]:
    zone, locale = studio_zone(work), work.actor.locale
    return {
        row.student_id: LastNote(
            row.student_id, say_day(local_date(row.starts_at, zone), locale), row.notes
        )
        for row in work.session.connection().execute(query)
    }
