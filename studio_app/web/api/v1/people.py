"""Students, and finding anybody."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Body, Query

from studio_app.kit.ids import FamilyId, GuardianId, StudentId
from studio_app.messaging.commands.consenting import note_consent
from studio_app.messaging.queries.consents import TextConsent, text_consents
from studio_app.overview.commands.leaving import LetGo, let_student_go, take_student_back
from studio_app.overview.queries.leaving import Leaving, what_depends_on_student
from studio_app.people.commands.guardians import (
    GuardianDetails,
    add_guardian,
    edit_guardianship,
    link_guardian,
    remove_guardianship,
)
from studio_app.people.commands.students import (
    StudentAdded,
    StudentDetails,
    add_student,
    archive_student,
    change_student_status,
    edit_student,
    move_student_to_family,
    restore_student,
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
    students_by_status,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit, Words
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["people"])


@dataclass(frozen=True, slots=True)
class Hears:
    """`billing` null: bills go to whoever is the primary payer."""

    schedule: bool
    practice: bool
    billing: bool | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """`wording` is how it was said: on the form, on the telephone."""

    given: bool
    wording: str


@router.get("/people")
def find(asking: Asking, q: Words) -> list[Found]:
    """At most twelve people called like this, best first."""
    return asking.run(find_people, q)


@router.get("/students")
def list_students(
    asking: Asking,
    *,
    status: Annotated[list[StudentStatus] | None, Query()] = None,
    q: Words = "",
    tag: Words = "",
    archived: bool = False,
    after: StudentId | None = None,
    limit: Limit = 50,
) -> StudentPage:
    """By surname, a page at a time: ask for `after=next_after` until it is null."""
    chosen = tuple(status or ())
    return asking.run(
        students,
        statuses=chosen,
        text=q,
        tag=tag,
        archived=archived,
        after=after,
        limit=limit,
    )


@router.get("/students/counts")
def count_students(asking: Asking) -> dict[StudentStatus, int]:
    """How many there are of each status, without archived ones."""
    return asking.run(students_by_status)


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


@router.put("/students/{student_id}/guardians/{guardian_id}", status_code=204)
def link(
    asking: Asking,
    *,
    student_id: StudentId,
    guardian_id: GuardianId,
    pays: Annotated[bool, Body(embed=True)] = True,
) -> None:
    """Somebody who is a guardian here already is one of this student too."""
    asking.run(link_guardian, student_id, guardian_id, pays=pays)


@router.put("/students/{student_id}/guardians/{guardian_id}/messages", status_code=204)
def choose_messages(
    asking: Asking, student_id: StudentId, guardian_id: GuardianId, hears: Hears
) -> None:
    """What about this student reaches this parent."""
    asking.run(
        edit_guardianship,
        student_id,
        guardian_id,
        receives_schedule=hears.schedule,
        receives_practice=hears.practice,
        receives_billing=hears.billing,
    )


@router.get("/students/{student_id}/text-consents")
def read_text_consents(asking: Asking, student_id: StudentId, page: Paging) -> Page[TextConsent]:
    """Whether texts may go to their parents, and what was said."""
    return page.of(asking.run(text_consents, student_id), by=lambda one: one.guardian_id)


@router.post("/guardians/{guardian_id}/text-consents", status_code=204)
def note_text_consent(asking: Asking, guardian_id: GuardianId, said: Said) -> None:
    """What a parent said about texts; another number later is another question."""
    asking.run(note_consent, guardian_id, given=said.given, wording=said.wording)


@router.put("/students/{student_id}/family", status_code=204)
def change_family(
    asking: Asking, student_id: StudentId, family_id: Annotated[FamilyId, Body(embed=True)]
) -> None:
    """What was billed stays with the family before."""
    asking.run(move_student_to_family, student_id, family_id)


@router.get("/students/{student_id}/leaving")
def leaving(asking: Asking, student_id: StudentId) -> Leaving:
    """What still depends on a student: lessons to come, series, debts."""
    return asking.run(what_depends_on_student, student_id)


@router.post("/students/{student_id}/let-go")
def let_go(asking: Asking, student_id: StudentId) -> LetGo:
    """Ends what is to come, then archives. Answers what `take-back` takes to undo it."""
    return asking.run(let_student_go, student_id)


@router.post("/students/{student_id}/take-back", status_code=204)
def take_back(asking: Asking, student_id: StudentId, was: LetGo) -> None:
    asking.run(take_student_back, student_id, was)


@router.get("/me/children")
def children(asking: Asking) -> list[StudentRow]:
    """One's own children in this studio, or oneself as a student."""
    return asking.run(my_children)
