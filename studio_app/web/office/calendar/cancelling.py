"""Cancelling a lesson, it and the following, or all to come, with the reason."""

from typing import Any

import reflex as rx

from studio_app.kit.ids import LessonId
from studio_app.scheduling.commands.lessons import cancel_lesson, restore_lesson
from studio_app.scheduling.commands.series import CancelledBy, Ended, end_series, resume_series
from studio_app.scheduling.wishes import Scope
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.moving import scope_field
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field, text_field
from studio_app.web.words import _, many, say

DIALOG = "cancel"


class CancellingState(Opening, rx.State):
    _ended: Ended | None = None
    """What was called off last, for its undo."""

    @handler
    async def save(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        scope = form.choice("scope", Scope) if form.optional_text("scope") else Scope.THIS
        by, reason = form.choice("by", CancelledBy), form.optional_text("reason")
        form.check()
        lesson = (await self.get_state(LessonState)).lesson
        lesson_id = LessonId(as_id(lesson.id))
        if scope is Scope.THIS:
            await self._run_once(self._key, cancel_lesson, lesson_id, by=by, reason=reason)
            words, undo = _("Cancelled."), CancellingState.restore(lesson.id)
        else:
            said = {"scope": scope, "by": by, "reason": reason}
            self._ended = await self._run_once(self._key, end_series, lesson_id, **said)
            n = len(self._ended.lesson_ids)
            words = many("{n} lesson cancelled.", "{n} lessons cancelled.", n=n)
            undo = CancellingState.resume
        self.opened = ""
        await self._shown_again(lesson_id)
        await self._tell(words, undo=undo)

    @handler
    async def restore(self, lesson_id: str) -> None:
        await self._run(restore_lesson, LessonId(as_id(lesson_id)))
        await self._shown_again(LessonId(as_id(lesson_id)))

    @handler
    async def resume(self) -> None:
        """Take up again what was called off last."""
        ended, self._ended = self._ended, None
        if ended is None:
            return
        await self._run(
            resume_series, ended.series_id, ended.lesson_ids, ends_on=ended.was_ended_on
        )
        await self._shown_again(None)

    async def _shown_again(self, lesson_id: LessonId | None) -> None:
        calendar = await self.get_state(CalendarState)
        panel = await self.get_state(LessonState)
        await calendar._show_changes()  # noqa: SLF001  the same page's other state
        if lesson_id and panel.lesson.id == str(lesson_id):
            await panel._look_at(lesson_id)  # noqa: SLF001


def cancel_button() -> rx.Component:
    """The button in the panel and its dialog."""
    whose = [(by.value, say(by.label)) for by in CancelledBy]
    return named_dialog(
        CancellingState,
        DIALOG,
        form(
            scope_field(LessonState.lesson.in_series),
            select_field(_("Whose wish"), "by", whose, default_value=CancelledBy.FAMILY.value),
            text_field(_("Reason"), "reason", hint=_("The family may see this.")),
            form_actions(
                button(_("Cancel it"), kind="danger", type="submit"), _("Keep it as it is")
            ),
            on_submit=CancellingState.save,
        ),
        title=_("Cancel this lesson"),
        words=_("It stays on the calendar, struck through, and can be put back."),
        trigger=button(_("Cancel…"), "ban", kind="danger", class_name="flex-1"),
    )
