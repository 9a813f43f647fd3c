"""Adding a student: only a name is needed, and somebody alike is noticed."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import FamilyId, StudentId, new_id
from studio_app.people.commands.guardians import GuardianDetails
from studio_app.people.commands.removal import remove_student
from studio_app.people.commands.students import (
    StudentAdded,
    StudentDetails,
    StudentStatus,
    add_student,
)
from studio_app.web import routes
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.students_fields import details_of, student_fields
from studio_app.web.session import PageState
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import button, link_button, submit
from studio_app.web.ui.cards import hint
from studio_app.web.ui.dialogs import close_button, dialog, dialog_actions
from studio_app.web.ui.forms import fields, folded, form, select_field, text_field
from studio_app.web.ui.lists import row, some
from studio_app.web.words import _, say

STATUSES = tuple(status.value for status in StudentStatus)


@dataclass(frozen=True)
class Alike:
    """Somebody already here who may be the same person."""

    name: str = ""
    status: str = ""
    href: str = ""


class AddStudentState(PageState, rx.State):
    shown: bool = False
    alike: list[Alike] = []
    _key: str = ""
    _asked_about: str = ""
    """Whom the person was shown somebody alike for: sent again, it is meant."""

    @handler
    async def arrive(self) -> None:
        """The dialog is closed on a page one has just come to, unless the address opens it:
        /office/students?new=1"""
        await self._show(is_shown=bool(self._asked("new")))

    @handler
    async def show(self, is_open: bool) -> None:
        await self._show(is_shown=is_open)

    @handler
    async def add(self, sent: dict[str, Any]) -> EventType[()] | None:
        self.faults = {}
        details, guardian, status = _read(sent)
        name = f"{details.first_name} {details.last_name}".strip()
        added = await self._run_once(
            self._key,
            add_student,
            details,
            family_id=self._family(),
            guardian=guardian,
            status=status,
            confirmed=self._asked_about == name,
        )
        self._key = str(new_id())
        if added.student_id is None:
            self.alike, self._asked_about = _alike(added), name
            return None
        self.shown = False
        undo = AddStudentState.take_back(str(added.student_id))
        await self._tell(_("{name} is here.", name=name), undo=undo)
        return rx.redirect(routes.filled(routes.STUDENT, student_id=added.student_id))

    @handler
    async def take_back(self, student_id: str) -> EventType[()]:
        await self._run(remove_student, StudentId(as_id(student_id)))
        return rx.redirect(routes.STUDENTS)

    async def _show(self, *, is_shown: bool) -> None:
        self.shown, self.alike, self.faults = is_shown, [], {}
        self._key, self._asked_about = str(new_id()), ""

    def _family(self) -> FamilyId | None:
        """On a family's page the new student belongs to that family."""
        here = self.router.url.path.startswith(f"{routes.FAMILIES}/")
        return FamilyId(self._path_id("family_id")) if here else None


def _read(sent: dict[str, Any]) -> tuple[StudentDetails, GuardianDetails | None, StudentStatus]:
    read = Form(sent)
    details = details_of(read)
    parent = read.optional_text("parent_name")
    email, phone = read.optional_text("parent_email"), read.optional_text("parent_phone")
    if (email or phone) and not parent:
        parent = read.text("parent_name")
    status = read.choice("status", StudentStatus) if sent.get("status") else StudentStatus.ACTIVE
    read.check()
    return details, GuardianDetails(parent, email, phone) if parent else None, status


def _alike(added: StudentAdded) -> list[Alike]:
    return [
        Alike(
            found.name,
            found.status.value,
            routes.filled(routes.STUDENT, student_id=found.student_id),
        )
        for found in added.duplicates
    ]


def add_student_button(*, kind: Any = "primary", with_parent: bool = True) -> rx.Component:
    """The button and its dialog; on a family's page the parents are known already."""
    faults = AddStudentState.faults
    parent = fields(
        text_field(_("Parent’s name"), "parent_name", faults=faults, auto_complete="off"),
        text_field(_("Parent’s e-mail"), "parent_email", kind="email", faults=faults),
        text_field(_("Parent’s phone"), "parent_phone", kind="tel", faults=faults),
    )
    statuses = [(status.value, say(status.label)) for status in StudentStatus]
    add = rx.cond(some(AddStudentState.alike), _("Add anyway"), _("Add student"))
    return dialog(
        _somebody_alike(),
        form(
            student_fields(faults, first=True),
            folded(
                _("More about the student"),
                *([parent] if with_parent else []),
                student_fields(faults),
                select_field(_("Status"), "status", statuses, default_value="active"),
            ),
            dialog_actions(close_button(_("Not now")), submit(add)),
            on_submit=AddStudentState.add,
        ),
        title=_("Add a student"),
        words=_("A name is enough. Everything else can wait."),
        trigger=button(_("Add student"), "plus", kind=kind),
        is_open=AddStudentState.shown,
        on_open_change=AddStudentState.show,
    )


def _somebody_alike() -> rx.Component:
    listed = rx.el.div(
        hint("copy", _("Is it the same person? Nothing has been added yet."), tone="warn"),
        rx.el.ul(rx.foreach(AddStudentState.alike, _alike_row), class_name="rows"),
        role="alert",
        class_name="mb-4",
    )
    return rx.cond(some(AddStudentState.alike), listed, rx.fragment())


def _alike_row(one: rx.vars.ObjectVar[Alike]) -> rx.Component:
    return row(
        rx.el.span(one.name, class_name="font-medium flex-1 min-w-0 truncate"),
        status_badge(one.status, *STATUSES),
        link_button(_("Open"), one.href, size="sm"),
    )
