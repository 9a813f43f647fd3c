"""Who belongs to the studio, who has been asked to, and asking somebody."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.identity.commands.members import invite, remove_member, withdraw_invitation
from studio_app.identity.queries import members, open_invitations
from studio_app.kit.access import Role
from studio_app.kit.formats import say_date
from studio_app.kit.ids import PersonId
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.opening import Opening
from studio_app.web.ui.avatars import colour_of, person
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field, text_field
from studio_app.web.ui.lists import Column, rows, table
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, say

STAFF = (Role.ADMIN, Role.TEACHER, Role.OWNER)


@dataclass(frozen=True)
class MemberLine:
    id: str = ""
    name: str = ""
    initials: str = ""
    colour: str = "k1"
    email: str = ""
    role: str = ""
    role_label: str = ""


@dataclass(frozen=True)
class InvitationLine:
    id: str = ""
    email: str = ""
    role: str = ""
    until: str = ""


class MembersState(Opening, rx.State):
    members: list[MemberLine] = []
    invitations: list[InvitationLine] = []
    roles: list[dict[str, str]] = []
    """What one may invite to: only an owner makes owners."""

    @loader
    async def load(self) -> None:
        found = await self._run(members)
        waiting = await self._run(open_invitations)
        locale = (await self._actor()).locale
        self.members = [
            MemberLine(
                str(one.person_id),
                one.name,
                initials(one.name),
                colour_of(one.person_id),
                one.email,
                one.role.value,
                say(one.role.label),
            )
            for one in found
        ]
        self.invitations = [
            InvitationLine(
                str(one.id),
                one.email,
                say(one.role.label),
                say_date(one.expires_at.date(), locale),
            )
            for one in waiting
        ]
        actor = await self._actor()
        offered = [role for role in STAFF if role is not Role.OWNER or actor.is_any(Role.OWNER)]
        self.roles = [{"value": role.value, "label": say(role.label)} for role in offered]

    @handler
    async def invite(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        name, email = read.optional_text("name", longest=160), read.text("email", longest=200)
        role = read.choice("role", Role)
        read.check()
        await self._run_once(self._key, invite, email, role, name=name)
        self.opened = ""
        await self._tell(_("{name} was invited.", name=name or email), detail=email)
        return MembersState.load

    @handler
    async def remove(self, person_id: str, role: str) -> EventType[()]:
        read = Form({"role": role})
        held = read.choice("role", Role)
        read.check()
        await self._run(remove_member, PersonId(as_id(person_id)), held)
        await self._tell(_("They cannot come in any more."))
        return MembersState.load

    @handler
    async def withdraw(self, invitation_id: str) -> EventType[()]:
        await self._run(withdraw_invitation, as_id(invitation_id))
        await self._tell(_("The invitation was withdrawn: its link does not work any more."))
        return MembersState.load


def page() -> rx.Component:
    state: Any = MembersState
    nobody = empty("users", _("Nobody yet"), _("Invite somebody to work with you."))
    return settings_shell(
        routes.SETTINGS_PEOPLE,
        loaded(
            state,
            stack(
                card(table(_("Members"), _columns(state), state.members, empty=nobody)),
                card(_waiting(state), title=_("Invitations that wait")),
            ),
            skeleton=card(skeleton_rows(4)),
            on_retry=MembersState.load,
        ),
        top=[_invite(state)],
    )


def _columns(state: Any) -> tuple[Column, ...]:
    def remove(row: Any) -> rx.Component:
        return confirm(
            title=_("End this role?"),
            words=_("It stops working with their next tap. What they did stays."),
            action=_("End the role"),
            on_confirm=state.remove(row.id, row.role),
            trigger=icon_button("user-minus", _("End the role")),
        )

    return (
        Column(_("Name"), lambda row: person(row.initials, row.name, row.email, colour=row.colour)),
        Column(_("Role"), lambda row: pill(row.role_label)),
        Column(_("Change"), remove),
    )


def _waiting(state: Any) -> rx.Component:
    none = empty("send", _("No invitation waits"), _("Everybody who was asked has answered."))

    def one(waiting: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(waiting.email, class_name="font-medium flex-1 min-w-0 truncate"),
            pill(waiting.role),
            rx.el.span(_("until"), " ", waiting.until, class_name="t-sm dim"),
            confirm(
                title=_("Withdraw this invitation?"),
                words=_("The link in the letter stops working at once."),
                action=_("Withdraw it"),
                on_confirm=state.withdraw(waiting.id),
                trigger=icon_button("x", _("Withdraw the invitation")),
            ),
            class_name="row flex-wrap",
        )

    return rows(state.invitations, one, empty=none)


def _invite(state: Any) -> rx.Component:
    return named_dialog(
        state,
        "invite",
        form(
            text_field(_("Name"), "name"),
            text_field(_("E-mail"), "email", kind="email", faults=state.faults, required=True),
            select_field(
                _("Role"),
                "role",
                state.roles,
                hint=_("Teachers and parents are best invited from their own page."),
            ),
            form_actions(submit(_("Send the invitation"))),
            on_submit=state.invite,
        ),
        title=_("Invite somebody"),
        words=_("They get a letter with a link that works for two weeks."),
        trigger=button(_("Invite"), "send", kind="primary"),
    )
