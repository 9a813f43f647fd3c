"""What a family waits for, and waiting for something more."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.commands.waitlist import (
    WaitingWish,
    stop_waiting,
    wait_again,
    wait_for,
)
from studio_app.bookings.queries.choices import my_choices
from studio_app.bookings.queries.waiting import WaitingRow, my_waiting
from studio_app.kit.ids import StudentId, WaitingId
from studio_app.kit.work import once
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field
from studio_app.web.ui.lists import acting_row, rows
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.waiting_form import ANYBODY, WishShown, read_wish, wish_fields
from studio_app.web.words import _


@dataclass(frozen=True)
class WaitingLine:
    id: str = ""
    student: str = ""
    about: str = ""
    when: str = ""
    since: str = ""


class WaitingState(Opening, rx.State):
    lines: list[WaitingLine] = []
    children: list[dict[str, str]] = []
    kinds: list[dict[str, str]] = []
    teachers: list[dict[str, str]] = []
    child: str = ""
    wish: WishShown = WishShown()
    can_wait: bool = False
    _instruments: dict[str, str] = {}
    _usual: dict[str, tuple[str, str]] = {}
    """Of each child the kind of lesson and the teacher"""

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def add(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        student_id, wish = self._read(Form(sent))
        await self._run(once(self._key, wait_for), student_id, wish)
        self.opened = ""
        await self._show()
        await self._tell(_("You are on the list. You will hear when something is free."))

    @handler
    async def stop(self, waiting_id: str) -> None:
        await self._run(stop_waiting, WaitingId(as_id(waiting_id)))
        await self._show()
        undo = WaitingState.again(waiting_id)
        await self._tell(_("You do not wait for this any more."), undo=undo)

    @handler
    async def again(self, waiting_id: str) -> None:
        await self._run(wait_again, WaitingId(as_id(waiting_id)))
        await self._show()

    def _read(self, read: Form) -> tuple[StudentId, WaitingWish]:
        student_id = StudentId(read.id("child"))
        wish = read_wish(read, self._instruments.get(str(student_id), ""))
        read.check()
        return student_id, wish

    @handler
    async def choose_child(self, child: str) -> None:
        """What this child usually has stands in the form."""
        self._preset(child)

    async def _show(self) -> None:
        self.lines = [_line(one) for one in await self._run(my_waiting)]
        found = await self._run(my_choices)
        self.can_wait = found.any
        self.children = [_option(one.id, one.first_name) for one in found.learners]
        self.kinds = [_option(one.id, one.name) for one in found.kinds]
        anybody = {"value": ANYBODY, "label": _("Any teacher")}
        self.teachers = [anybody, *(_option(one.id, one.name) for one in found.teachers)]
        self._instruments = {str(one.id): one.instrument for one in found.learners}
        if found.any:
            kind = str(found.kinds[0].id)
            self._usual = {
                str(one.id): (str(one.kind_id or kind), str(one.teacher_id or ANYBODY))
                for one in found.learners
            }
            self._preset(self.child or str(found.learners[0].id))

    def _preset(self, child: str) -> None:
        if child in self._usual:
            self.child = child
            kind, teacher = self._usual[child]
            self.wish = WishShown(kind, teacher)


def _option(value: object, label: str) -> dict[str, str]:
    return {"value": str(value), "label": label}


def _line(one: WaitingRow) -> WaitingLine:
    whom = one.teacher or _("any teacher of {instrument}", instrument=one.instrument)
    often = _("every week") if one.weekly else _("one lesson")
    when = f"{one.when} · {one.days}" if one.days else one.when
    about = f"{one.lesson_type} · {whom} · {often}"
    return WaitingLine(str(one.id), one.student, about, when, _("since {day}", day=one.since))


def page() -> rx.Component:
    state: Any = WaitingState
    nothing = empty(
        "hourglass",
        _("You wait for nothing"),
        _("Where no time suits you, put yourself on the list: you are asked when one is free."),
        level=2,
    )
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("Waiting for"), FrameState.frame.studio, account_button()),
        loaded(
            state,
            card(rows(state.lines, _row, empty=nothing)),
            rx.cond(state.can_wait, _adding(state), rx.fragment()),
            skeleton=card(skeleton_rows(3)),
            on_retry=WaitingState.load,
        ),
        live("waiting", "offer", on_change=WaitingState.look_again),
    )


def _row(one: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.p(one.student, class_name="font-medium"),
        rx.el.p(one.about, class_name="t-sm dim"),
        rx.el.p(one.when, class_name="t-sm num"),
        rx.el.p(one.since, class_name="t-xs faint"),
        class_name="grow min-w-0",
    )
    return acting_row(
        words, button(_("Stop waiting"), size="sm", on_click=WaitingState.stop(one.id))
    )


def _adding(state: Any) -> rx.Component:
    typed = form(
        select_field(
            _("Student"),
            "child",
            state.children,
            value=state.child,
            on_change=WaitingState.choose_child,
        ),
        wish_fields(state.wish, state.kinds, state.teachers, state.faults, about=state.child),
        form_actions(submit(_("Wait for it"), "hourglass")),
        on_submit=WaitingState.add,
    )
    opener = button(_("Wait for a time"), "hourglass", kind="primary", block=True)
    return card(
        card_body(
            hint("info", _("Whoever asked first is asked first when something is free.")),
            rx.el.div(
                named_dialog(
                    state,
                    "add",
                    typed,
                    title=_("Wait for a time"),
                    trigger=opener,
                    look="dialog sheet",
                ),
                class_name="mt-4",
            ),
            class_name="pt-4",
        )
    )
