"""Payers' accounts and teachers, as the office sees them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, func, select, tuple_

from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.ids import FamilyId, GuardianId, StudentId, TeacherId
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.contacts import say_phone
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student, Teacher
from studio_app.people.rules import StudentStatus

PAGE = 50
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class FamilyRow:
    id: FamilyId
    name: str
    students: list[str]
    payer: str
    """Who is billed; "" when nobody is yet."""


@dataclass(frozen=True, slots=True)
class FamilyPage:
    rows: list[FamilyRow]
    next_after: FamilyId | None


@dataclass(frozen=True, slots=True)
class FamilyStudent:
    id: StudentId
    name: str
    status: StudentStatus
    instrument: str


@dataclass(frozen=True, slots=True)
class FamilyPayer:
    id: GuardianId
    name: str
    email: str
    phone: str
    is_primary: bool
    has_account: bool


@dataclass(frozen=True, slots=True)
class FamilyCard:
    id: FamilyId
    name: str
    address: str
    notes: str
    is_archived: bool
    students: list[FamilyStudent]
    payers: list[FamilyPayer]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A parent's responsibility for one child of the family, and what reaches them."""

    guardian_id: GuardianId
    guardian: str
    student_id: StudentId
    student: str
    receives_schedule: bool
    receives_practice: bool
    receives_billing: bool | None
    """None: by the rule, the primary payer"""


@dataclass(frozen=True, slots=True)
class TeacherRow:
    id: TeacherId
    name: str
    email: str
    phone: str
    colour: int
    instruments: list[str]
    has_account: bool
    is_archived: bool


@requires(Permission.PEOPLE_VIEW)
def families(
    work: Work, *, text: str = "", after: FamilyId | None = None, limit: int = PAGE
) -> FamilyPage:
    """Families by name, a page at a time; `after` is the last one of the page before."""
    size = min(max(limit, 1), LONGEST_PAGE)
    order = (func.lower(Family.name), col(Family.id))
    query = select(col(Family.id), col(Family.name)).where(col(Family.archived_at).is_(None))
    if text.strip():
        query = query.where(func.lower(Family.name).contains(text.strip().lower(), autoescape=True))
    if after is not None:
        place = select(*order).where(Family.id == after).scalar_subquery()
        query = query.where(tuple_(*order) > place)
    found = work.session.exec(query.order_by(*order).limit(size + 1)).all()
    ids = [family_id for family_id, _name in found[:size]]
    called, paying = _students_of(work, ids), _payers_of(work, ids)
    rows = [FamilyRow(i, name, called[i], paying.get(i, "")) for i, name in found[:size]]
    return FamilyPage(rows, rows[-1].id if len(found) > size else None)


@requires(Permission.PEOPLE_VIEW)
def family_card(work: Work, family_id: FamilyId) -> FamilyCard:
    family = access.family(work, family_id)
    members = select(Student).where(
        Student.family_id == family_id, col(Student.archived_at).is_(None)
    )
    by_name = (func.lower(Student.first_name), col(Student.id))
    return FamilyCard(
        family.id,
        family.name,
        family.address,
        family.notes,
        is_archived=family.archived_at is not None,
        students=[
            FamilyStudent(s.id, s.name, StudentStatus(s.status), s.instrument)
            for s in work.session.exec(members.order_by(*by_name))
        ],
        payers=_payers(work, family_id),
    )


@requires(Permission.PEOPLE_VIEW)
def responsibilities(work: Work, family_id: FamilyId) -> list[Responsibility]:
    """Who hears of what in a family: every parent with every child they answer for."""
    access.family(work, family_id)
    query = (
        select(Guardianship, Guardian, Student)
        .join(Guardian, col(Guardian.id) == Guardianship.guardian_id)
        .join(Student, col(Student.id) == Guardianship.student_id)
        .where(Student.family_id == family_id, col(Student.archived_at).is_(None))
        .order_by(func.lower(Guardian.name), func.lower(Student.first_name), col(Student.id))
    )
    return [
        Responsibility(
            guardian.id,
            guardian.name,
            student.id,
            student.name,
            link.receives_schedule,
            link.receives_practice,
            link.receives_billing,
        )
        for link, guardian, student in work.session.exec(query)
    ]


@requires(Permission.PEOPLE_VIEW)
def teachers(work: Work, *, archived: bool = False) -> list[TeacherRow]:
    """Who teaches here, by name."""
    put_away = col(Teacher.archived_at)
    query = select(Teacher).where(put_away.is_not(None) if archived else put_away.is_(None))
    country = studio(work).country
    return [
        TeacherRow(
            teacher.id,
            teacher.name,
            teacher.email,
            say_phone(teacher.phone, country),
            teacher.colour,
            list(teacher.instruments),
            has_account=teacher.person_id is not None,
            is_archived=archived,
        )
        for teacher in work.session.exec(query.order_by(func.lower(Teacher.name), col(Teacher.id)))
    ]


def _payers(work: Work, family_id: FamilyId) -> list[FamilyPayer]:
    country = studio(work).country
    query = (
        select(Guardian, Payer.is_primary)
        .join(Payer, col(Payer.guardian_id) == Guardian.id)
        .where(Payer.family_id == family_id)
        .order_by(col(Payer.is_primary).desc(), func.lower(Guardian.name))
    )
    return [
        FamilyPayer(
            guardian.id,
            guardian.name,
            guardian.email,
            say_phone(guardian.phone, country),
            is_primary,
            has_account=guardian.person_id is not None,
        )
        for guardian, is_primary in work.session.exec(query)
    ]


def _students_of(work: Work, ids: Iterable[FamilyId]) -> dict[FamilyId, list[str]]:
    query = (
        select(Student)
        .where(col(Student.family_id).in_(ids), col(Student.archived_at).is_(None))
        .order_by(func.lower(Student.first_name), col(Student.id))
    )
    called: dict[FamilyId, list[str]] = defaultdict(list)
    for student in work.session.exec(query):
        called[student.family_id].append(student.name)
    return called


def _payers_of(work: Work, ids: Iterable[FamilyId]) -> dict[FamilyId, str]:
    query = (
        select(col(Payer.family_id), col(Guardian.name))
        .join(Guardian, col(Guardian.id) == Payer.guardian_id)
        .where(col(Payer.family_id).in_(ids), col(Payer.is_primary))
    )
    return dict(work.session.exec(query).all())
