"""Who is responsible for a student: their switches, their invitation, adding one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from studio_app.identity.commands.members import invite
from studio_app.kit.access import Role
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import GuardianId, StudentId
from studio_app.people.commands.guardians import (
    GuardianDetails,
    add_guardian,
    edit_guardian,
    edit_guardianship,
    remove_guardianship,
)
from studio_app.people.queries.students import GuardianRow, student_card
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import checkbox, form, switch, text_field
from studio_app.web.ui.lists import rows
from studio_app.web.ui.states import empty
from studio_app.web.words import _

BY_RULE, ALWAYS, NEVER = "rule", "always", "never"
BILLING: dict[str, bool | None] = {BY_RULE: None, ALWAYS: True, NEVER: False}


@dataclass(frozen=True)
class GuardianLine:
    id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    schedule: bool = False
    practice: bool = False
    billing: str = BY_RULE
    pays: bool = False
    bills: bool = False
    """Whose name the bills carry."""
    has_account: bool = False


class GuardiansState(Opening, rx.State):
    guardians: list[GuardianLine] = []

    @loader
    async def load(self) -> None:
        card = await self._run(student_card, self._student())
        self.guardians = [_line(one) for one in card.guardians]

    @handler
    async def add(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        details, pays = _details(sent), Form(sent).flag("pays")
        await self._run_once(self._key, add_guardian, self._student(), details, pays=pays)
        self.opened = ""
        await self._tell(_("{name} is responsible now.", name=details.name))
        return GuardiansState.load

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        guardian_id = GuardianId(as_id(self._about("edit")))
        await self._run_once(self._key, edit_guardian, guardian_id, _details(sent))
        self.opened = ""
        await self._tell(_("Saved."))
        return GuardiansState.load

    @handler
    async def switch(self, guardian_id: str, which: str, on: bool) -> EventType[()]:
        """Which messages about this student reach this parent."""
        one = self._guardian(guardian_id)
        await self._run(
            edit_guardianship,
            self._student(),
            GuardianId(as_id(guardian_id)),
            receives_schedule=on if which == "schedule" else one.schedule,
            receives_practice=on if which == "practice" else one.practice,
            receives_billing=BILLING[one.billing],
        )
        return GuardiansState.load

    @handler
    async def choose_billing(self, guardian_id: str, billing: str) -> EventType[()]:
        """Whether bills and receipts reach this parent, or as the rule has it."""
        if billing not in BILLING:
            raise NotFound
        one = self._guardian(guardian_id)
        await self._run(
            edit_guardianship,
            self._student(),
            GuardianId(as_id(guardian_id)),
            receives_schedule=one.schedule,
            receives_practice=one.practice,
            receives_billing=BILLING[billing],
        )
        return GuardiansState.load

    @handler
    async def remove(self, guardian_id: str) -> EventType[()]:
        name = self._guardian(guardian_id).name
        await self._run(remove_guardianship, self._student(), GuardianId(as_id(guardian_id)))
        await self._tell(_("{name} is no longer responsible.", name=name))
        return GuardiansState.load

    @handler
    async def invite(self, guardian_id: str) -> None:
        one = self._guardian(guardian_id)
        asked: UUID = await self._run_once(
            f"{self._key} {guardian_id}",
            invite,
            one.email,
            Role.GUARDIAN,
            name=one.name,
            guardian_id=GuardianId(as_id(guardian_id)),
        )
        words = _("{name} was invited.", name=one.name)
        await self._tell(words, detail=one.email if asked else "")

    def _guardian(self, guardian_id: str) -> GuardianLine:
        found = [one for one in self.guardians if one.id == guardian_id]
        return found[0] if found else GuardianLine(id=str(as_id(guardian_id)))

    def _student(self) -> StudentId:
        return StudentId(self._path_id("student_id"))


def _details(sent: dict[str, Any]) -> GuardianDetails:
    read = Form(sent)
    details = GuardianDetails(
        read.text("name", longest=160), read.optional_text("email"), read.optional_text("phone")
    )
    read.check()
    return details


def _line(row: GuardianRow) -> GuardianLine:
    return GuardianLine(
        id=str(row.id),
        name=row.name,
        email=row.email,
        phone=row.phone,
        schedule=row.receives_schedule,
        practice=row.receives_practice,
        billing=next(name for name, on in BILLING.items() if on is row.receives_billing),
        pays=row.pays,
        bills=row.is_primary_payer,
        has_account=row.has_account,
    )


def guardians_card() -> rx.Component:
    state: Any = GuardiansState
    nobody = empty(
        "user-plus",
        _("Nobody responsible yet"),
        _("A parent gets the timetable and sees the lessons."),
        level=3,
    )
    return card(
        rows(state.guardians, _guardian, empty=nobody),
        title=_("Responsible"),
        action=_add(state),
    )


def _guardian(one: Any) -> rx.Component:
    state: Any = GuardiansState
    marks = rx.el.div(
        rx.cond(one.bills, pill(_("Gets the bills"), tone="accent"), rx.fragment()),
        rx.cond(one.pays & ~one.bills, pill(_("Pays too")), rx.fragment()),
        rx.cond(one.has_account, pill(_("Has an account"), tone="ok"), _invite(one)),
        class_name="flex flex-wrap gap-1 items-center",
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(one.name, class_name="font-medium truncate"),
                rx.el.p(one.email, class_name="t-sm dim truncate"),
                rx.el.p(one.phone, class_name="t-sm dim"),
                class_name="min-w-0 flex-1",
            ),
            _edit(state, one),
            _remove(one),
            class_name="flex items-start gap-1",
        ),
        marks,
        switch(
            _("Timetable"),
            "schedule-" + one.id,
            checked=one.schedule,
            on_change=state.switch(one.id, "schedule"),
        ),
        switch(
            _("Practice"),
            "practice-" + one.id,
            checked=one.practice,
            on_change=state.switch(one.id, "practice"),
        ),
        _bills(state, one),
        class_name="entry",
    )


def _bills(state: Any, one: Any) -> rx.Component:
    choices = [
        (BY_RULE, _("If they are billed")),
        (ALWAYS, _("Always")),
        (NEVER, _("Never")),
    ]
    own = "billing-" + one.id
    select = rx.el.select(
        *[rx.el.option(words, value=value) for value, words in choices],
        id=own,
        value=one.billing,
        on_change=state.choose_billing(one.id),
        class_name="input input--short",
    )
    return rx.el.div(
        rx.el.label(_("Invoices and receipts"), html_for=own), select, class_name="switch-line"
    )


def _invite(one: Any) -> rx.Component:
    asks = confirm(
        title=_("Invite this parent?"),
        words=_("They get a letter with a link to their own page: lessons, invoices, messages."),
        action=_("Send the invitation"),
        on_confirm=GuardiansState.invite(one.id),
        trigger=button(_("Invite"), "send", size="sm"),
        kind="primary",
    )
    return rx.cond(one.email != "", asks, pill(_("No e-mail yet")))


def _edit(state: Any, one: Any) -> rx.Component:
    return named_dialog(
        state,
        "edit " + one.id,
        form(
            _fields(state, one),
            form_actions(submit(_("Save"))),
            on_submit=state.save,
        ),
        title=_("Edit the parent"),
        trigger=icon_button("pencil", _("Edit"), size="sm"),
    )


def _remove(one: Any) -> rx.Component:
    return confirm(
        title=_("No longer responsible?"),
        words=_("They stop seeing this student at once. The student stays in the family."),
        action=_("Take them off"),
        on_confirm=GuardiansState.remove(one.id),
        trigger=icon_button("user-minus", _("Take off"), size="sm"),
    )


def _add(state: Any) -> rx.Component:
    return named_dialog(
        state,
        "add",
        form(
            _fields(state),
            checkbox(_("Pays for the family"), "pays", default_checked=True),
            form_actions(submit(_("Add"))),
            on_submit=state.add,
        ),
        title=_("Add a parent"),
        trigger=button(_("Add"), "plus", size="sm"),
    )


def _fields(state: Any, one: Any = None) -> rx.Component:
    def given(name: str) -> dict[str, Any]:
        return {"faults": state.faults} | ({} if one is None else {"default_value": one[name]})

    return rx.fragment(
        text_field(_("Name"), "name", required=True, **given("name")),
        text_field(_("E-mail"), "email", kind="email", **given("email")),
        text_field(_("Phone"), "phone", kind="tel", **given("phone")),
    )
