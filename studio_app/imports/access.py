"""Batches and their rows, and everybody they are compared with."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, cast, func, literal_column, table
from sqlalchemy import Text as SqlText
from sqlalchemy import select as columns
from sqlmodel import col, select

from studio_app.billing.access.rows import is_live
from studio_app.billing.models.ledger import LedgerTransaction
from studio_app.billing.models.prices import PricePlan
from studio_app.billing.rules.ledger import Kind
from studio_app.imports.models import (
    ImportBalance,
    ImportBatch,
    ImportMade,
    ImportRow,
    ImportTodo,
    SeriesProposal,
)
from studio_app.imports.rules.batches import MadeKind, ProposalState
from studio_app.imports.rules.comparing import KnownParent, KnownStudent
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import BatchId, FamilyId, GuardianId, LessonTypeId, StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.people.models import Family, Guardian, Guardianship, Student, Teacher
from studio_app.people.rules import StudentStatus, folded
from studio_app.scheduling.models.setup import LessonType


def batch(work: Work, batch_id: BatchId, *, lock: bool = False) -> ImportBatch:
    query = select(ImportBatch).where(ImportBatch.id == batch_id)
    found = work.session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound
    return found


def row(work: Work, row_id: UUID) -> ImportRow:
    found = work.session.exec(select(ImportRow).where(ImportRow.id == row_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def rows(work: Work, batch_id: BatchId) -> list[ImportRow]:
    """Every row of a file, in its order."""
    query = select(ImportRow).where(ImportRow.batch_id == batch_id)
    return list(work.session.exec(query.order_by(col(ImportRow.line))))


def known_students(work: Work) -> list[KnownStudent]:
    """Everybody a row may be about, those who were put away too, with their parents."""
    parents = _parents(work)
    query = select(Student, col(Family.address), col(Family.notes)).join(
        Family, col(Family.id) == col(Student.family_id)
    )
    return [
        KnownStudent(
            s.id,
            s.external_id or "",
            s.name,
            s.email,
            s.phone,
            s.birthday,
            s.instrument,
            StudentStatus(s.status),
            s.notes,
            address,
            s.started_on,
            s.archived_at is not None,
            tuple(parents[s.id]),
            family_notes,
        )
        for s, address, family_notes in work.session.exec(query.order_by(col(Student.id)))
    ]


def _parents(work: Work) -> dict[StudentId, list[KnownParent]]:
    query = (
        select(col(Guardianship.student_id), Guardian)
        .join(Guardian, col(Guardian.id) == Guardianship.guardian_id)
        .where(col(Guardian.archived_at).is_(None))
        .order_by(col(Guardian.id))
    )
    found: dict[StudentId, list[KnownParent]] = defaultdict(list)
    for student_id, guardian in work.session.exec(query):
        parent = KnownParent(guardian.id, guardian.name, guardian.email, guardian.phone)
        found[student_id].append(parent)
    return found


def families_of(work: Work, student_ids: Collection[UUID]) -> dict[StudentId, FamilyId]:
    query = select(col(Student.id), col(Student.family_id)).where(col(Student.id).in_(student_ids))
    return dict(work.session.exec(query).all())


def families(work: Work) -> list[Family]:
    return list(work.session.exec(select(Family).order_by(col(Family.id))))


def students_by_id(work: Work, student_ids: Collection[UUID]) -> dict[UUID, Student]:
    query = select(Student).where(col(Student.id).in_(student_ids))
    return {student.id: student for student in work.session.exec(query)}


@dataclass(frozen=True, slots=True)
class Link:
    """Who is responsible for whom, in which family."""

    family_id: FamilyId
    student_id: StudentId
    guardian_id: GuardianId


def guardianships(work: Work) -> list[Link]:
    query = (
        select(col(Student.family_id), col(Guardianship.student_id), col(Guardianship.guardian_id))
        .join(Student, col(Student.id) == Guardianship.student_id)
        .order_by(col(Guardianship.id))
    )
    return [Link(*row) for row in work.session.exec(query)]


def teachers_by_name(work: Work) -> dict[str, TeacherId]:
    """Those who teach now; of two with one name the first."""
    query = select(Teacher).where(col(Teacher.archived_at).is_(None))
    found = work.session.exec(query.order_by(col(Teacher.id).desc()))
    return {folded(teacher.name): teacher.id for teacher in found}


def guardians(work: Work) -> list[Guardian]:
    query = select(Guardian).where(col(Guardian.archived_at).is_(None))
    return list(work.session.exec(query.order_by(col(Guardian.id))))


def guardianship(work: Work, link_id: UUID) -> Guardianship:
    found = work.session.exec(select(Guardianship).where(Guardianship.id == link_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def guardians_of(
    work: Work, student_id: StudentId, *, after: datetime | None = None
) -> list[GuardianId]:
    """Who is responsible for a student; those only who became so after an instant."""
    query = select(col(Guardianship.guardian_id)).where(Guardianship.student_id == student_id)
    if after is not None:
        query = query.where(col(Guardianship.created_at) > after)
    return list(work.session.exec(query))


def made(work: Work, batch_id: BatchId, kind: MadeKind) -> list[ImportMade]:
    query = select(ImportMade).where(ImportMade.batch_id == batch_id, ImportMade.kind == kind)
    return list(work.session.exec(query.order_by(col(ImportMade.id))))


def fingerprints(work: Work, kind: MadeKind, ids: Collection[UUID]) -> dict[UUID, str]:
    """A hash of each of these rows as it is now: when it differs, somebody changed the row."""
    name = kind.value
    whole: Any = cast(func.to_jsonb(literal_column(name)), SqlText)
    source = table(name)
    identity: ColumnElement[UUID] = literal_column(f"{name}.id")
    query = columns(identity, func.md5(whole)).select_from(source).where(identity.in_(ids))
    return {found[0]: found[1] for found in work.session.connection().execute(query)}


def students_in(work: Work, family_id: FamilyId) -> list[StudentId]:
    query = select(col(Student.id)).where(
        Student.family_id == family_id, col(Student.archived_at).is_(None)
    )
    return list(work.session.exec(query))


def proposals(
    work: Work, ids: Collection[UUID] | None = None, *, lock: bool = False
) -> list[SeriesProposal]:
    """Weekly lessons that wait to be put on the calendar, in the order of the week."""
    query = select(SeriesProposal).where(SeriesProposal.state == ProposalState.OPEN)
    if ids is not None:
        query = query.where(col(SeriesProposal.id).in_(ids))
    order = (SeriesProposal.weekday, SeriesProposal.at, SeriesProposal.id)
    query = query.order_by(*map(col, order))
    return list(work.session.exec(query.with_for_update() if lock else query))


def todos_of(work: Work, student_ids: Collection[UUID]) -> list[ImportTodo]:
    """What was noted for these students before, done or not."""
    query = select(ImportTodo).where(col(ImportTodo.student_id).in_(student_ids))
    return list(work.session.exec(query))


def balances(work: Work, batch_id: BatchId) -> list[ImportBalance]:
    """What the families of a file owe, in the order of their keys."""
    query = select(ImportBalance).where(ImportBalance.batch_id == batch_id)
    return list(work.session.exec(query.order_by(col(ImportBalance.family_key))))


def with_opening_balance(work: Work, family_ids: Collection[UUID]) -> set[UUID]:
    """Those of these families whose ledger has one that counts."""
    query = select(col(LedgerTransaction.about_id)).where(
        LedgerTransaction.kind == Kind.OPENING_BALANCE,
        col(LedgerTransaction.about_id).in_(list(family_ids)),
        is_live(),
    )
    return set(work.session.exec(query))


def todo(work: Work, todo_id: UUID) -> ImportTodo:
    found = work.session.exec(select(ImportTodo).where(ImportTodo.id == todo_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def lesson_type_lasting(work: Work, minutes: int) -> LessonTypeId | None:
    """The studio's oldest individual lesson type of that length."""
    query = select(col(LessonType.id)).where(
        LessonType.minutes == minutes,
        LessonType.capacity == 1,
        col(LessonType.archived_at).is_(None),
    )
    return work.session.exec(query.order_by(col(LessonType.id)).limit(1)).first()


def prices_of(work: Work, lesson_type_id: LessonTypeId) -> dict[StudentId | None, int]:
    """The newest price of a lesson type: everybody's under None, and those of single students."""
    query = select(PricePlan).where(
        PricePlan.lesson_type_id == lesson_type_id,
        col(PricePlan.teacher_id).is_(None),
        col(PricePlan.minutes).is_(None),
    )
    found = work.session.exec(query.order_by(col(PricePlan.from_on)))
    return {plan.student_id: plan.amount_minor for plan in found}
