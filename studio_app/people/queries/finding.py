"""Find as you type."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, bindparam, case, cast, func, literal, or_
from sqlalchemy import select as columns
from sqlmodel import col, union_all

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import FamilyId, GuardianId
from studio_app.kit.words import Labelled
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student, Teacher

Columns = Select[Any, Any, Any, Any, Any]
AT_MOST = 12
LONGEST = 80


class Kind(Labelled):
    STUDENT = "student"
    GUARDIAN = "guardian"
    FAMILY = "family"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Found:
    kind: Kind
    id: UUID
    name: str
    detail: str
    """What tells two of the same name apart: the instrument, the address written to."""


@requires(Permission.PEOPLE_VIEW)
def find_people(work: Work, text: str) -> list[Found]:
    """At most twelve students, guardians, families and teachers called like this, best first.

    A name that starts with the text comes before one that has it somewhere, and that before
    one that only sounds like it. Who has been put away is not found.
    """
    typed = " ".join(text.split()).lower()[:LONGEST]
    if not typed:
        return []
    student = func.lower(col(Student.first_name) + " " + col(Student.last_name))
    parts = [
        _called(
            Kind.STUDENT,
            Student,
            student,
            Student.first_name + " " + Student.last_name,
            Student.instrument,
        ),
        _called(Kind.GUARDIAN, Guardian, func.lower(Guardian.name), Guardian.name, Guardian.email),
        _called(Kind.FAMILY, Family, func.lower(Family.name), Family.name, Family.address),
        _called(
            Kind.TEACHER,
            Teacher,
            func.lower(Teacher.name),
            Teacher.name,
            func.array_to_string(Teacher.instruments, ", "),
        ),
    ]
    found = union_all(*parts).subquery()
    ranked = columns(found).order_by(found.c.score.desc(), found.c.name, found.c.id).limit(AT_MOST)
    given = {"typed": typed, "within": f"%{_escaped(typed)}%", "starts": f"{_escaped(typed)}%"}
    rows = work.session.connection().execute(ranked, given)
    return [Found(Kind(r.kind), r.id, r.name.strip(), r.detail) for r in rows]


@requires(Permission.PEOPLE_VIEW)
def family_of_guardian(work: Work, guardian_id: GuardianId) -> FamilyId:
    """The family a guardian pays for, else that of a child of theirs."""
    guardian = access.guardian(work, guardian_id)
    pays = columns(col(Payer.family_id), literal(0).label("rank")).where(
        col(Payer.guardian_id) == guardian.id
    )
    child = (
        columns(col(Student.family_id), literal(1).label("rank"))
        .join(Guardianship, col(Guardianship.student_id) == col(Student.id))
        .where(col(Guardianship.guardian_id) == guardian.id)
    )
    either = union_all(pays, child).subquery()
    query = columns(either.c.family_id).order_by(either.c.rank).limit(1)
    found = work.session.connection().execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def _called(kind: Kind, table: Any, key: ColumnElement[str], name: Any, detail: Any) -> Columns:
    typed, within = bindparam("typed", type_=Text()), bindparam("within", type_=Text())
    starts = bindparam("starts", type_=Text())
    alike = func.word_similarity(typed, key)
    score = case((key.like(starts), 2.0), (key.like(within), 1.0), else_=0.0) + alike
    return columns(
        literal(kind.value).label("kind"),
        table.id.label("id"),
        cast(name, Text).label("name"),
        cast(detail, Text).label("detail"),
        score.label("score"),
    ).where(table.archived_at.is_(None), or_(key.like(within), typed.op("<%")(key)))


def _escaped(typed: str) -> str:
    return typed.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
