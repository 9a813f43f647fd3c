"""A teacher cannot come: Cancel day, a reason, and every family knows."""

from typing import Any

import reflex as rx

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import TimeOffId
from studio_app.scheduling.commands.absences import cancel_day, restore_day
from studio_app.web.handlers import handler
from studio_app.web.inputs import as_date, as_id
from studio_app.web.opening import Opening
from studio_app.web.teacher.week_state import MyWeekState
from studio_app.web.ui.buttons import button
from studio_app.web.ui.dialogs import named_dialog
from studio_app.web.words import _, many


def _reasons() -> dict[str, str]:
    """What families read, by what is sent."""
    return {
        "ill": _("I am ill"),
        "family": _("Something in the family"),
        "travel": _("I cannot get there"),
        "other": _("Something came up"),
    }


class DayOffState(Opening, rx.State):
    @handler
    async def call_off(self, day: str, reason: str) -> Any:
        """Every lesson of one's own that is still to come on this day."""
        said = _reasons().get(reason)
        if said is None:
            raise NotFound
        done = await self._run_once(self._key, cancel_day, None, as_date(day), reason=said)
        self.opened = ""
        words = many("{n} lesson is cancelled.", "{n} lessons are cancelled.", n=done.lessons)
        told = many("{n} family hears of it.", "{n} families hear of it.", n=done.families)
        undo = DayOffState.restore(str(done.time_off_id)) if done.time_off_id else None
        await self._tell(words, detail=told if done.families else "", undo=undo)
        return MyWeekState.look_again

    @handler
    async def restore(self, time_off_id: str) -> Any:
        back = await self._run(restore_day, TimeOffId(as_id(time_off_id)))
        words = many(
            "{n} lesson takes place after all.", "{n} lessons take place after all.", n=back.lessons
        )
        gone = many(
            "{n} stays cancelled: its time was taken.",
            "{n} stay cancelled: their time was taken.",
            n=back.taken,
        )
        await self._tell(words, detail=gone if back.taken else "")
        return MyWeekState.look_again


def cancel_day_button(week: Any) -> rx.Component:
    """Two taps from the day that is looked at: the button, and why."""
    state: Any = DayOffState
    reasons = [
        button(said, size="lg", block=True, on_click=DayOffState.call_off(week.day, name))
        for name, said in _reasons().items()
    ]
    return named_dialog(
        state,
        "cancel",
        rx.el.div(*reasons, class_name="grid gap-2"),
        title=_("Cancel {day}?", day=week.day_said),
        words=_("All lessons still to come that day are cancelled. Families read the reason."),
        trigger=button(_("Cancel day"), "calendar-x", kind="ghost danger"),
        look="dialog sheet",
    )
