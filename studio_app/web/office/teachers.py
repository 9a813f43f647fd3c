"""Everybody who teaches: add, edit, invite, put away."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.identity.commands.members import invite
from studio_app.kit.access import Role
from studio_app.kit.ids import TeacherId
from studio_app.overview.commands.leaving import let_teacher_go
from studio_app.people.commands.teachers import (
    TeacherDetails,
    add_teacher,
    edit_teacher,
    restore_teacher,
)
from studio_app.people.queries.families import TeacherRow, teachers
from studio_app.scheduling.queries.needing import Thing
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.farewell import Farewell, farewell
from studio_app.web.ui.avatars import person
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import chip, colour_field
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, text_field
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import Column, table, toolbar
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class TeacherLine:
    id: str = ""
    name: str = ""
    initials: str = ""
    k: str = "k1"
    colour: str = "1"
    email: str = ""
    phone: str = ""
    instruments: str = ""
    has_account: bool = False
    hours: str = ""
    """Where their hours are."""


class TeachersState(Farewell, rx.State):
    rows: list[TeacherLine] = []
    archived: bool = False

    @loader
    async def load(self) -> None:
        found = await self._run(teachers, archived=self.archived)
        self.rows = [_line(one) for one in found]

    @handler
    async def show_archived(self) -> EventType[()]:
        self.archived = not self.archived
        return TeachersState.load

    @handler
    async def add(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        details = _details(sent)
        await self._run_once(self._key, add_teacher, details)
        self.opened = ""
        await self._tell(_("{name} is here.", name=details.name))
        return TeachersState.load

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        teacher_id = TeacherId(as_id(self._about("edit")))
        await self._run_once(self._key, edit_teacher, teacher_id, _details(sent))
        self.opened = ""
        await self._tell(_("Saved."))
        return TeachersState.load

    @handler
    async def invite(self, teacher_id: str) -> None:
        one = self._teacher(teacher_id)
        who, key = TeacherId(as_id(teacher_id)), f"{self._key} {teacher_id}"
        await self._run_once(key, invite, one.email, Role.TEACHER, name=one.name, teacher_id=who)
        await self._tell(_("{name} was invited.", name=one.name), detail=one.email)

    @handler
    async def archive(self, teacher_id: str) -> EventType[()]:
        await self._run(let_teacher_go, TeacherId(as_id(teacher_id)))
        name = self._teacher(teacher_id).name
        await self._tell(
            _("{name} was archived.", name=name), undo=TeachersState.restore(teacher_id)
        )
        return TeachersState.load

    @handler
    async def restore(self, teacher_id: str) -> EventType[()]:
        await self._run(restore_teacher, TeacherId(as_id(teacher_id)))
        return TeachersState.load

    def _teacher(self, teacher_id: str) -> TeacherLine:
        found = [one for one in self.rows if one.id == teacher_id]
        return found[0] if found else TeacherLine(id=teacher_id)


def _details(sent: dict[str, Any]) -> TeacherDetails:
    read = Form(sent)
    details = TeacherDetails(
        name=read.text("name", longest=160),
        email=read.optional_text("email"),
        phone=read.optional_text("phone"),
        colour=read.number("colour", least=1, most=8) if sent.get("colour") else None,
        instruments=tuple(read.optional_text("instruments").split(",")),
    )
    read.check()
    return details


def _line(row: TeacherRow) -> TeacherLine:
    return TeacherLine(
        id=str(row.id),
        name=row.name,
        initials=initials(row.name),
        k=f"k{row.colour}",
        colour=str(row.colour),
        email=row.email,
        phone=row.phone,
        instruments=", ".join(row.instruments),
        has_account=row.has_account,
        hours=routes.filled(routes.TEACHER_HOURS, teacher_id=row.id),
    )


def page() -> rx.Component:
    state: Any = TeachersState
    archived = chip(_("Archived"), pressed=state.archived, on_click=state.show_archived)
    return office_shell(
        routes.TEACHERS,
        loaded(
            state,
            card(
                card_body(toolbar(archived), class_name="pt-4"),
                table(_("Teachers"), _columns(state), state.rows, empty=_nobody(state)),
            ),
            skeleton=card(skeleton_rows(4)),
            on_retry=TeachersState.load,
        ),
        title=_("Teachers"),
        top=[_add(state)],
    )


def _columns(state: Any) -> tuple[Column, ...]:
    def contact(row: Any) -> rx.Component:
        return rx.el.div(rx.el.p(row.email), rx.el.p(row.phone, class_name="dim"))

    return (
        Column(
            _("Name"), lambda row: person(row.initials, row.name, row.instruments, colour=row.k)
        ),
        Column(_("Contact"), contact),
        Column(_("Account"), lambda row: _account(state, row)),
        Column(_("Change"), lambda row: _changes(state, row)),
    )


def _account(state: Any, row: Any) -> rx.Component:
    asks = confirm(
        title=_("Invite this teacher?"),
        words=_("They get a letter with a link to their own day and week."),
        action=_("Send the invitation"),
        on_confirm=state.invite(row.id),
        trigger=button(_("Invite"), "send", size="sm"),
        kind="primary",
    )
    return rx.cond(
        row.has_account,
        pill(_("Has an account"), tone="ok"),
        rx.cond(row.email != "", asks, pill(_("No e-mail yet"))),
    )


def _changes(state: Any, row: Any) -> rx.Component:
    edit = named_dialog(
        state,
        "edit " + row.id,
        form(_fields(state, row), form_actions(submit(_("Save"))), on_submit=state.save),
        title=_("Edit the teacher"),
        trigger=icon_button("pencil", _("Edit")),
    )
    away = farewell(
        state,
        Thing.TEACHER,
        row.id,
        title=_("Does this teacher leave?"),
        words=_("Lessons taught stay. Lessons to come must be given to somebody else first."),
        on_confirm=state.archive(row.id),
        trigger=icon_button("archive", _("Archive")),
    )
    back = button(_("Take back"), "undo-2", size="sm", on_click=state.restore(row.id))
    hours = rx.el.a(
        icon("clock", 16),
        rx.el.span(_("Hours of {name}", name=row.name), class_name="sr"),
        href=row.hours,
        title=_("Hours"),
        class_name="btn btn--ghost btn--icon",
    )
    return rx.el.div(
        rx.cond(state.archived, back, rx.fragment(hours, edit, away)), class_name="flex gap-1"
    )


def _add(state: Any) -> rx.Component:
    return named_dialog(
        state,
        "add",
        form(_fields(state), form_actions(submit(_("Add teacher"))), on_submit=state.add),
        title=_("Add a teacher"),
        words=_("A name is enough. An invitation can follow later."),
        trigger=button(_("Add teacher"), "plus", kind="primary"),
    )


def _fields(state: Any, one: Any = None) -> rx.Component:
    def given(name: str) -> dict[str, Any]:
        return {"faults": state.faults} | ({} if one is None else {"default_value": one[name]})

    return rx.fragment(
        text_field(_("Name"), "name", required=True, **given("name")),
        text_field(
            _("Instruments"), "instruments", hint=_("With commas between."), **given("instruments")
        ),
        fields(
            text_field(_("E-mail"), "email", kind="email", **given("email")),
            text_field(_("Phone"), "phone", kind="tel", **given("phone")),
        ),
        colour_field(_("Colour on the calendar"), "colour", None if one is None else one.colour),
    )


def _nobody(state: Any) -> rx.Component:
    nobody = empty(
        "graduation-cap",
        _("Nobody teaches yet"),
        _("Add yourself first, if you teach."),
        level=2,
    )
    none_gone = empty("archive", _("Nobody was archived"), _("Everybody is still here."), level=2)
    return rx.cond(state.archived, none_gone, nobody)
