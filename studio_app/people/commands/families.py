"""Payers' accounts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlmodel import col, func, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, Refused, constraint
from studio_app.kit.ids import FamilyId
from studio_app.kit.words import _, many
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.blanks import blank_again, fill_blanks
from studio_app.people.models import Family, Student


class FamilyNameMissing(Refused):
    message = _("Please give the family a name.")


class FamilyAlreadyHere(Conflict):
    message = _("A family with this number from the other system is already here.")


class StillHasStudents(Conflict):
    message = _("This family still has students.")


@dataclass(frozen=True, slots=True)
class FamilyDetails:
    name: str
    address: str = ""
    notes: str = ""


@requires(Permission.PEOPLE_MANAGE)
def add_family(work: Work, details: FamilyDetails, *, external_id: str | None = None) -> FamilyId:
    clean = cleaned_family(details)
    family = Family(**asdict(clean), external_id=external_id, created_at=work.now)
    work.session.add(family)
    with constraint({"family_imported_once": FamilyAlreadyHere}):
        work.session.flush()
    return family.id


@requires(Permission.PEOPLE_MANAGE)
def edit_family(work: Work, family_id: FamilyId, details: FamilyDetails) -> None:
    family = access.family(work, family_id, lock=True)
    family.sqlmodel_update(asdict(cleaned_family(details)))


@requires(Permission.PEOPLE_MANAGE)
def fill_family_blanks(
    work: Work, family_id: FamilyId, details: FamilyDetails, *, external_id: str | None = None
) -> list[str]:
    """Write only where nothing was known before; answers with the names of what was filled."""
    offered = asdict(cleaned_family(details)) | {"external_id": external_id}
    return fill_blanks(access.family(work, family_id, lock=True), offered)


@requires(Permission.PEOPLE_MANAGE)
def blank_family(work: Work, family_id: FamilyId, filled: Sequence[str]) -> None:
    """Take back what `fill_family_blanks` wrote."""
    blank_again(access.family(work, family_id, lock=True), filled)


@requires(Permission.PEOPLE_MANAGE)
def archive_family(work: Work, family_id: FamilyId) -> None:
    """Put an account away; refused while somebody in it still learns here."""
    family = access.family(work, family_id, lock=True)
    query = select(func.count()).where(
        Student.family_id == family_id, col(Student.archived_at).is_(None)
    )
    left = work.session.exec(query).one()
    if left:
        said = many(
            "This family still has {n} student. Archive them first.",
            "This family still has {n} students. Archive them first.",
            n=left,
        )
        raise StillHasStudents(said)
    family.archived_at = family.archived_at or work.now


@requires(Permission.PEOPLE_MANAGE)
def restore_family(work: Work, family_id: FamilyId) -> None:
    access.family(work, family_id, lock=True).archived_at = None


def cleaned_family(details: FamilyDetails) -> FamilyDetails:
    """As it is kept."""
    name, address, notes = details.name.strip(), details.address.strip(), details.notes.strip()
    if not name:
        raise FamilyNameMissing
    return FamilyDetails(name, address, notes)
