"""Who is responsible for a student, and who pays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound, Refused, constraint
from studio_app.kit.ids import FamilyId, GuardianId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.blanks import blank_again, fill_blanks
from studio_app.people.contacts import email_address, phone_number
from studio_app.people.models import Guardian, Guardianship, Payer, Student


class GuardianNameMissing(Refused):
    message = _("Please give the parent’s name.")


class AlreadyGuardian(Conflict):
    message = _("This parent is already listed for this student.")


class StillPays(Conflict):
    message = _("This parent pays for the family. Choose another payer first.")


@dataclass(frozen=True, slots=True)
class GuardianDetails:
    name: str
    email: str = ""
    phone: str = ""


@requires(Permission.STUDENT_ADD)
def add_guardian(
    work: Work,
    student_id: StudentId,
    details: GuardianDetails,
    *,
    pays: bool = True,
    receives_schedule: bool = True,
) -> GuardianId:
    """A new person responsible for a student; the first who pays becomes the primary payer."""
    access.student(work, student_id)
    guardian = Guardian(created_at=work.now, **_clean(work, details))
    work.session.add(guardian)
    work.session.flush()
    link_guardian(work, student_id, guardian.id, pays=pays, receives_schedule=receives_schedule)
    return guardian.id


@requires(Permission.STUDENT_ADD)
def link_guardian(
    work: Work,
    student_id: StudentId,
    guardian_id: GuardianId,
    *,
    pays: bool = True,
    receives_schedule: bool = True,
) -> None:
    """Make somebody we know responsible for one more student."""
    student = access.student(work, student_id)
    guardian = access.guardian(work, guardian_id)
    work.session.add(
        Guardianship(
            guardian_id=guardian.id,
            student_id=student.id,
            receives_schedule=receives_schedule,
            created_at=work.now,
        )
    )
    with constraint({"guardianship_once": AlreadyGuardian}):
        work.session.flush()
    if pays:
        _let_pay(work, student.family_id, guardian.id)


@requires(Permission.PEOPLE_MANAGE)
def edit_guardian(work: Work, guardian_id: GuardianId, details: GuardianDetails) -> None:
    guardian = access.guardian(work, guardian_id, lock=True)
    guardian.sqlmodel_update(_clean(work, details))


@requires(Permission.PEOPLE_MANAGE)
def fill_guardian_blanks(
    work: Work, guardian_id: GuardianId, details: GuardianDetails
) -> list[str]:
    """Write only where nothing was known before; answers with the names of what was filled."""
    return fill_blanks(access.guardian(work, guardian_id, lock=True), _clean(work, details))


@requires(Permission.PEOPLE_MANAGE)
def blank_guardian(work: Work, guardian_id: GuardianId, filled: Sequence[str]) -> None:
    """Take back what `fill_guardian_blanks` wrote."""
    blank_again(access.guardian(work, guardian_id, lock=True), filled)


@requires(Permission.PEOPLE_MANAGE)
def edit_guardianship(
    work: Work,
    student_id: StudentId,
    guardian_id: GuardianId,
    *,
    receives_schedule: bool,
    receives_practice: bool,
    receives_billing: bool | None,
) -> None:
    """Which messages about this student reach this parent.

    Bills: yes, no, or None for the rule that they go to the primary payer.
    """
    link = access.guardianship(work, student_id, guardian_id, lock=True)
    link.receives_schedule = receives_schedule
    link.receives_practice = receives_practice
    link.receives_billing = receives_billing


@requires(Permission.PEOPLE_MANAGE)
def remove_guardianship(
    work: Work, student_id: StudentId, guardian_id: GuardianId, *, even_last: bool = False
) -> None:
    """End a parent's responsibility for a student: they stop seeing them at once.

    With the last child of a family goes the right to see its account. Refused while they
    are the one who is billed and somebody else could not be, unless `even_last`: what made
    them responsible is taken back.
    """
    link = access.guardianship(work, student_id, guardian_id, lock=True)
    family_id = access.student(work, student_id).family_id
    work.session.delete(link)
    work.session.flush()
    if not _has_child_in(work, guardian_id, family_id):
        _stop_paying(work, family_id, guardian_id, even_last=even_last)


@requires(Permission.PEOPLE_MANAGE)
def make_primary_payer(work: Work, family_id: FamilyId, guardian_id: GuardianId) -> None:
    """Whose name the family's bills carry."""
    access.family(work, family_id, lock=True)
    if not _has_child_in(work, guardian_id, family_id) and not _payer(work, family_id, guardian_id):
        raise NotFound
    work.session.connection().execute(
        update(Payer).where(col(Payer.family_id) == family_id).values(is_primary=False)
    )
    work.session.expire_all()
    _let_pay(work, family_id, guardian_id)


@requires(Permission.PEOPLE_MANAGE)
def remove_payer(work: Work, family_id: FamilyId, guardian_id: GuardianId) -> None:
    """A second payer stops seeing and settling the account."""
    access.family(work, family_id, lock=True)
    payer = _payer(work, family_id, guardian_id)
    if payer is None:
        raise NotFound
    if payer.is_primary:
        raise StillPays
    work.session.delete(payer)


@requires(Permission.PEOPLE_MANAGE)
def archive_guardian(work: Work, guardian_id: GuardianId) -> None:
    """Put a parent away who is responsible for nobody any more; refused while they pay."""
    guardian = access.guardian(work, guardian_id, lock=True)
    paid_for = (
        select(Payer.id)
        .join(Student, col(Student.family_id) == Payer.family_id)
        .where(Payer.guardian_id == guardian_id, col(Student.archived_at).is_(None))
        .where(col(Payer.is_primary))
    )
    if work.session.exec(paid_for.limit(1)).first():
        raise StillPays
    guardian.archived_at = work.now


def cleaned_guardian(details: GuardianDetails, country: str) -> dict[str, Any]:
    """As it is kept, by the names of its columns."""
    if not details.name.strip():
        raise GuardianNameMissing
    return {
        "name": details.name.strip(),
        "email": email_address(details.email),
        "phone": phone_number(details.phone, country),
    }


def _clean(work: Work, details: GuardianDetails) -> dict[str, Any]:
    return cleaned_guardian(details, studio(work).country if details.phone else "")


def _payer(work: Work, family_id: FamilyId, guardian_id: GuardianId) -> Payer | None:
    payers = access.payers(work, family_id)
    return next((payer for payer in payers if payer.guardian_id == guardian_id), None)


def _let_pay(work: Work, family_id: FamilyId, guardian_id: GuardianId) -> None:
    """Make them a payer; the primary one where there is none."""
    payers = access.payers(work, family_id)
    is_primary = not any(payer.is_primary for payer in payers)
    known = next((payer for payer in payers if payer.guardian_id == guardian_id), None)
    if known is None:
        known = Payer(family_id=family_id, guardian_id=guardian_id, created_at=work.now)
        work.session.add(known)
    known.is_primary = known.is_primary or is_primary
    work.session.flush()


def _stop_paying(
    work: Work, family_id: FamilyId, guardian_id: GuardianId, *, even_last: bool
) -> None:
    payers = access.payers(work, family_id)
    leaving = next((payer for payer in payers if payer.guardian_id == guardian_id), None)
    if leaving is None:
        return
    others = [payer for payer in payers if payer is not leaving]
    if leaving.is_primary and not others and not even_last and _has_students(work, family_id):
        raise StillPays
    work.session.delete(leaving)
    work.session.flush()
    if leaving.is_primary and others:
        others[0].is_primary = True


def _has_child_in(work: Work, guardian_id: GuardianId, family_id: FamilyId) -> bool:
    query = (
        select(Guardianship.id)
        .join(Student, col(Student.id) == Guardianship.student_id)
        .where(Guardianship.guardian_id == guardian_id, Student.family_id == family_id)
    )
    return work.session.exec(query.limit(1)).first() is not None


def _has_students(work: Work, family_id: FamilyId) -> bool:
    query = select(Student.id).where(
        Student.family_id == family_id, col(Student.archived_at).is_(None)
    )
    return work.session.exec(query.limit(1)).first() is not None
