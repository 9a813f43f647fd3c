"""Families that pay, guardians, and teachers."""

from fastapi import APIRouter

from studio_app.kit.ids import FamilyId, GuardianId, TeacherId
from studio_app.people.commands.families import (
    FamilyDetails,
    add_family,
    archive_family,
    edit_family,
    restore_family,
)
from studio_app.people.commands.guardians import (
    GuardianDetails,
    archive_guardian,
    edit_guardian,
    make_primary_payer,
    remove_payer,
)
from studio_app.people.commands.teachers import (
    TeacherDetails,
    add_teacher,
    archive_teacher,
    edit_teacher,
    restore_teacher,
)
from studio_app.people.queries.families import (
    FamilyCard,
    FamilyPage,
    TeacherRow,
    families,
    family_card,
    teachers,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit, Words
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["families and teachers"])


@router.put("/guardians/{guardian_id}", status_code=204)
def replace_guardian(asking: Asking, guardian_id: GuardianId, details: GuardianDetails) -> None:
    asking.run(edit_guardian, guardian_id, details)


@router.delete("/guardians/{guardian_id}", status_code=204)
def put_guardian_away(asking: Asking, guardian_id: GuardianId) -> None:
    """Archived. 409 while they pay for somebody."""
    asking.run(archive_guardian, guardian_id)


@router.get("/families")
def list_families(
    asking: Asking, q: Words = "", after: FamilyId | None = None, limit: Limit = 50
) -> FamilyPage:
    """By name, a page at a time: ask for `after=next_after` until it is null."""
    return asking.run(families, text=q, after=after, limit=limit)


@router.post("/families", status_code=201)
def create_family(asking: Asking, details: FamilyDetails) -> Made:
    return Made(asking.run(add_family, details))


@router.get("/families/{family_id}")
def read_family(asking: Asking, family_id: FamilyId) -> FamilyCard:
    """Its students, who pays and how it is reached."""
    return asking.run(family_card, family_id)


@router.put("/families/{family_id}", status_code=204)
def replace_family(asking: Asking, family_id: FamilyId, details: FamilyDetails) -> None:
    asking.run(edit_family, family_id, details)


@router.delete("/families/{family_id}", status_code=204)
def put_family_away(asking: Asking, family_id: FamilyId) -> None:
    """Archived. 409 while students belong to it."""
    asking.run(archive_family, family_id)


@router.post("/families/{family_id}/restore", status_code=204)
def bring_family_back(asking: Asking, family_id: FamilyId) -> None:
    asking.run(restore_family, family_id)


@router.put("/families/{family_id}/payers/{guardian_id}/primary", status_code=204)
def choose_payer(asking: Asking, family_id: FamilyId, guardian_id: GuardianId) -> None:
    """Invoices name this payer from now on."""
    asking.run(make_primary_payer, family_id, guardian_id)


@router.delete("/families/{family_id}/payers/{guardian_id}", status_code=204)
def end_paying(asking: Asking, family_id: FamilyId, guardian_id: GuardianId) -> None:
    asking.run(remove_payer, family_id, guardian_id)


@router.get("/teachers")
def list_teachers(asking: Asking, page: Paging, *, archived: bool = False) -> Page[TeacherRow]:
    return page.of(asking.run(teachers, archived=archived), by=lambda one: one.id)


@router.post("/teachers", status_code=201)
def create_teacher(asking: Asking, details: TeacherDetails) -> Made:
    return Made(asking.run(add_teacher, details))


@router.put("/teachers/{teacher_id}", status_code=204)
def replace_teacher(asking: Asking, teacher_id: TeacherId, details: TeacherDetails) -> None:
    asking.run(edit_teacher, teacher_id, details)


@router.delete("/teachers/{teacher_id}", status_code=204)
def put_teacher_away(asking: Asking, teacher_id: TeacherId) -> None:
    asking.run(archive_teacher, teacher_id)


@router.post("/teachers/{teacher_id}/restore", status_code=204)
def bring_teacher_back(asking: Asking, teacher_id: TeacherId) -> None:
    asking.run(restore_teacher, teacher_id)
