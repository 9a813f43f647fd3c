"""The office puts a student on the waitlist, or changes what somebody waits for."""

from typing import Any

import reflex as rx

from studio_app.bookings.commands.waitlist import (
    stop_waiting,
    wait_again,
    wait_for,
    wait_for_something_else,
)
from studio_app.bookings.queries.waiting import waitlist
from studio_app.kit.ids import StudentId, WaitingId
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.calendar.choices import Choosing
from studio_app.web.office.finding import Finding, student_field
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import checkbox, form, text_field
from studio_app.web.waiting_form import ANYBODY, WishShown, read_wish, wish_fields, wish_of
from studio_app.web.words import _

ADD, CHANGE = "add", "change"


class ChangingEntries(Finding, Choosing, Opening, mixin=True):
    """A page with entries of the waitlist: adding one, changing one."""

    wish: WishShown = WishShown()
    kinds: list[dict[str, str]] = []
    teachers: list[dict[str, str]] = []

    @handler
    async def add(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form({**sent, "student": self.chosen.id})
        read.text("student")
        instrument = read.optional_text("instrument", longest=80) or self.chosen.detail
        wish = read_wish(read, instrument)
        read.check()
        student_id = StudentId(as_id(self.chosen.id))
        waiting_id = await self._run_once(self._key, wait_for, student_id, wish)
        self.opened = ""
        undo = type(self).stop(str(waiting_id))
        await self._tell(_("{name} is on the list.", name=self.chosen.name), undo=undo)
        await self._show()

    @handler
    async def change(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        wish = read_wish(read, read.optional_text("instrument", longest=80))
        read.check()
        waiting_id = WaitingId(as_id(self._about(CHANGE)))
        await self._run_once(self._key, wait_for_something_else, waiting_id, wish)
        self.opened = ""
        await self._tell(_("Saved. The place in the order stays."))
        await self._show()

    @handler
    async def stop(self, waiting_id: str) -> None:
        await self._run(stop_waiting, WaitingId(as_id(waiting_id)))
        undo = type(self).again(waiting_id)
        await self._tell(_("Taken off the list."), undo=undo)
        await self._show()

    @handler
    async def again(self, waiting_id: str) -> None:
        await self._run(wait_again, WaitingId(as_id(waiting_id)))
        await self._show()

    async def _show(self) -> None:
        """The list as it is now; the page says how."""

    async def _opened(self, name: str) -> None:
        self._nobody()
        await self._load_choices()
        self.kinds = self.choices.kinds
        self.teachers = [{"value": ANYBODY, "label": _("Any teacher")}, *self.choices.teachers]
        self.wish = WishShown(kind=self.kinds[0]["value"] if self.kinds else "")
        if about := self._about(CHANGE):
            entries = (await self._run(waitlist)).entries
            self.wish = next((wish_of(one) for one in entries if str(one.id) == about), self.wish)


def add_button(state: Any) -> rx.Component:
    typed = form(
        student_field(state),
        _wish(state),
        form_actions(submit(_("Put on the list"))),
        on_submit=state.add,
    )
    return named_dialog(
        state,
        ADD,
        typed,
        title=_("Put somebody on the list"),
        words=_("They are asked when something becomes free that suits them."),
        trigger=button(_("Add"), "plus", kind="primary"),
        look="dialog dialog--wide",
    )


def change_button(state: Any, one: Any) -> rx.Component:
    typed = form(_wish(state), form_actions(submit(_("Save"))), on_submit=state.change)
    return named_dialog(
        state,
        f"{CHANGE} " + one.id,
        typed,
        title=_("What {name} waits for", name=one.student),
        words=_("The place in the order stays."),
        trigger=icon_button("pencil", _("Change what {name} waits for", name=one.student)),
        look="dialog dialog--wide",
    )


def _wish(state: Any) -> rx.Component:
    about = state.opened
    return rx.fragment(
        wish_fields(state.wish, state.kinds, state.teachers, state.faults, about=about),
        text_field(
            _("Instrument"),
            "instrument",
            default_value=state.wish.instrument,
            key=about,
            faults=state.faults,
            hint=_("Where any teacher will do. Empty: the student’s."),
        ),
        checkbox(
            _("Has a lesson to make up"),
            "makes_up",
            default_checked=state.wish.makes_up,
            key=about,
        ),
    )
