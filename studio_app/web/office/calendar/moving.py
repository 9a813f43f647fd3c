"""Reschedule: date, time, teacher and room as fields, for who does not drag."""

from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from studio_app.kit.formats import say_day, say_wall_time
from studio_app.kit.ids import LessonId, RoomId, TeacherId, new_id
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.lessons import move_lesson
from studio_app.scheduling.queries.answers import conflicts_for_move
from studio_app.scheduling.wishes import Scope, SeriesChange
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id, as_wall_time
from studio_app.web.office.calendar.choices import Choosing
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import fields, form, select_field, text_field
from studio_app.web.ui.lists import some
from studio_app.web.ui.reasons import DESPITE, reason_field
from studio_app.web.words import _, say

DIALOG = "move"
TYPED = ("on", "at", "minutes", "teacher_id", "room_id")
SHORTEST, LONGEST = 5, 24 * 60


@dataclass(frozen=True)
class Draft:
    """The fields as they stand."""

    on: str = ""
    at: str = ""
    minutes: str = ""
    teacher_id: str = ""
    room_id: str = ""


class MovingState(Choosing, Opening, rx.State):
    draft: Draft = Draft()
    conflicts: list[str] = []
    remarks: list[str] = []
    action: str = ""
    """What the button does: Move to Fri 20 Nov, 16:30."""

    @handler(supersedes=True)
    async def weigh(self, name: str, value: str) -> None:
        """A field has changed: what the lesson would meet there, before anybody saves it."""
        if name in TYPED:
            self.draft = replace(self.draft, **{name: value[:40]})
        await self._weigh()

    @handler
    async def save(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        change, scope = _change(form), _scope(form)
        despite = form.optional_text(DESPITE)
        form.check()
        before = await self._as_it_was()
        await self._make(scope, await self._lesson_id(), change, despite)
        self.opened = ""
        await self._tell(
            _("Moved to {when}.", when=await self._said(change)),
            undo=MovingState.take_back(scope.value, before),
        )

    @handler
    async def take_back(self, scope: str, before: dict[str, str]) -> None:
        """The inverse: the same change, back to how it was."""
        form = Form({**before, "scope": scope})
        change, chosen, lesson_id = _change(form), _scope(form), form.id("lesson_id")
        form.check()
        self._key = str(new_id())
        await self._make(chosen, LessonId(lesson_id), change, _("Put back"))

    async def _opened(self, name: str) -> None:
        await self._load_choices()
        lesson = (await self.get_state(LessonState)).lesson
        on, _t, at = lesson.starts.partition("T")
        self.draft = Draft(on, at, str(lesson.minutes), lesson.teacher_id, lesson.room_id)
        await self._weigh()

    async def _ask_why(self, lesson_id: LessonId, draft: Draft) -> None:
        """A drag that needs a reason: the dialog, filled in with where the lesson was put."""
        panel = await self.get_state(LessonState)
        await panel._look_at(lesson_id)  # noqa: SLF001  the same page's other state
        self.opened, self.faults, self._key = DIALOG, {}, str(new_id())
        await self._opened(DIALOG)
        given = {name: value for name, value in vars(draft).items() if value}
        self.draft = replace(self.draft, **given)
        await self._weigh()

    async def _weigh(self) -> None:
        form = Form(vars(self.draft))
        change = _change(form)
        self.conflicts, self.remarks, self.caution = [], [], ""
        self.action = _("Move")
        if form.faults or change.to is None:
            return
        answer = await self._run(
            conflicts_for_move,
            await self._lesson_id(),
            to=change.to,
            teacher_id=change.teacher_id,
            room_id=change.room_id,
            minutes=change.minutes,
        )
        self.conflicts, self.remarks = list(answer.conflicts), list(answer.remarks)
        self.caution = " ".join(answer.warnings)
        self.action = _("Move to {when}", when=await self._said(change))

    async def _make(
        self, scope: Scope, lesson_id: LessonId, change: SeriesChange, despite: str
    ) -> None:
        calendar = await self.get_state(CalendarState)
        panel = await self.get_state(LessonState)
        if scope is not Scope.THIS:
            said = {"scope": scope, "despite": despite}
            await self._run_once(self._key, change_series, lesson_id, change, **said)
            await calendar._show_changes()  # noqa: SLF001  the same page's other state
        else:
            await self._move(lesson_id, change, despite)
            await calendar._redraw(lesson_id)  # noqa: SLF001
        await panel._look_at(lesson_id)  # noqa: SLF001

    async def _move(self, lesson_id: LessonId, change: SeriesChange, despite: str) -> None:
        assert change.to is not None  # noqa: S101  checked with the form
        await self._run_once(
            self._key,
            move_lesson,
            lesson_id,
            to=change.to,
            teacher_id=change.teacher_id,
            room_id=change.room_id,
            no_room=change.no_room,
            minutes=change.minutes,
            despite=despite,
        )

    async def _as_it_was(self) -> dict[str, str]:
        lesson = (await self.get_state(LessonState)).lesson
        on, _t, at = lesson.starts.partition("T")
        was = Draft(on, at, str(lesson.minutes), lesson.teacher_id, lesson.room_id)
        return {**vars(was), "lesson_id": lesson.id}

    async def _said(self, change: SeriesChange) -> str:
        assert change.to is not None  # noqa: S101  checked with the form
        locale = (await self._actor()).locale
        day, at = say_day(change.to.date(), locale), say_wall_time(change.to.time(), locale)
        return f"{day}, {at}"

    async def _lesson_id(self) -> LessonId:
        return LessonId(as_id((await self.get_state(LessonState)).lesson.id))


def _change(form: Form) -> SeriesChange:
    on, at = form.day("on"), form.clock("at")
    room = form.optional_id("room_id")
    teacher = form.optional_id("teacher_id")
    return SeriesChange(
        to=as_wall_time(f"{on.isoformat()}T{at.isoformat()}"),
        minutes=form.number("minutes", least=SHORTEST, most=LONGEST),
        teacher_id=TeacherId(teacher) if teacher else None,
        room_id=RoomId(room) if room else None,
        no_room=room is None,
    )


def _scope(form: Form) -> Scope:
    return form.choice("scope", Scope) if form.optional_text("scope") else Scope.THIS


def move_button() -> rx.Component:
    """The button in the panel and its dialog."""
    return named_dialog(
        MovingState,
        DIALOG,
        form(
            _fields(),
            scope_field(LessonState.lesson.in_series),
            _findings(),
            reason_field(MovingState.caution, faults=MovingState.faults),
            form_actions(submit(MovingState.action, disabled=some(MovingState.conflicts))),
            on_submit=MovingState.save,
        ),
        title=_("Reschedule"),
        look="dialog dialog--wide",
        trigger=button(_("Reschedule…"), "calendar-clock", class_name="flex-1"),
    )


def scope_field(in_series: Any) -> rx.Component:
    """How much of a series it is about; nothing for a single lesson."""
    options = [(scope.value, say(scope.label)) for scope in Scope]
    return rx.cond(in_series, select_field(_("Which lessons"), "scope", options), rx.fragment())


def _fields() -> rx.Component:
    draft: Any = MovingState.draft
    choices: Any = MovingState.choices
    faults = MovingState.faults

    def weighed(name: str) -> dict[str, Any]:
        return {
            "default_value": draft[name],
            "on_change": lambda value: MovingState.weigh(name, value),
            "faults": faults,
        }

    return rx.fragment(
        fields(
            text_field(_("Date"), "on", kind="date", required=True, **weighed("on")),
            text_field(_("Time"), "at", kind="time", required=True, **weighed("at")),
            text_field(_("Minutes"), "minutes", kind="number", **weighed("minutes")),
        ),
        fields(
            select_field(_("Teacher"), "teacher_id", choices.teachers, **weighed("teacher_id")),
            select_field(_("Room"), "room_id", choices.rooms, **weighed("room_id")),
        ),
    )


def _findings() -> rx.Component:
    """What stands in the way, and what to think of."""
    return rx.el.div(
        rx.foreach(MovingState.conflicts, lambda words: hint("circle-alert", words, tone="bad")),
        rx.foreach(MovingState.remarks, lambda words: hint("info", words)),
        class_name="grid gap-2",
        role="status",
    )
