"""What was written down after a student's last lesson."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_day
from studio_app.kit.ids import StudentId
from studio_app.kit.work import Work, requires
from studio_app.people.access import visible_students
from studio_app.people.models import Guardian, Guardianship, Student
from studio_app.scheduling.models.lessons import Lesson, Seat, takes_place


@dataclass(frozen=True, slots=True)
class LastNote:
    student_id: StudentId
    on: str
    """Tue 8 Sept"""
    words: str
    """What to practise"""
    notes: str = ""
    """What only staff read"""


@requires(Permission.CALENDAR_VIEW)
def last_notes(work: Work, student_ids: Collection[StudentId]) -> dict[StudentId, LastNote]:
    """The newest note of each of these students' lessons that are over: what was to be practised,
    and what staff wrote for each other."""
    written = or_(col(Lesson.focus) != "", col(Lesson.notes) != "")
    query = _newest(work, student_ids, written)
    found = _rows(work, query.where(col(Seat.student_id).in_(visible_students(work))))
    return {row.student_id: _said(work, row, row.notes) for row in found}


@requires(Permission.LESSON_VIEW)
def my_focus(work: Work) -> dict[StudentId, LastNote]:
    """What to practise: the newest focus of oneself and of those of one's children whose
    practice one is told of (the family's switch). Notes of the staff are not in it."""
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
    found = _rows(work, _newest(work, told.union(me), col(Lesson.focus) != ""))
    return {row.student_id: _said(work, row) for row in found}


def _newest(work: Work, student_ids: Any, written: ColumnElement[bool]) -> Any:
    """Student, instant and words of each one's newest such lesson that took place."""
    return (
        select(col(Seat.student_id), col(Lesson.starts_at), col(Lesson.focus), col(Lesson.notes))
        .join_from(Lesson, Seat, col(Seat.lesson_id) == col(Lesson.id))
        .where(
            col(Seat.student_id).in_(student_ids),
            col(Seat.left_at).is_(None),
            col(Lesson.ends_at) <= work.now,
            takes_place(),
            written,
        )
        .distinct(col(Seat.student_id))
        .order_by(col(Seat.student_id), col(Lesson.starts_at).desc())
    )


def _rows(work: Work, query: Any) -> Sequence[Row[Any]]:
    return work.session.connection().execute(query).all()


def _said(work: Work, row: Row[Any], notes: str = "") -> LastNote:
    on = say_day(local_date(row.starts_at, studio_zone(work)), work.actor.locale)
    return LastNote(row.student_id, on, row.focus, notes)
