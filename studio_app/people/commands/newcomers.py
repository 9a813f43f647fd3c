"""Many people at once: a whole file of them, in a handful of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import ProgramLimitExceeded
from sqlalchemy import insert
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlmodel import SQLModel, col, select

from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import FamilyId, GuardianId, StudentId, new_id
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people.commands.families import FamilyAlreadyHere, FamilyDetails, cleaned_family
from studio_app.people.commands.guardians import GuardianDetails, cleaned_guardian
from studio_app.people.commands.students import AlreadyHere, StudentDetails, cleaned_student
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student
from studio_app.people.rules import StudentStatus

_REFUSALS: dict[str, Text] = {
    "student_imported_once": AlreadyHere.message,
    "family_imported_once": FamilyAlreadyHere.message,
}


class NewcomerRefused(Refused):
    """One of many cannot be added, so nobody was. `about` is the id they would have had."""

    def __init__(self, about: UUID, why: Text) -> None:
        self.about = about
        super().__init__(why)


@dataclass(slots=True)
class NewFamily:
    id: FamilyId
    details: FamilyDetails
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class NewStudent:
    id: StudentId
    family_id: FamilyId
    details: StudentDetails
    status: StudentStatus = StudentStatus.ACTIVE
    external_id: str | None = None
    left_on: date | None = None


@dataclass(slots=True)
class NewGuardian:
    id: GuardianId
    details: GuardianDetails


@dataclass(frozen=True, slots=True)
class NewGuardianship:
    """Somebody becomes responsible for a student, and sees and settles the family's account."""

    id: UUID
    student_id: StudentId
    guardian_id: GuardianId
    family_id: FamilyId


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Everybody who comes in together; ids are made by the caller, who may refer to people
    who are here already."""

    families: list[NewFamily] = field(default_factory=list[NewFamily])
    students: list[NewStudent] = field(default_factory=list[NewStudent])
    guardians: list[NewGuardian] = field(default_factory=list[NewGuardian])
    guardianships: list[NewGuardianship] = field(default_factory=list[NewGuardianship])


@requires(Permission.PEOPLE_MANAGE)
def add_newcomers(work: Work, newcomers: Newcomers) -> None:
    """All of them or nobody. Raises NewcomerRefused for the first who cannot be added."""
    country = studio(work).country
    _write(work, Family, [_family(each) for each in newcomers.families])
    _write(work, Student, [_student(each, country) for each in newcomers.students])
    _write(work, Guardian, [_guardian(each, country) for each in newcomers.guardians])
    _write(work, Guardianship, [_guardianship(each) for each in newcomers.guardianships])
    _write(work, Payer, _payers(work, newcomers.guardianships))


def _family(new: NewFamily) -> dict[str, Any]:
    try:
        details = asdict(cleaned_family(new.details))
    except Refused as refusal:
        raise NewcomerRefused(new.id, refusal.text) from refusal
    return {"id": new.id, "external_id": new.external_id, **details}


def _student(new: NewStudent, country: str) -> dict[str, Any]:
    try:
        details = asdict(cleaned_student(new.details, country))
    except Refused as refusal:
        raise NewcomerRefused(new.id, refusal.text) from refusal
    left_on = new.left_on if new.status is StudentStatus.LEFT else None
    own = {"family_id": new.family_id, "status": new.status, "left_on": left_on}
    return {"id": new.id, "external_id": new.external_id, **own, **details}


def _guardian(new: NewGuardian, country: str) -> dict[str, Any]:
    try:
        return {"id": new.id, **cleaned_guardian(new.details, country)}
    except Refused as refusal:
        raise NewcomerRefused(new.id, refusal.text) from refusal


def _guardianship(new: NewGuardianship) -> dict[str, Any]:
    hears = {"receives_schedule": True, "receives_practice": True}
    return {"id": new.id, "student_id": new.student_id, "guardian_id": new.guardian_id, **hears}


def _payers(work: Work, links: Sequence[NewGuardianship]) -> list[dict[str, Any]]:
    """Each parent once per family; the first is billed where nobody is."""
    homes = {link.family_id for link in links}
    found = work.session.exec(
        select(Payer.family_id, Payer.guardian_id, Payer.is_primary).where(
            col(Payer.family_id).in_(homes)
        )
    ).all()
    paying = {(family_id, guardian_id) for family_id, guardian_id, _primary in found}
    billed = {family_id for family_id, _guardian_id, primary in found if primary}
    rows: list[dict[str, Any]] = []
    for link in links:
        if (link.family_id, link.guardian_id) in paying:
            continue
        paying.add((link.family_id, link.guardian_id))
        whose = {"family_id": link.family_id, "guardian_id": link.guardian_id}
        rows.append({"id": new_id(), **whose, "is_primary": link.family_id not in billed})
        billed.add(link.family_id)
    return rows


def _write(work: Work, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    values: list[dict[str, Any]] = [{**row, "created_at": work.now} for row in rows]
    if not values:
        return
    work.session.flush()
    refused = _refusal(work, table, values)
    if refused is None:
        return
    for value in values:  # somebody in here: one by one, to say who
        why = _refusal(work, table, [value])
        if why is not None:
            raise NewcomerRefused(value.get("student_id", value["id"]), why)
    raise NewcomerRefused(values[0]["id"], refused)


def _refusal(work: Work, table: type[SQLModel], values: list[dict[str, Any]]) -> Text | None:
    """Write these, or say why the database would not; then none of them is written."""
    try:
        with work.session.begin_nested():
            work.session.connection().execute(insert(table), values)
    except (IntegrityError, DataError, OperationalError) as error:
        if isinstance(error, OperationalError) and not isinstance(error.orig, ProgramLimitExceeded):
            raise  # a deadlock or a lost connection: the whole is tried again
        diagnosis = getattr(error.orig, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        return _REFUSALS.get(name, _("something in it cannot be stored."))
    return None
