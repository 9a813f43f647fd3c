"""The tags of a studio and of a student."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.ids import StudentId
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.models import Student, StudentTag


@dataclass(frozen=True, slots=True)
class TagCount:
    tag: str
    students: int


@requires(Permission.PEOPLE_VIEW)
def tags_of_student(work: Work, student_id: StudentId) -> list[str]:
    student = access.student(work, student_id)
    query = select(StudentTag.tag).where(StudentTag.student_id == student.id)
    return list(work.session.exec(query.order_by(func.lower(StudentTag.tag))))


@requires(Permission.PEOPLE_VIEW)
def tags_in_use(work: Work) -> list[TagCount]:
    """Every tag that somebody has, by name, and how many that are; archived ones not counted."""
    query = (
        select(StudentTag.tag, func.count())
        .join(Student, col(Student.id) == StudentTag.student_id)
        .where(col(Student.archived_at).is_(None))
        .group_by(StudentTag.tag)
        .order_by(func.lower(StudentTag.tag))
    )
    return [TagCount(tag, n) for tag, n in work.session.exec(query)]
