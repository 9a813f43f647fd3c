"""Two lessons change places: which other one, both before and after, and back again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import reflex as rx

from studio_app.bookings.commands.swapping import swap_now, undo_swap
from studio_app.bookings.queries.swapping import swap_preview
from studio_app.kit.ids import LessonId, SwapId
from studio_app.scheduling.queries.calendar import Calendar, calendar_range
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_date, as_id
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field, text_field
from studio_app.web.ui.lists import some
from studio_app.web.words import _

DIALOG = "swap"
DAY = timedelta(days=1)
CLOCK = slice(len("2026-09-08T"), len("2026-09-08T16:00"))


@dataclass(frozen=True)
class SideShown:
    title: str = ""
    was: str = ""
    will_be: str = ""


class SwappingState(Opening, rx.State):
    on: str = ""
    """The day of the other lesson."""
    options: list[dict[str, str]] = []
    other: str = ""
    sides: list[SideShown] = []
    problem: str = ""

    @handler(supersedes=True)
    async def look_on(self, day: str) -> None:
        """The lessons of another day."""
        await self._look_on(day)

    @handler(supersedes=True)
    async def choose(self, other_id: str) -> None:
        """Both lessons as they are and as they would be."""
        self.other, self.sides, self.problem = other_id, [], ""
        if not other_id:
            return
        found = await self._run(swap_preview, await self._lesson_id(), LessonId(as_id(other_id)))
        self.problem = found.problem
        self.sides = [SideShown(one.title, one.was, one.will_be) for one in found.sides]

    @handler
    async def save(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        other = LessonId(read.id("other"))
        read.check()
        lesson = await self._lesson_id()
        swap_id = await self._run_once(self._key, swap_now, lesson, other)
        self.opened = ""
        await self._redrawn(lesson, other)
        undo = SwappingState.take_back(str(swap_id), str(lesson), str(other))
        words = _("Both lessons have changed places.")
        await self._tell(words, detail=_("Both families are told."), undo=undo)

    @handler
    async def take_back(self, swap_id: str, lesson_id: str, other_id: str) -> None:
        await self._run(undo_swap, SwapId(as_id(swap_id)))
        await self._redrawn(LessonId(as_id(lesson_id)), LessonId(as_id(other_id)))

    async def _opened(self, name: str) -> None:
        lesson = (await self.get_state(LessonState)).lesson
        await self._look_on(lesson.starts.partition("T")[0])

    async def _look_on(self, day: str) -> None:
        self.on, self.other, self.sides, self.problem = day, "", [], ""
        self.options = []
        if not day:
            return
        lesson_id, first = await self._lesson_id(), as_date(day)
        found: Calendar = await self._run(calendar_range, first, first + DAY)
        self.options = [{"value": "", "label": _("Choose")}] + [
            {"value": str(one.id), "label": f"{one.starts[CLOCK]} {one.title} · {one.teacher}"}
            for one in found.lessons
            if one.id != lesson_id and one.status.takes_place
        ]

    async def _redrawn(self, *lesson_ids: LessonId) -> None:
        calendar = await self.get_state(CalendarState)
        panel = await self.get_state(LessonState)
        await calendar._redraw(*lesson_ids)  # noqa: SLF001  the same page's other state
        if panel.lesson.id in {str(one) for one in lesson_ids}:
            await panel._look_at(LessonId(as_id(panel.lesson.id)))  # noqa: SLF001

    async def _lesson_id(self) -> LessonId:
        return LessonId(as_id((await self.get_state(LessonState)).lesson.id))


def swap_button() -> rx.Component:
    """The button in the panel and its dialog."""
    state: Any = SwappingState
    chosen = (state.other != "") & (state.problem == "")
    return named_dialog(
        state,
        DIALOG,
        form(
            text_field(
                _("Day of the other lesson"),
                "on",
                kind="date",
                value=state.on,
                on_change=SwappingState.look_on,
            ),
            select_field(
                _("The other lesson"),
                "other",
                state.options,
                value=state.other,
                on_change=SwappingState.choose,
                faults=state.faults,
            ),
            _both(state),
            form_actions(submit(_("Swap"), disabled=~chosen)),
            on_submit=SwappingState.save,
        ),
        title=_("Swap with another lesson"),
        words=_("Each takes the other’s time and room. Students, teachers and prices stay."),
        look="dialog dialog--wide",
        trigger=button(_("Swap with…"), "arrow-left-right", block=True),
    )


def _both(state: Any) -> rx.Component:
    def one(side: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(side.title, class_name="t-sm font-medium"),
            rx.el.div(
                rx.el.s(side.was, class_name="faint"),
                " → ",
                rx.el.b(side.will_be),
                class_name="t-sm num",
            ),
            class_name="row",
        )

    listed = rx.el.ul(rx.foreach(state.sides, one), class_name="rows")
    wrong = hint("circle-alert", state.problem, tone="bad")
    return rx.el.div(
        rx.cond(some(state.sides), listed, rx.fragment()),
        rx.cond(state.problem != "", wrong, rx.fragment()),
        role="status",
    )
