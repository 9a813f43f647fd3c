"""Which students' families a text for many is for."""

from dataclasses import asdict, dataclass
from typing import Any, cast

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.kit.ids import StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.people.access import visible_students
from studio_app.people.models import Student
from studio_app.people.rules import StudentStatus
from studio_app.scheduling.models.lessons import Lesson, Seat


@dataclass(frozen=True, slots=True)
class Audience:
    """Everything that is given has to hold; nothing given is every active student."""

    statuses: tuple[StudentStatus, ...] = (StudentStatus.ACTIVE,)
    teacher_id: TeacherId | None = None
    """Who has a lesson with them, past or to come"""
    instrument: str = ""
    student_ids: tuple[StudentId, ...] = ()
    """These alone, whatever their status"""

    def kept(self) -> dict[str, Any]:
        """As it is kept beside the text."""
        plain = asdict(self)
        return {name: _plain(value) for name, value in plain.items() if value}


def students_in(work: Work, audience: Audience) -> list[StudentId]:
    query = select(col(Student.id)).where(
        col(Student.archived_at).is_(None), col(Student.id).in_(visible_students(work))
    )
    if audience.student_ids:
        query = query.where(col(Student.id).in_(audience.student_ids))
    else:
        query = query.where(col(Student.status).in_([one.value for one in audience.statuses]))
    if audience.instrument:
        query = query.where(func.lower(col(Student.instrument)) == audience.instrument.lower())
    if audience.teacher_id:
        taught = (
            select(col(Seat.student_id))
            .join(Lesson, col(Lesson.id) == col(Seat.lesson_id))
            .where(col(Lesson.teacher_id) == audience.teacher_id, col(Seat.left_at).is_(None))
        )
        query = query.where(col(Student.id).in_(taught))
    return list(work.session.connection().execute(query).scalars())


def _plain(value: Any) -> Any:
    return (
        [str(one) for one in cast("tuple[Any, ...]", value)]
        if isinstance(value, tuple)
        else str(value)
    )
