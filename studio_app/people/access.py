"""Whom an actor may see, and rows for commands."""

from typing import TypeVar

from sqlmodel import SQLModel, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import FamilyId, GuardianId, StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.people.models import (
    Family,
    Guardian,
    Guardianship,
    Payer,
    Student,
    StudentTag,
    Teacher,
)

R = TypeVar("R", bound=SQLModel)


def visible_students(work: Work) -> SelectOfScalar[StudentId]:
    """Ids of the students this actor may see: the whole studio's, else their own and their
    children."""
    return select(col(Student.id)) if work.actor.may(Permission.PEOPLE_VIEW) else own_students(work)


def own_students(work: Work) -> SelectOfScalar[StudentId]:
    """Ids of the actor's children, and of the actor as a student, whatever else they may see.

    The portal asks for these: who teaches or runs the studio is a parent there.
    """
    children = (
        select(Guardianship.student_id)
        .join(Guardian, col(Guardian.id) == Guardianship.guardian_id)
        .where(Guardian.person_id == work.actor.person_id, col(Guardian.archived_at).is_(None))
    )
    own = Student.person_id == work.actor.person_id
    return select(col(Student.id)).where(or_(own, col(Student.id).in_(children)))


def visible_families(work: Work) -> SelectOfScalar[FamilyId]:
    """Ids of the families this actor may know of: the whole studio's, else their own."""
    if work.actor.may(Permission.PEOPLE_VIEW):
        return select(col(Family.id))
    return own_accounts(work)


def visible_accounts(work: Work) -> SelectOfScalar[FamilyId]:
    """Ids of the families whose money this actor may see: the office all, a payer their own.

    Apart from `visible_families` because a teacher knows every family and no balance; one
    who is a parent too sees the balance of their own.
    """
    if work.actor.may(Permission.BILLING_VIEW):
        return select(col(Family.id))
    return own_accounts(work)


def own_accounts(work: Work) -> SelectOfScalar[FamilyId]:
    """Ids of the accounts the actor pays or, grown up, learns on, whatever else they may see."""
    paying = (
        select(Payer.family_id)
        .join(Guardian, col(Guardian.id) == Payer.guardian_id)
        .where(Guardian.person_id == work.actor.person_id, col(Guardian.archived_at).is_(None))
    )
    adult = select(Student.family_id).where(
        Student.person_id == work.actor.person_id, col(Student.is_adult)
    )
    return select(col(Family.id)).where(or_(col(Family.id).in_(paying), col(Family.id).in_(adult)))


def student(work: Work, student_id: StudentId, *, lock: bool = False) -> Student:
    query = select(Student).where(Student.id == student_id)
    return _one(work, query.where(col(Student.id).in_(visible_students(work))), lock=lock)


def family(work: Work, family_id: FamilyId, *, lock: bool = False) -> Family:
    query = select(Family).where(Family.id == family_id)
    return _one(work, query.where(col(Family.id).in_(visible_families(work))), lock=lock)


def guardian(work: Work, guardian_id: GuardianId, *, lock: bool = False) -> Guardian:
    """Any guardian for who may see people, else only oneself."""
    query = select(Guardian).where(Guardian.id == guardian_id)
    if not work.actor.may(Permission.PEOPLE_VIEW):
        query = query.where(Guardian.person_id == work.actor.person_id)
    return _one(work, query, lock=lock)


def teacher(work: Work, teacher_id: TeacherId, *, lock: bool = False) -> Teacher:
    """A teacher of this studio; everybody here may know who teaches."""
    return _one(work, select(Teacher).where(Teacher.id == teacher_id), lock=lock)


def guardianship(
    work: Work, student_id: StudentId, guardian_id: GuardianId, *, lock: bool = False
) -> Guardianship:
    query = select(Guardianship).where(
        Guardianship.student_id == student_id,
        Guardianship.guardian_id == guardian_id,
        col(Guardianship.student_id).in_(visible_students(work)),
    )
    return _one(work, query, lock=lock)


def tag(work: Work, student_id: StudentId, word: str) -> StudentTag | None:
    """This tag of a student whom the caller has found already."""
    query = select(StudentTag).where(StudentTag.student_id == student_id, StudentTag.tag == word)
    return work.session.exec(query).one_or_none()


def payers(work: Work, family_id: FamilyId) -> list[Payer]:
    """Who settles this account, the primary one first."""
    query = select(Payer).where(Payer.family_id == family_id)
    order = (col(Payer.is_primary).desc(), col(Payer.created_at), col(Payer.id))
    return list(work.session.exec(query.order_by(*order)))


def _one(work: Work, query: SelectOfScalar[R], *, lock: bool) -> R:
    found = work.session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound
    return found
