"""Students, families, guardians and teachers."""

from typing import Annotated

from fastapi import APIRouter, Body, Query

from studio_app.kit.ids import FamilyId, GuardianId, StudentId, TeacherId
from studio_app.people.commands.families import FamilyDetails, add_family, edit_family
from studio_app.people.commands.guardians import (
    GuardianDetails,
    add_guardian,
    edit_guardian,
    remove_guardianship,
)
from studio_app.people.commands.students import (
    StudentAdded,
    StudentDetails,
    add_student,
    archive_student,
    change_student_status,
    edit_student,
    restore_student,
)
from studio_app.people.commands.teachers import (
    TeacherDetails,
    add_teacher,
    archive_teacher,
    edit_teacher,
)
from studio_app.people.queries.families import (
    FamilyCard,
    FamilyPage,
    TeacherRow,
    families,
    family_card,
    teachers,
)
from studio_app.people.queries.finding import Found, find_people
from studio_app.people.queries.students import (
    StudentCard,
    StudentPage,
    StudentRow,
    StudentStatus,
    my_children,
    student_card,
    students,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made

router = APIRouter(prefix="/api/v1", tags=["people"])
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/people")
def find(asking: Asking, q: Annotated[str, Query(max_length=100)]) -> list[Found]:
    """At most twelve people called like this, best first."""
    return asking.run(find_people, q)


@router.get("/students")
def list_students(
    asking: Asking,
    *,
    status: Annotated[list[StudentStatus] | None, Query()] = None,
    q: Annotated[str, Query(max_length=100)] = "",
    archived: bool = False,
    after: StudentId | None = None,
    limit: Limit = 50,
) -> StudentPage:
    """By surname, a page at a time: ask for `after=next_after` until it is null."""
    chosen = tuple(status or ())
    return asking.run(
        students, statuses=chosen, text=q, archived=archived, after=after, limit=limit
    )


@router.post("/students", status_code=201)
def create_student(
    asking: Asking,
    *,
    details: StudentDetails,
    family_id: Annotated[FamilyId | None, Body()] = None,
    guardian: Annotated[GuardianDetails | None, Body()] = None,
    confirmed: Annotated[bool, Body()] = False,
) -> StudentAdded:
    """Only a name is needed. Probable duplicates are answered with, and nothing is added,
    unless `confirmed`."""
    return asking.run(
        add_student, details, family_id=family_id, guardian=guardian, confirmed=confirmed
    )


@router.get("/students/{student_id}")
def read_student(asking: Asking, student_id: StudentId) -> StudentCard:
    return asking.run(student_card, student_id)


@router.put("/students/{student_id}", status_code=204)
def replace_student(asking: Asking, student_id: StudentId, details: StudentDetails) -> None:
    asking.run(edit_student, student_id, details)


@router.put("/students/{student_id}/status", status_code=204)
def replace_status(
    asking: Asking, student_id: StudentId, status: Annotated[StudentStatus, Body(embed=True)]
) -> None:
    asking.run(change_student_status, student_id, status)


@router.delete("/students/{student_id}", status_code=204)
def put_student_away(asking: Asking, student_id: StudentId) -> None:
    """Archived, never deleted: what was taught and billed stays."""
    asking.run(archive_student, student_id)


@router.post("/students/{student_id}/restore", status_code=204)
def bring_student_back(asking: Asking, student_id: StudentId) -> None:
    asking.run(restore_student, student_id)


@router.post("/students/{student_id}/guardians", status_code=201)
def create_guardian(
    asking: Asking,
    *,
    student_id: StudentId,
    details: GuardianDetails,
    pays: Annotated[bool, Body()] = True,
) -> Made:
    return Made(asking.run(add_guardian, student_id, details, pays=pays))


@router.delete("/students/{student_id}/guardians/{guardian_id}", status_code=204)
def end_guardianship(asking: Asking, student_id: StudentId, guardian_id: GuardianId) -> None:
    asking.run(remove_guardianship, student_id, guardian_id)


@router.put("/guardians/{guardian_id}", status_code=204)
def replace_guardian(asking: Asking, guardian_id: GuardianId, details: GuardianDetails) -> None:
    asking.run(edit_guardian, guardian_id, details)


@router.get("/families")
def list_families(
    asking: Asking,
    q: Annotated[str, Query(max_length=100)] = "",
    after: FamilyId | None = None,
    limit: Limit = 50,
) -> FamilyPage:
    return asking.run(families, text=q, after=after, limit=limit)


@router.post("/families", status_code=201)
def create_family(asking: Asking, details: FamilyDetails) -> Made:
    return Made(asking.run(add_family, details))


@router.get("/families/{family_id}")
def read_family(asking: Asking, family_id: FamilyId) -> FamilyCard:
    return asking.run(family_card, family_id)


@router.put("/families/{family_id}", status_code=204)
def replace_family(asking: Asking, family_id: FamilyId, details: FamilyDetails) -> None:
    asking.run(edit_family, family_id, details)


@router.get("/teachers")
def list_teachers(asking: Asking, *, archived: bool = False) -> list[TeacherRow]:
    return asking.run(teachers, archived=archived)


@router.post("/teachers", status_code=201)
def create_teacher(asking: Asking, details: TeacherDetails) -> Made:
    return Made(asking.run(add_teacher, details))


@router.put("/teachers/{teacher_id}", status_code=204)
def replace_teacher(asking: Asking, teacher_id: TeacherId, details: TeacherDetails) -> None:
    asking.run(edit_teacher, teacher_id, details)


@router.delete("/teachers/{teacher_id}", status_code=204)
def put_teacher_away(asking: Asking, teacher_id: TeacherId) -> None:
    asking.run(archive_teacher, teacher_id)


@router.get("/me/children")
def children(asking: Asking) -> list[StudentRow]:
    """One's own children in this studio, or oneself as a student."""
    return asking.run(my_children)
