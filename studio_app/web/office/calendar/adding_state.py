"""Putting a new lesson, or a weekly one, into the calendar."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import reflex as rx

from studio_app.kit.ids import LessonId, SeriesId, StudentId, new_id
from studio_app.people.queries.students import student_card, students
from studio_app.scheduling.commands.lessons import cancel_lesson, schedule_lesson
from studio_app.scheduling.commands.series import end_series, schedule_series
from studio_app.scheduling.queries.calendar import calendar_range
from studio_app.scheduling.queries.planning import series_preview
from studio_app.scheduling.wishes import NewSeries, Scope
from studio_app.web.frame import initials
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_date, as_id, as_wall_time
from studio_app.web.office.calendar import preview
from studio_app.web.office.calendar.choices import Choosing
from studio_app.web.office.calendar.preview import Preview, PreviewLine
from studio_app.web.office.calendar.state import MINUTE, CalendarState
from studio_app.web.office.calendar.windows import ROOMS, TEACHERS
from studio_app.web.office.calendar.wish import (
    ENDS,
    GOES_ON,
    ONCE,
    WEEKLY,
    Asked,
    new_lesson,
    new_series,
)
from studio_app.web.opening import Opening
from studio_app.web.ui.avatars import colour_of
from studio_app.web.ui.calendar import Slot
from studio_app.web.ui.reasons import DESPITE
from studio_app.web.words import _

DIALOG = "new"
FOUND = 6
EVENING = "16:00"


@dataclass(frozen=True)
class Pick:
    """A student found or chosen."""

    id: str = ""
    name: str = ""
    detail: str = ""
    initials: str = ""
    colour: str = "k1"


@dataclass(frozen=True)
class Start:
    """What the fields begin with: where in the calendar somebody has clicked."""

    on: str = ""
    at: str = EVENING
    minutes: str = ""
    teacher_id: str = ""
    room_id: str = ""


class NewLessonState(Choosing, Opening, rx.State):
    start: Start = Start()
    found: list[Pick] = []
    students: list[Pick] = []
    repeat: str = ONCE
    ends: str = GOES_ON
    weekdays: list[int] = []
    preview: Preview = Preview()
    lines: list[PreviewLine] = []
    """The days of the preview that need a decision."""
    previewing: bool = False
    action: str = ""
    """What saving does: Save 12 lessons."""
    _wish: NewSeries | None = None

    @handler
    async def come(self) -> None:
        """Opened by the address as well: /office/calendar?new=1, &student= for their weekly one."""
        self.opened = ""
        if not self._asked("new"):
            return
        await self._begin()
        if asked := self._asked("student"):
            card = await self._run(student_card, StudentId(as_id(asked)))
            self.students, self.repeat = [_pick(card.id, card.name, card.instrument)], WEEKLY

    @handler
    async def at_slot(self, slot: Slot) -> None:
        """Somebody has clicked or drawn on empty time."""
        calendar = await self.get_state(CalendarState)
        start = as_wall_time(slot["start"])
        minutes = (as_wall_time(slot["end"]) - start) // MINUTE if slot["end"] else None
        at = EVENING if slot["all_day"] else start.strftime("%H:%M")
        whole = minutes is None or slot["all_day"]
        column = slot["resource_id"]
        await self._begin()
        self.start = Start(
            on=start.date().isoformat(),
            at=at,
            minutes="" if whole else str(minutes),
            teacher_id=column if calendar.view == TEACHERS else self.start.teacher_id,
            room_id=column if calendar.view == ROOMS and column != "none" else "",
        )
        self.weekdays = [start.isoweekday()]

    @handler(supersedes=True)
    async def search(self, typed: str) -> None:
        chosen = {one.id for one in self.students}
        rows = (await self._run(students, text=typed, limit=FOUND)).rows if typed.strip() else []
        picks = (_pick(row.id, row.name, row.instrument) for row in rows)
        self.found = [pick for pick in picks if pick.id not in chosen]

    @handler
    async def pick(self, student_id: str) -> None:
        self.students += [one for one in self.found if one.id == student_id]
        self.found = []

    @handler
    async def unpick(self, student_id: str) -> None:
        self.students = [one for one in self.students if one.id != student_id]

    @handler
    async def choose_repeat(self, repeat: str, marker: str) -> None:
        self.repeat = WEEKLY if repeat == WEEKLY else ONCE

    @handler
    async def choose_end(self, ends: str) -> None:
        self.ends = ends if ends in ENDS else GOES_ON

    @handler
    async def choose_weekday(self, weekday: int) -> None:
        self.weekdays = sorted(set(self.weekdays) ^ {weekday})

    @handler
    async def choose_day(self, on: str) -> None:
        """One weekday follows the date; several were chosen on purpose."""
        if len(self.weekdays) <= 1 and on:
            self.weekdays = [as_date(on).isoweekday()]

    @handler
    async def save(self, sent: dict[str, Any]) -> None:
        """A single lesson is saved at once; of a weekly one the days are shown first."""
        self.faults = {}
        ids = tuple(StudentId(as_id(one.id)) for one in self.students)
        asked = Asked(ids, frozenset(self.weekdays), self.ends)
        if self.repeat == WEEKLY:
            await self._preview(new_series(sent, asked))
            return
        wish = new_lesson(sent, asked)
        lesson_id = await self._run_once(self._key, schedule_lesson, wish)
        self.opened = ""
        calendar = await self.get_state(CalendarState)
        name = await calendar._redraw(lesson_id)  # noqa: SLF001  the same page's other state
        undo = NewLessonState.take_back(str(lesson_id))
        await self._tell(_("{lesson} is in the calendar.", lesson=name), undo=undo)

    @handler
    async def back(self) -> None:
        self.previewing, self.caution = False, ""

    @handler
    async def decide(self, choice: str, on: str) -> None:
        self.lines = [
            replace(one, choice=choice) if one.on == on and choice in one.options else one
            for one in self.lines
        ]
        self.action = preview.button_words(self.preview, self.lines)

    @handler
    async def move_day(self, on: str, name: str, value: str) -> None:
        """Another day or time for one day of the series."""
        changed = {"day": "to_day", "time": "to_time"}.get(name)
        if changed:
            self.lines = [
                replace(one, **{changed: value[:10]}) if one.on == on else one for one in self.lines
            ]

    @handler
    async def save_series(self, sent: dict[str, Any]) -> None:
        if self._wish is None:
            return
        form = Form(sent)
        said = {"decisions": preview.decisions(self.lines), "despite": form.optional_text(DESPITE)}
        series_id = await self._run_once(self._key, schedule_series, self._wish, **said)
        self.opened = ""
        calendar = await self.get_state(CalendarState)
        await calendar._show_changes()  # noqa: SLF001  the same page's other state
        first = await self._first_lesson(series_id, self._wish)
        undo = NewLessonState.take_back_series(str(first)) if first else None
        await self._tell(_("{series}: in the calendar.", series=self.preview.summary), undo=undo)

    @handler
    async def take_back(self, lesson_id: str) -> None:
        taken = LessonId(as_id(lesson_id))
        await self._run(cancel_lesson, taken)
        calendar = await self.get_state(CalendarState)
        await calendar._redraw(taken)  # noqa: SLF001  the same page's other state

    @handler
    async def take_back_series(self, lesson_id: str) -> None:
        await self._run(end_series, LessonId(as_id(lesson_id)), scope=Scope.ALL)
        calendar = await self.get_state(CalendarState)
        await calendar._show_changes()  # noqa: SLF001  the same page's other state

    async def _begin(self) -> None:
        self.opened, self.faults, self._key = DIALOG, {}, str(new_id())
        await self._opened(DIALOG)

    async def _opened(self, name: str) -> None:
        await self._load_choices()
        calendar = await self.get_state(CalendarState)
        self.found, self.students, self.lines = [], [], []
        self.repeat, self.ends, self.previewing, self._wish = ONCE, GOES_ON, False, None
        teachers = self.choices.teachers
        self.start = Start(on=calendar.date, teacher_id=teachers[0]["value"] if teachers else "")
        self.weekdays = [as_date(calendar.date).isoweekday()]

    async def _preview(self, wish: NewSeries) -> None:
        shown = await self._run(series_preview, wish)
        self._wish, self.preview, self.lines = wish, preview.summed(shown), preview.lines(shown)
        self.action = preview.button_words(self.preview, self.lines)
        self.caution = preview.against(shown)
        self.previewing = True

    async def _first_lesson(self, series_id: SeriesId, wish: NewSeries) -> LessonId | None:
        until = wish.first_on + timedelta(weeks=4 * wish.every_weeks)
        found = await self._run(calendar_range, wish.first_on, until)
        return next((one.id for one in found.lessons if one.series_id == series_id), None)


def _pick(student_id: StudentId, name: str, instrument: str) -> Pick:
    return Pick(str(student_id), name, instrument, initials(name), colour_of(student_id))
