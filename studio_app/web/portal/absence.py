"""Can't come: two taps, and before the second one it says what that means."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.commands.cancelling import Absence, cancel_for_family, undo_cancelling
from studio_app.bookings.queries.cancelling import Choice, cancelling_choices
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import SeatId
from studio_app.web.handlers import handler
from studio_app.web.inputs import as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button
from studio_app.web.ui.cards import hint
from studio_app.web.ui.dialogs import named_dialog
from studio_app.web.words import _


@dataclass(frozen=True)
class ReasonLine:
    reason: str = ""
    label: str = ""
    sentence: str = ""
    """Only where reasons differ in what they mean"""
    is_possible: bool = True


class AbsenceState(Opening, rx.State):
    reasons: list[ReasonLine] = []
    sentence: str = ""
    """What it means, where that is the same whatever the reason"""
    is_late: bool = False
    changed: bool = False
    """It was opened in time, and means something else by now"""
    _stamps: dict[str, str] = {}

    @handler
    async def cancel(self, seat_id: str, reason: str) -> None:
        seen = dict(self._stamps)
        await self._look(seat_id)
        if reason not in self._stamps:
            raise NotFound
        self.changed = seen != self._stamps
        if self.changed:
            return
        wish = Absence((SeatId(as_id(seat_id)),), seen[reason], reason)
        said = await self._run_once(self._key, cancel_for_family, wish)
        self.opened = ""
        undo = AbsenceState.undo(seat_id)
        await self._tell(_("Cancelled. The studio knows."), detail=said, undo=undo)

    @handler
    async def undo(self, seat_id: str) -> None:
        await self._run(undo_cancelling, [SeatId(as_id(seat_id))])
        await self._tell(_("The lesson takes place after all."))

    async def _opened(self, name: str) -> None:
        self.changed = False
        await self._look(name)

    async def _look(self, seat_id: str) -> None:
        found: list[Choice] = await self._run(cancelling_choices, [SeatId(as_id(seat_id))])
        said = {one.sentence for one in found}
        self.sentence = found[0].sentence if len(said) == 1 else ""
        self.is_late = all(one.is_late for one in found)
        self._stamps = {one.reason: one.stamp for one in found}
        self.reasons = [
            ReasonLine(
                one.reason, one.label, one.sentence if len(said) > 1 else "", one.is_possible
            )
            for one in found
        ]


def absence_button(seat_id: Any, when: Any, name: Any) -> rx.Component:
    """For a lesson to come: asks why, says what follows, and cancels."""
    state: Any = AbsenceState
    again = hint(
        "clock",
        _("It is later than when you opened this. Please look again at what it means now."),
        tone="warn",
    )
    meaning = hint("info", rx.fragment(state.sentence))
    urgent = hint("calendar-x", rx.fragment(state.sentence), tone="warn")
    return named_dialog(
        state,
        seat_id,
        rx.el.div(
            rx.cond(state.changed, again, rx.fragment()),
            rx.cond(state.sentence != "", rx.cond(state.is_late, urgent, meaning), rx.fragment()),
            rx.el.p(_("Why? One tap cancels the lesson."), class_name="t-sm dim"),
            rx.foreach(state.reasons, lambda one: _reason(seat_id, one)),
            class_name="grid gap-2",
        ),
        title=_("{name} can’t come?", name=name),
        words=when,
        trigger=button(_("Can’t come"), "calendar-x", size="sm"),
        look="dialog sheet",
    )


def _reason(seat_id: Any, one: rx.vars.ObjectVar[ReasonLine]) -> rx.Component:
    act = button(
        one.label,
        size="lg",
        block=True,
        disabled=~one.is_possible,
        on_click=AbsenceState.cancel(seat_id, one.reason),
    )
    said = rx.el.p(one.sentence, class_name="t-sm dim pb-2")
    return rx.el.div(act, rx.cond(one.sentence != "", said, rx.fragment()))
