"""What the office does with those who learn."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select

from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, Refused, constraint
from studio_app.kit.ids import FamilyId, GuardianId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.blanks import blank_again, fill_blanks
from studio_app.people.commands.guardians import GuardianDetails, add_guardian
from studio_app.people.contacts import email_address, phone_number
from studio_app.people.events import StudentArrived
from studio_app.people.models import Family, Student
from studio_app.people.rules import Known, StudentStatus, looks_like


class NameMissing(Refused):
    message = _("Please give at least a name.")


class AlreadyHere(Conflict):
    message = _("A student with this number from the other system is already here.")


@dataclass(frozen=True, slots=True)
class StudentDetails:
    """What is known of a student. Only a name is needed."""

    first_name: str
    last_name: str = ""
    is_adult: bool = False
    email: str = ""
    phone: str = ""
    birthday: date | None = None
    instrument: str = ""
    notes: str = ""
    started_on: date | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody already here who may be the same person."""

    student_id: StudentId
    name: str
    status: StudentStatus


@dataclass(frozen=True, slots=True)
class StudentAdded:
    """The new student, or those who are probably the same: then nothing was added."""

    student_id: StudentId | None
    family_id: FamilyId | None = None
    duplicates: list[Duplicate] = field(default_factory=list[Duplicate])
    guardian_id: GuardianId | None = None


@requires(Permission.STUDENT_ADD)
def add_student(
    work: Work,
    details: StudentDetails,
    *,
    family_id: FamilyId | None = None,
    guardian: GuardianDetails | None = None,
    status: StudentStatus = StudentStatus.ACTIVE,
    external_id: str | None = None,
    left_on: date | None = None,
    confirmed: bool = False,
) -> StudentAdded:
    """Add a student to a family, or to a new one. Probable duplicates are only answered with
    unless `confirmed`."""
    clean = _clean(work, details)
    same = [] if confirmed else _duplicates(work, clean)
    if same:
        return StudentAdded(None, duplicates=same)
    family = access.family(work, family_id) if family_id else _new_family(work, clean, guardian)
    student = Student(
        **asdict(clean),
        family_id=family.id,
        status=status,
        external_id=external_id,
        left_on=left_on if status is StudentStatus.LEFT else None,
        created_at=work.now,
    )
    work.session.add(student)
    with constraint({"student_imported_once": AlreadyHere}):
        work.session.flush()
    guardian_id = add_guardian(work, student.id, guardian) if guardian else None
    work.emit(StudentArrived(student.id))
    return StudentAdded(student.id, family.id, guardian_id=guardian_id)


@requires(Permission.PEOPLE_MANAGE)
def edit_student(work: Work, student_id: StudentId, details: StudentDetails) -> None:
    """Replace what is known of a student; status and family have commands of their own."""
    student = access.student(work, student_id, lock=True)
    student.sqlmodel_update(asdict(_clean(work, details)))


@requires(Permission.PEOPLE_MANAGE)
def fill_student_blanks(
    work: Work,
    student_id: StudentId,
    details: StudentDetails,
    *,
    external_id: str | None = None,
) -> list[str]:
    """Write only where nothing was known before; answers with the names of what was filled."""
    student = access.student(work, student_id, lock=True)
    offered = asdict(_clean(work, details)) | {"external_id": external_id}
    del offered["is_adult"]  # no is not a blank
    return fill_blanks(student, offered)


@requires(Permission.PEOPLE_MANAGE)
def blank_student(work: Work, student_id: StudentId, filled: Sequence[str]) -> None:
    """Take back what `fill_student_blanks` wrote."""
    student = access.student(work, student_id, lock=True)
    blank_again(student, filled)


@requires(Permission.PEOPLE_MANAGE)
def move_student_to_family(work: Work, student_id: StudentId, family_id: FamilyId) -> None:
    """What was billed before stays with the old account."""
    family = access.family(work, family_id)
    access.student(work, student_id, lock=True).family_id = family.id


@requires(Permission.PEOPLE_MANAGE)
def change_student_status(work: Work, student_id: StudentId, status: StudentStatus) -> None:
    student = access.student(work, student_id, lock=True)
    _set_status(work, student, status)


@requires(Permission.PEOPLE_MANAGE)
def archive_student(work: Work, student_id: StudentId) -> None:
    """Put a student away. Their history stays; what still depends on them is asked above."""
    student = access.student(work, student_id, lock=True)
    if student.archived_at is None:
        student.archived_at = work.now
        _set_status(work, student, StudentStatus.LEFT)


@requires(Permission.PEOPLE_MANAGE)
def restore_student(work: Work, student_id: StudentId) -> None:
    student = access.student(work, student_id, lock=True)
    student.archived_at = None
    _set_status(work, student, StudentStatus.ACTIVE)


def _set_status(work: Work, student: Student, status: StudentStatus) -> None:
    if student.status == status:
        return
    student.status = status
    left = status is StudentStatus.LEFT
    student.left_on = local_date(work.now, studio_zone(work)) if left else None


def cleaned_student(details: StudentDetails, country: str) -> StudentDetails:
    """As it is kept; telephone numbers as somebody in that country dials them."""
    first, last = details.first_name.strip(), details.last_name.strip()
    if not first and not last:
        raise NameMissing
    return replace(
        details,
        first_name=first or last,
        last_name=last if first else "",
        email=email_address(details.email),
        phone=phone_number(details.phone, country),
        instrument=details.instrument.strip(),
        notes=details.notes.strip(),
    )


def _clean(work: Work, details: StudentDetails) -> StudentDetails:
    return cleaned_student(details, studio(work).country if details.phone else "")


def _new_family(work: Work, details: StudentDetails, guardian: GuardianDetails | None) -> Family:
    called = details.last_name or (guardian.name if guardian else "") or details.first_name
    family = Family(name=called, created_at=work.now)
    work.session.add(family)
    work.session.flush()
    return family


def _duplicates(work: Work, details: StudentDetails) -> list[Duplicate]:
    name = f"{details.first_name} {details.last_name}".strip()
    near = _called_like(work, name, details.email)
    known = [Known(s.name, s.email, s.phone, s.birthday) for s in near]
    same = looks_like(Known(name, details.email, details.phone, details.birthday), known)
    return [
        Duplicate(student.id, student.name, StudentStatus(student.status))
        for student, value in zip(near, known, strict=True)
        if value in same
    ]


def _called_like(work: Work, name: str, email: str) -> Sequence[Student]:
    """Students whose name shares its trigrams with this one; the rule looks closer."""
    called = func.lower(col(Student.first_name) + " " + col(Student.last_name))
    either: list[ColumnElement[bool]] = [called.op("%")(name.lower())]
    if email:
        either.append(func.lower(col(Student.email)) == email.lower())
    query = select(Student).where(or_(*either), col(Student.archived_at).is_(None))
    return work.session.exec(query.order_by(col(Student.id)).limit(50)).all()
