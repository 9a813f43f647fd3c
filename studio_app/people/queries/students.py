"""Students as the office, the teacher and the family see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, nulls_last, tuple_
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.ids import FamilyId, GuardianId, StudentId
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.contacts import say_phone
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student, StudentTag
from studio_app.people.rules import StudentStatus

SelectOfStudents = Select[Student, str]
PAGE = 50
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class StudentRow:
    id: StudentId
    name: str
    status: StudentStatus
    instrument: str
    is_adult: bool
    family_id: FamilyId
    family: str


@dataclass(frozen=True, slots=True)
class StudentPage:
    rows: list[StudentRow]
    next_after: StudentId | None
    """Ask with this for what follows; None at the end."""


@dataclass(frozen=True, slots=True)
class GuardianRow:
    id: GuardianId
    name: str
    email: str
    phone: str
    receives_schedule: bool
    receives_practice: bool
    receives_billing: bool | None
    """None: by the rule, the primary payer"""
    pays: bool
    is_primary_payer: bool
    has_account: bool


@dataclass(frozen=True, slots=True)
class StudentCard:
    id: StudentId
    name: str
    first_name: str
    last_name: str
    status: StudentStatus
    is_adult: bool
    email: str
    phone: str
    birthday: date | None
    instrument: str
    notes: str
    started_on: date | None
    left_on: date | None
    is_archived: bool
    family_id: FamilyId
    family: str
    guardians: list[GuardianRow]
    siblings: list[StudentRow]


@dataclass(frozen=True, slots=True)
class Learner:
    """A student as their family knows them."""

    id: StudentId
    name: str
    first_name: str
    instrument: str


@requires(Permission.PEOPLE_VIEW)
def students(
    work: Work,
    *,
    statuses: Sequence[StudentStatus] = (),
    text: str = "",
    tag: str = "",
    archived: bool = False,
    after: StudentId | None = None,
    limit: int = PAGE,
) -> StudentPage:
    """Students by surname, a page at a time; `after` is the last one of the page before."""
    size = min(max(limit, 1), LONGEST_PAGE)
    query = _rows(archived=archived)
    if statuses:
        query = query.where(col(Student.status).in_(statuses))
    if text.strip():
        query = query.where(_called().contains(text.strip().lower(), autoescape=True))
    if tag:
        tagged = select(StudentTag.student_id).where(StudentTag.tag == tag)
        query = query.where(col(Student.id).in_(tagged))
    if after is not None:
        query = query.where(tuple_(*_order()) > _place(after))
    found = work.session.exec(query.order_by(*_order()).limit(size + 1)).all()
    rows = [_row(r) for r in found[:size]]
    return StudentPage(rows, rows[-1].id if len(found) > size else None)


@requires(Permission.PEOPLE_VIEW)
def students_by_status(work: Work) -> dict[StudentStatus, int]:
    """How many of each, for the filter's tabs."""
    query = (
        select(Student.status, func.count())
        .where(col(Student.archived_at).is_(None))
        .group_by(col(Student.status))
    )
    counted = {StudentStatus(status): n for status, n in work.session.exec(query)}
    return {status: counted.get(status, 0) for status in StudentStatus}


@requires(Permission.PEOPLE_VIEW)
def student_card(work: Work, student_id: StudentId) -> StudentCard:
    """Everything about one student on one card."""
    student = access.student(work, student_id)
    family = access.family(work, student.family_id)
    query = _rows(archived=False).where(
        col(Student.family_id) == family.id, col(Student.id) != student.id
    )
    siblings = work.session.exec(query.order_by(*_order()))
    country = studio(work).country
    return StudentCard(
        id=student.id,
        name=student.name,
        first_name=student.first_name,
        last_name=student.last_name,
        status=StudentStatus(student.status),
        is_adult=student.is_adult,
        email=student.email,
        phone=say_phone(student.phone, country),
        birthday=student.birthday,
        instrument=student.instrument,
        notes=student.notes,
        started_on=student.started_on,
        left_on=student.left_on,
        is_archived=student.archived_at is not None,
        family_id=family.id,
        family=family.name,
        guardians=_guardians(work, student, country),
        siblings=[_row(r) for r in siblings],
    )


@requires(Permission.FAMILY_VIEW)
def my_children(work: Work) -> list[StudentRow]:
    """One's own children who learn here, or oneself: of who teaches too nobody else."""
    query = _rows(archived=False).where(col(Student.id).in_(access.own_students(work)))
    return [_row(r) for r in work.session.exec(query.order_by(*_order()))]


@requires(Permission.LESSON_VIEW)
def my_learners(work: Work) -> list[Learner]:
    """Whose lessons one's portal is about: one's own children, or oneself."""
    query = _rows(archived=False).where(col(Student.id).in_(access.own_students(work)))
    found = work.session.exec(query.order_by(func.lower(col(Student.first_name)), col(Student.id)))
    return [Learner(row.id, row.name, row.first_name, row.instrument) for row, _family in found]


def _guardians(work: Work, student: Student, country: str) -> list[GuardianRow]:
    pays = and_(col(Payer.guardian_id) == Guardian.id, col(Payer.family_id) == student.family_id)
    query = (
        select(Guardian, Guardianship, Payer.is_primary)
        .join(Guardianship, col(Guardianship.guardian_id) == Guardian.id)
        .outerjoin(Payer, pays)
        .where(Guardianship.student_id == student.id)
        .order_by(nulls_last(col(Payer.is_primary).desc()), func.lower(Guardian.name))
    )
    return [
        GuardianRow(
            guardian.id,
            guardian.name,
            guardian.email,
            say_phone(guardian.phone, country),
            link.receives_schedule,
            link.receives_practice,
            link.receives_billing,
            pays=is_primary in {True, False},
            is_primary_payer=bool(is_primary),
            has_account=guardian.person_id is not None,
        )
        for guardian, link, is_primary in work.session.exec(query)
    ]


def _rows(*, archived: bool) -> SelectOfStudents:
    put_away = col(Student.archived_at)
    return (
        select(Student, Family.name)
        .join(Family, col(Family.id) == Student.family_id)
        .where(put_away.is_not(None) if archived else put_away.is_(None))
    )


def _row(found: tuple[Student, str]) -> StudentRow:
    student, family = found
    return StudentRow(
        student.id,
        student.name,
        StudentStatus(student.status),
        student.instrument,
        student.is_adult,
        student.family_id,
        family,
    )


def _called() -> ColumnElement[str]:
    return func.lower(col(Student.first_name) + " " + col(Student.last_name))


def _order() -> tuple[Any, ...]:
    """By surname, for pages that go on after the last row of the one before."""
    return (
        func.lower(col(Student.last_name)),
        func.lower(col(Student.first_name)),
        col(Student.id),
    )


def _place(after: StudentId) -> Any:
    return columns(*_order()).where(col(Student.id) == after).scalar_subquery()
