"""Who may do what: one line for each thing, one column for each role."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.identity.commands.members import set_grant
from studio_app.identity.queries import Grant, who_may_do_what
from studio_app.kit.access import Permission, Role
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.session import PageState
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, say

ROLES = (Role.ADMIN, Role.TEACHER, Role.GUARDIAN, Role.STUDENT)


@dataclass(frozen=True)
class PolicyLine:
    permission: str = ""
    words: str = ""
    admin: bool = False
    teacher: bool = False
    guardian: bool = False
    student: bool = False
    changed: bool = False


class PolicyState(PageState, rx.State):
    lines: list[PolicyLine] = []

    @loader
    async def load(self) -> None:
        self.lines = _lines(await self._run(who_may_do_what))

    @handler
    async def allow(self, role: str, permission: str, allowed: bool) -> EventType[()]:
        read = Form({"role": role, "permission": permission})
        held, what = read.choice("role", Role), read.choice("permission", Permission)
        read.check()
        await self._run(set_grant, held, what, allowed=allowed)
        name = say(held.label)
        said = _("{role} may do this now.", role=name)
        if not allowed:
            said = _("{role} may not do this any more.", role=name)
        undo = PolicyState.allow(role, permission, not allowed)
        await self._tell(said, detail=words_of(what), undo=undo)
        return PolicyState.load


def words_of(permission: Permission) -> str:
    """What a permission lets somebody do, as a person says it."""
    said = {
        Permission.OWN_ACCOUNT: _("Change their own name and password"),
        Permission.STUDIO_CONFIGURE: _("Change the studio’s settings"),
        Permission.MEMBER_MANAGE: _("Invite and remove members"),
        Permission.TOKEN_MANAGE: _("Make keys for programs of their own"),
        Permission.AUDIT_READ: _("Read who changed what"),
        Permission.PEOPLE_VIEW: _("See students and families"),
        Permission.PEOPLE_MANAGE: _("Change students, families and teachers"),
        Permission.STUDENT_ADD: _("Add students"),
        Permission.FAMILY_VIEW: _("See their own family"),
        Permission.CALENDAR_VIEW: _("See the whole calendar"),
        Permission.CALENDAR_MANAGE: _("Change anybody’s lessons"),
        Permission.LESSON_VIEW: _("See their own lessons"),
        Permission.LESSON_MOVE: _("Move and cancel their own lessons"),
        Permission.LESSON_BOOK: _("Book open times for themselves and their children"),
        Permission.HOURS_MANAGE: _("Say when they teach and when they are away"),
        Permission.SCHEDULE_CONFIGURE: _("Change places, kinds of lessons and terms"),
        Permission.ATTENDANCE_MARK: _("Mark who came"),
        Permission.BILLING_VIEW: _("See invoices and payments of everybody"),
        Permission.BILLING_MANAGE: _("Bill and record payments"),
        Permission.STATEMENT_VIEW: _("See their own account"),
        Permission.IMPORT_RUN: _("Import people from a file"),
        Permission.MESSAGE_VIEW: _("Read what was sent, and answers"),
        Permission.MESSAGE_SEND: _("Write to families"),
        Permission.MESSAGE_CONFIGURE: _("Choose what is sent, and its words"),
        Permission.OVERVIEW_VIEW: _("See the dashboard"),
        Permission.JOBS_VIEW: _("See what Cadenza does by itself"),
        Permission.JOBS_MANAGE: _("Try again or discard what Cadenza could not do"),
        Permission.TASK_MANAGE: _("Write and tick off the office’s tasks"),
        Permission.AUTOMATION_MANAGE: _("Set up what the studio does by itself"),
    }
    return said.get(permission, permission.value)


def _lines(grants: list[Grant]) -> list[PolicyLine]:
    allowed = {(one.permission, one.role): one.allowed for one in grants}
    changed = {one.permission for one in grants if one.changed}
    return [
        PolicyLine(
            what.value,
            words_of(what),
            **{role.value: allowed[what, role] for role in ROLES},
            changed=what in changed,
        )
        for what in dict.fromkeys(one.permission for one in grants)
    ]


def page() -> rx.Component:
    state: Any = PolicyState
    nothing = empty("shield", _("No policy"), _("Try again in a moment."))
    columns = [Column(_("May they …"), _what), *[_column(state, role) for role in ROLES]]
    return settings_shell(
        routes.SETTINGS_POLICY,
        loaded(
            state,
            card(
                card_body(
                    rx.el.p(_("Owners may always do everything."), class_name="t-sm dim"),
                ),
                table(_("Who may do what"), columns, state.lines, empty=nothing),
                title=_("Who may do what"),
            ),
            skeleton=card(skeleton_rows(8)),
            on_retry=PolicyState.load,
        ),
    )


def _what(line: Any) -> rx.Component:
    own = rx.el.span(_("changed by you"), class_name="t-xs faint")
    return rx.el.div(rx.el.p(line.words), rx.cond(line.changed, own, rx.fragment()))


def _column(state: Any, role: Role) -> Column:
    def box(line: Any) -> rx.Component:
        return rx.el.input(
            type="checkbox",
            class_name="check",
            checked=line[role.value],
            on_change=state.allow(role.value, line.permission),
            aria_label=say(role.label) + ": " + line.words,
        )

    return Column(say(role.label), box)
