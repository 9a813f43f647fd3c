"""The studio itself: its name, who belongs to it, and what each role may do."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body
from pydantic import Field

from studio_app.bookings.commands.zones import Keep, change_timezone
from studio_app.bookings.queries.zones import ZonePreview, zone_preview
from studio_app.identity.commands.account import configure_studio
from studio_app.identity.commands.members import (
    invite,
    remove_member,
    set_grant,
    withdraw_invitation,
)
from studio_app.identity.commands.sign_up import NewStudio, found_another_studio
from studio_app.identity.queries import Member, OpenInvitation, members, open_invitations
from studio_app.kit.access import Permission, Role
from studio_app.kit.ids import GuardianId, PersonId, TeacherId
from studio_app.overview.queries.setup import SetupProgress, setup_progress
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["studio"])


@dataclass(frozen=True, slots=True)
class StudioDetails:
    """`region` is the code of a part of the country, for bank holidays: ENG, SCT, BY."""

    name: str
    locale: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class NewClock:
    """IANA's name of the timezone. `local_time`: a lesson at 16:00 stays at 16:00 and moves to
    another moment; `moment`: lessons stay when they are."""

    timezone: Annotated[str, Field(max_length=60)]
    keep: Keep


@dataclass(frozen=True, slots=True)
class MovedLessons:
    moved: int


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Accepting it links the person to the teacher or guardian named here."""

    email: str
    role: Role
    name: str = ""
    teacher_id: TeacherId | None = None
    guardian_id: GuardianId | None = None


@router.post("/studios", status_code=201)
def create_studio(asking: Asking, studio: NewStudio) -> Made:
    """Another studio of one's own: country is ISO 3166, currency ISO 4217, timezone IANA."""
    return Made(asking.run(found_another_studio, studio))


@router.get("/studio/setup")
def read_setup(asking: Asking) -> SetupProgress:
    """Which steps from an empty studio to the first invoice are done."""
    return asking.run(setup_progress)


@router.put("/studio", status_code=204)
def replace_studio(asking: Asking, details: StudioDetails) -> None:
    asking.run(configure_studio, details.name, details.locale, details.region)


@router.post("/studio/timezone/preview")
def preview_timezone(asking: Asking, clock: NewClock) -> ZonePreview:
    """How much another timezone would move, and what would stand in its way. Nothing changes."""
    return asking.run(zone_preview, clock.timezone, clock.keep)


@router.post("/studio/timezone")
def replace_timezone(asking: Asking, clock: NewClock) -> MovedLessons:
    """What has begun never moves. 409 where lessons would meet on the new clock, and then
    nothing changes."""
    return MovedLessons(asking.run(change_timezone, clock.timezone, clock.keep))


@router.get("/members")
def list_members(asking: Asking, page: Paging) -> Page[Member]:
    """One entry for each role that somebody has here."""
    return page.of(asking.run(members), by=lambda one: f"{one.person_id}.{one.role}")


@router.delete("/members/{person_id}/roles/{role}", status_code=204)
def end_role(asking: Asking, person_id: PersonId, role: Role) -> None:
    """Works at once. 409 for the last owner."""
    asking.run(remove_member, person_id, role)


@router.get("/invitations")
def list_invitations(asking: Asking, page: Paging) -> Page[OpenInvitation]:
    """Those that can still be accepted."""
    return page.of(asking.run(open_invitations), by=lambda one: one.id)


@router.post("/invitations", status_code=201)
def create_invitation(asking: Asking, wanted: NewInvitation) -> Made:
    """Sends a letter; its link works for fourteen days."""
    invitation_id: UUID = asking.run(
        invite,
        wanted.email,
        wanted.role,
        name=wanted.name,
        teacher_id=wanted.teacher_id,
        guardian_id=wanted.guardian_id,
    )
    return Made(invitation_id)


@router.delete("/invitations/{invitation_id}", status_code=204)
def withdraw(asking: Asking, invitation_id: UUID) -> None:
    """Its link stops working at once. 409 once it was accepted."""
    asking.run(withdraw_invitation, invitation_id)


@router.put("/roles/{role}/grants/{permission}", status_code=204)
def change_grant(
    asking: Asking,
    role: Role,
    permission: Permission,
    allowed: Annotated[bool, Body(embed=True)],
) -> None:
    """Widens or narrows what a role may do in this studio; owners keep everything."""
    asking.run(set_grant, role, permission, allowed=allowed)
