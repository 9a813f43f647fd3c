"""Names of people, and which teacher the actor is."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.kit.ids import StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.people import access
from studio_app.people.models import Student, Teacher


def own_teachers(work: Work) -> SelectOfScalar[TeacherId]:
    """Ids of the teacher rows that are the actor: one, or none."""
    me = work.actor.person_id
    return select(col(Teacher.id)).where(
        col(Teacher.person_id).is_not(None), Teacher.person_id == me
    )


def require_students(work: Work, ids: Collection[StudentId]) -> None:
    """NotFound unless the actor may see each of these students."""
    for student_id in ids:
        access.student(work, student_id)


def teacher_names(work: Work, ids: Collection[UUID]) -> dict[UUID, str]:
    query = select(Teacher.id, Teacher.name).where(col(Teacher.id).in_(ids))
    return {row[0]: row[1] for row in work.session.exec(query)} if ids else {}


def student_names(work: Work, ids: Collection[UUID]) -> dict[UUID, str]:
    query = select(Student).where(col(Student.id).in_(ids))
    return {row.id: row.name for row in work.session.exec(query)} if ids else {}
