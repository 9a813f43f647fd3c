"""Whose page it is: what the shells around every signed-in page show."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import reflex as rx

from studio_app.billing.queries.owing import overdue_invoices
from studio_app.identity.queries import Profile, StudioChoice
from studio_app.kit.access import Permission, Role
from studio_app.messaging.queries.inbox import unread_messages
from studio_app.messaging.queries.log import messages_needing_somebody
from studio_app.overview.queries.frame import Undone, page_frame, undone
from studio_app.web import routes
from studio_app.web.handlers import handler, open_handler
from studio_app.web.session import PageState
from studio_app.web.words import say

OFFICE_ROLES = {Role.OWNER, Role.ADMIN}
FAMILY_ROLES = {Role.GUARDIAN, Role.STUDENT}


@dataclass(frozen=True)
class Elsewhere:
    """Another studio of the same person."""

    id: str = ""
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Frame:
    """Empty until it is loaded: pages are compiled with this."""

    studio: str = ""
    person: str = ""
    first_name: str = ""
    initials: str = ""
    role: str = ""
    overdue: str = ""
    """How many invoices are overdue; empty when none is."""
    messages: str = ""
    """How many messages did not arrive and how many answers nobody has read, together."""
    unread: str = ""
    """How many messages one has not read; empty when none is."""
    bookings: str = ""
    """How many bookings nobody has decided about; empty when none is."""
    unmarked: str = ""
    """How many lessons are over and not marked; empty when none is."""
    in_office: bool = False
    teaches: bool = False
    in_family: bool = False
    is_demo: bool = False


class FrameState(PageState, rx.State):
    frame: Frame = Frame()
    elsewhere: list[Elsewhere] = []

    @handler
    async def load(self) -> None:
        found = await self._run(page_frame)
        here = found.profile.studio_id
        self.frame = replace(
            _frame(found.profile),
            overdue=_counted(found.overdue),
            messages=_counted(found.needing),
            unread=_counted(found.unread),
            **_said(found.undone),
        )
        self.elsewhere = [_elsewhere(one) for one in found.studios if one.id != here]

    @handler
    async def count_overdue(self) -> None:
        """Somebody paid, or an invoice went out."""
        await self._count()

    @handler
    async def count_messages(self) -> None:
        """One did not arrive, or somebody answered."""
        await self._count_messages()

    @handler
    async def count_unread(self) -> None:
        """Something came into the inbox, or was read."""
        await self._count_unread()

    @handler
    async def count_undone(self) -> None:
        """A family booked, the office decided, a lesson is over, somebody marked one."""
        if (await self._actor()).may(Permission.CALENDAR_MANAGE):
            self.frame = replace(self.frame, **_said(await self._run(undone)))

    async def _count_unread(self) -> None:
        may_see = (await self._actor()).may(Permission.OWN_ACCOUNT)
        unread = await self._run(unread_messages) if may_see else 0
        self.frame = replace(self.frame, unread=_counted(unread))

    async def _count(self) -> None:
        may_see = (await self._actor()).may(Permission.BILLING_VIEW)
        late = await self._run(overdue_invoices) if may_see else 0
        self.frame = replace(self.frame, overdue=_counted(late))
        await self._count_messages()

    async def _count_messages(self) -> None:
        may_see = (await self._actor()).may(Permission.MESSAGE_VIEW)
        waiting = (await self._run(messages_needing_somebody)).all if may_see else 0
        self.frame = replace(self.frame, messages=_counted(waiting))


class Door(PageState, rx.State):
    """The site's front door: leads everybody to their own home."""

    @open_handler
    async def lead(self) -> rx.event.EventSpec:
        actor = await self._actor()
        if actor.person_id is None:
            return rx.redirect(routes.SIGN_IN)
        return rx.redirect(home_of(actor.roles))


def home_of(roles: Collection[Role]) -> str:
    if not OFFICE_ROLES.isdisjoint(roles):
        return routes.OFFICE
    if Role.TEACHER in roles:
        return routes.TODAY
    return routes.PORTAL if roles else routes.NO_STUDIO


def _counted(n: int) -> str:
    return str(n) if n else ""


def _said(found: Undone) -> dict[str, str]:
    return {"bookings": _counted(found.to_decide), "unmarked": _counted(found.to_mark)}


def _frame(profile: Profile) -> Frame:
    roles = set(profile.roles)
    return Frame(
        studio=profile.studio,
        person=profile.name,
        first_name=profile.name.split(maxsplit=1)[0] if profile.name else "",
        initials=initials(profile.name),
        role=_names(profile.roles),
        in_office=bool(roles & OFFICE_ROLES),
        teaches=Role.TEACHER in roles,
        in_family=bool(roles & FAMILY_ROLES),
        is_demo=profile.is_demo,
    )


def _elsewhere(choice: StudioChoice) -> Elsewhere:
    return Elsewhere(str(choice.id), choice.name, _names(choice.roles))


def _names(roles: tuple[Role, ...]) -> str:
    return ", ".join(say(role.label) for role in roles)


def initials(name: str) -> str:
    """Of the first and the last name: Chloe de Martin is CM."""
    words = name.split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
