"""A teacher's week, a day at a time; own lessons can be moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import reflex as rx

from studio_app.attendance.queries import standings
from studio_app.kit.clock import utc_now
from studio_app.kit.formats import say_day, say_month, say_short_weekday
from studio_app.kit.ids import LessonId, new_id
from studio_app.scheduling.commands.lessons import move_lesson, note_on_lesson
from studio_app.scheduling.queries.answers import conflicts_for_move
from studio_app.scheduling.queries.calendar import CalendarLesson, calendar_lesson, my_week
from studio_app.scheduling.queries.lessons import lesson_details, today
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_date, as_id, as_instant, as_wall_time
from studio_app.web.lesson_notes import noted
from studio_app.web.office.calendar import drawing
from studio_app.web.office.calendar.state import key_of
from studio_app.web.opening import Opening
from studio_app.web.ui.calendar import Move, settled
from studio_app.web.ui.reasons import DESPITE
from studio_app.web.words import _, many

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class LessonShown:
    """The lesson that is looked at."""

    id: str = ""
    title: str = ""
    when: str = ""
    place: str = ""
    kind: str = ""
    status: str = ""
    status_label: str = ""
    on: str = ""
    at: str = ""
    minutes: str = ""
    notes: str = ""
    focus: str = ""
    movable: bool = False


class MyWeekState(Opening, rx.State):
    month: str = ""
    day: str = ""
    day_said: str = ""
    over: bool = False
    """That day has passed: there is nothing left to cancel"""
    zone: str = ""
    zone_label: str = ""
    locale: str = ""
    days: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    patch: dict[str, Any] = {}
    rev: int = 0
    count: str = ""
    starts: str = "08:00:00"
    ends: str = "20:00:00"
    scroll: str = "13:00:00"
    server_now: float = 0
    lesson: LessonShown = LessonShown()
    conflicts: list[str] = []
    remarks: list[str] = []
    wish_day: str = ""
    wish_time: str = ""

    @loader
    async def load(self) -> None:
        asked = self._asked("date")
        await self._show(as_date(asked) if asked else await self._run(today))

    @handler
    async def come(self) -> None:
        """The address may name a lesson: a message led here."""
        asked = self._asked("lesson")
        if asked:
            await self._look(LessonId(as_id(asked)))

    @handler
    async def look_again(self) -> None:
        await self._show(as_date(self.day))

    @handler
    async def choose_day(self, day: str, marker: str) -> None:
        await self._show(as_date(day))

    @handler
    async def turn(self, weeks: int) -> None:
        await self._show(as_date(self.day) + max(-520, min(weeks, 520)) * 7 * DAY)

    @handler
    async def go_to_today(self) -> None:
        await self._show(await self._run(today))

    @handler
    async def drop(self, move: Move) -> None:
        """A lesson was dragged or made longer; refused, it goes back to where it was."""
        self.patch = settled(self.patch, revert=[move["id"]])
        key = key_of(move)
        starts, ends = as_wall_time(move["start"]), as_wall_time(move["end"])
        expected = as_wall_time(move["old_start"])
        lesson_id = LessonId(as_id(move["id"]))
        minutes = (ends - starts) // MINUTE
        await self._move(key, lesson_id, to=starts, minutes=minutes, expected=expected)

    @handler
    async def look(self, move: Move) -> None:
        await self._look(LessonId(as_id(move["id"])))

    @handler
    async def wish(self, day: str, at: str) -> None:
        """What stands in the way there, said before the button is pressed."""
        self.wish_day, self.wish_time = day or self.wish_day, at or self.wish_time
        to = datetime.fromisoformat(f"{as_date(self.wish_day)}T{_clock(self.wish_time)}")
        answer = await self._run(conflicts_for_move, LessonId(as_id(self.lesson.id)), to=to)
        self.conflicts, self.remarks = list(answer.conflicts), list(answer.remarks)
        self.caution = " ".join(answer.warnings)

    @handler
    async def reschedule(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        day, at = form.day("on"), form.clock("at")
        minutes = form.number("minutes", least=5, most=600)
        despite = form.optional_text(DESPITE)
        form.check()
        seen = as_wall_time(f"{self.lesson.on}T{self.lesson.at}")
        lesson_id = LessonId(as_id(self.lesson.id))
        wish = {"to": datetime.combine(day, at), "minutes": minutes, "expected": seen}
        await self._move(self._key, lesson_id, **wish, despite=despite)
        self.opened = ""
        await self._show(day)

    @handler
    async def save_notes(self, sent: dict[str, Any]) -> None:
        await self._run(note_on_lesson, LessonId(as_id(self.lesson.id)), **noted(sent, self.lesson))
        self.opened = ""
        await self._tell(_("Saved."))

    @handler
    async def put_back(self, lesson_id: str, starts_at: str, minutes: int) -> None:
        asked, to = LessonId(as_id(lesson_id)), as_instant(starts_at)
        await self._run(move_lesson, asked, to=to, minutes=minutes, despite=_("Put back"))
        await self._show(as_date(self.day))

    async def _opened(self, name: str) -> None:
        """The sheet is opened by a lesson; by itself it only closes."""
        if name != "lesson":
            self.opened = ""

    async def _move(self, key: str, lesson_id: LessonId, **wish: Any) -> None:
        was = await self._run_once(key, move_lesson, lesson_id, **wish)
        moved = await self._run(calendar_lesson, lesson_id)
        self.patch = settled(self.patch, upsert=await self._drawn([moved]))
        undo = MyWeekState.put_back(str(lesson_id), was.starts_at.isoformat(), was.minutes)
        now = await self._run(lesson_details, lesson_id)
        await self._tell(_("{lesson} is now {when}.", lesson=now.title, when=now.when), undo=undo)

    async def _look(self, lesson_id: LessonId) -> None:
        found = await self._run(lesson_details, lesson_id)
        on, at = found.starts.split("T")
        self.lesson = LessonShown(
            id=str(found.id),
            title=found.title,
            when=found.when,
            place=" · ".join(part for part in (found.location, found.room) if part),
            kind=found.lesson_type,
            status=found.status.value,
            status_label=found.status_label,
            on=on,
            at=at,
            minutes=str(found.minutes),
            notes=found.notes,
            focus=found.focus,
            movable=found.status.value == "scheduled",
        )
        self.wish_day, self.wish_time, self.faults = on, at, {}
        self.conflicts, self.remarks, self.caution, self.opened = [], [], "", "lesson"
        self._key = str(new_id())

    async def _show(self, day: date) -> None:
        week = await self._run(my_week, day)
        actor = await self._actor()
        self.locale, self.zone, self.zone_label = actor.locale, week.zone, week.zone_label
        self.day, self.month = day.isoformat(), say_month(day, actor.locale)
        self.day_said = say_day(day, actor.locale)
        self.over = day < await self._run(today)
        self.days = _days(week.first, week.lessons, actor.locale)
        own = [one for one in week.lessons if one.starts.startswith(self.day)]
        self.count = many("{n} lesson", "{n} lessons", n=_going(own))
        self.events, self.patch = await self._drawn(week.lessons), {}
        self.rev += 1
        self.starts, self.ends = drawing.hours(week.lessons)
        self.scroll = drawing.scroll_to(own)
        self.server_now = utc_now().timestamp() * 1000

    async def _drawn(self, lessons: Sequence[CalendarLesson]) -> list[dict[str, Any]]:
        marked = await self._run(standings, [one.id for one in lessons])
        return drawing.drawn_all(lessons, marked, drawing.Style(drawing.KIND))


def _clock(raw: str) -> str:
    form = Form({"at": raw})
    at = form.clock("at")
    form.check()
    return at.isoformat()


def _going(lessons: Sequence[CalendarLesson]) -> int:
    return sum(one.status.takes_place for one in lessons)


def _days(monday: date, lessons: Sequence[CalendarLesson], locale: str) -> list[dict[str, Any]]:
    """The strip: weekday above, day of the month, and for the ear how many lessons there are."""
    strip: list[dict[str, Any]] = []
    for nth in range(7):
        day = monday + nth * DAY
        count = _going([one for one in lessons if one.starts.startswith(day.isoformat())])
        said = many("{n} lesson", "{n} lessons", n=count)
        strip.append(
            {
                "value": day.isoformat(),
                "top": say_short_weekday(day, locale),
                "bold": str(day.day),
                "aria": f"{say_day(day, locale)}, {said}",
                "className": "day" if count else "day day--free",
            }
        )
    return strip
