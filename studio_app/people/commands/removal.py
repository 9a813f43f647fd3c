"""Taking back people who were added by mistake: only while nothing refers to them.

People with history are archived, never deleted; the foreign keys of every context above say
who has one.
"""

from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import FamilyId, GuardianId, StudentId, TeacherId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student, Teacher


class InUse(Conflict):
    message = _("Something here still refers to this. You can archive it instead.")


@requires(Permission.PEOPLE_MANAGE)
def remove_student(work: Work, student_id: StudentId) -> None:
    """Delete a student nothing refers to, with their guardianships; InUse otherwise."""
    access.student(work, student_id, lock=True)
    _remove(work, Student, student_id, (Guardianship, Guardianship.student_id))


@requires(Permission.PEOPLE_MANAGE)
def remove_guardian(work: Work, guardian_id: GuardianId) -> None:
    """Delete a guardian who is responsible for nobody, with their right to pay."""
    access.guardian(work, guardian_id, lock=True)
    _remove(work, Guardian, guardian_id, (Payer, Payer.guardian_id))


@requires(Permission.PEOPLE_MANAGE)
def remove_family(work: Work, family_id: FamilyId) -> None:
    """Delete an account without students and without a ledger."""
    access.family(work, family_id, lock=True)
    _remove(work, Family, family_id, (Payer, Payer.family_id))


@requires(Permission.PEOPLE_MANAGE)
def remove_teacher(work: Work, teacher_id: TeacherId) -> None:
    access.teacher(work, teacher_id, lock=True)
    _remove(work, Teacher, teacher_id)


def _remove(work: Work, table: Any, row_id: UUID, *belonging: tuple[Any, Any]) -> None:
    work.session.flush()
    try:
        with work.session.begin_nested():
            connection = work.session.connection()
            for other, column in belonging:
                connection.execute(delete(other).where(col(column) == row_id))
            connection.execute(delete(table).where(table.id == row_id))
    except IntegrityError as error:
        if isinstance(error.orig, ForeignKeyViolation):
            raise InUse from error
        raise
    work.session.expire_all()
