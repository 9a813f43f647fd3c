"""A teacher's week, a day at a time; own lessons can be moved."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import reflex as rx

from studio_app.kit.clock import utc_now
from studio_app.kit.errors import Conflict
from studio_app.kit.formats import say_day, say_month, say_weekday
from studio_app.kit.ids import LessonId
from studio_app.kit.words import _ as unsaid
from studio_app.scheduling.commands.lessons import move_lesson
from studio_app.scheduling.queries.calendar import CalendarLesson, calendar_lesson, my_week
from studio_app.scheduling.queries.lessons import lesson_details, today
from studio_app.scheduling.queries.planning import conflicts_for_move
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_date, as_id, as_instant, as_wall_time
from studio_app.web.opening import Opening
from studio_app.web.ui.calendar import Move, settled
from studio_app.web.words import _, many

DAY = timedelta(days=1)
EARLIEST, LATEST = 8, 20
"""The hours a day shows at least."""
MORNING = "T08:00"


class TooLate(Conflict):
    """The browser has already put the lesson back: moving it now would surprise."""

    message = unsaid("The answer took too long, so the lesson stayed where it was.")


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
    movable: bool = False


class WeekState(Opening, rx.State):
    month: str = ""
    day: str = ""
    day_said: str = ""
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
    server_now: float = 0
    lesson: LessonShown = LessonShown()
    conflicts: list[str] = []
    warnings: list[str] = []
    wish_day: str = ""
    wish_time: str = ""

    @loader
    async def load(self) -> None:
        asked = self._asked("date")
        await self._show(as_date(asked) if asked else await self._run(today))

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
        _require_in_time(move)
        starts, ends = as_wall_time(move["start"]), as_wall_time(move["end"])
        minutes = int((ends - starts).total_seconds()) // 60
        await self._move(
            LessonId(as_id(move["id"])), starts, minutes, as_wall_time(move["old_start"])
        )

    @handler
    async def look(self, move: Move) -> None:
        await self._look(LessonId(as_id(move["id"])))

    @handler
    async def wish(self, day: str, at: str) -> None:
        """What stands in the way there, said before the button is pressed."""
        self.wish_day, self.wish_time = day or self.wish_day, at or self.wish_time
        to = datetime.fromisoformat(f"{as_date(self.wish_day)}T{_clock(self.wish_time)}")
        answer = await self._run(conflicts_for_move, LessonId(as_id(self.lesson.id)), to=to)
        self.conflicts, self.warnings = list(answer.conflicts), list(answer.warnings)

    @handler
    async def reschedule(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        day, at = form.day("on"), form.clock("at")
        minutes = form.number("minutes", least=5, most=600)
        form.check()
        seen = as_wall_time(f"{self.lesson.on}T{self.lesson.at}")
        lesson_id = LessonId(as_id(self.lesson.id))
        await self._move(lesson_id, datetime.combine(day, at), minutes, seen)
        self.opened = ""
        await self._show(day)

    @handler
    async def put_back(self, lesson_id: str, starts_at: str, minutes: int) -> None:
        asked, to = LessonId(as_id(lesson_id)), as_instant(starts_at)
        await self._run(move_lesson, asked, to=to, minutes=minutes)
        await self._show(as_date(self.day))

    async def _opened(self, name: str) -> None:
        """The dialog is opened by a lesson; here it only closes."""
        if name != "lesson":
            self.opened = ""

    async def _move(
        self, lesson_id: LessonId, to: datetime, minutes: int, expected: datetime
    ) -> None:
        was = await self._run(move_lesson, lesson_id, to=to, minutes=minutes, expected=expected)
        moved = await self._run(calendar_lesson, lesson_id)
        self.patch = settled(self.patch, upsert=[_event(moved)])
        undo = WeekState.put_back(str(lesson_id), was.starts_at.isoformat(), was.minutes)
        day = say_day(as_wall_time(moved.starts).date(), self.locale)
        when = f"{day}, {moved.starts[11:]}"
        await self._tell(_("{name} moved to {when}", name=moved.title, when=when), undo=undo)

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
            movable=found.status.value == "scheduled",
        )
        self.wish_day, self.wish_time, self.faults = on, at, {}
        self.conflicts, self.warnings, self.opened = [], [], "lesson"

    async def _show(self, day: date) -> None:
        week = await self._run(my_week, day)
        actor = await self._actor()
        self.locale, self.zone, self.zone_label = actor.locale, week.zone, week.zone_label
        self.day, self.month = day.isoformat(), say_month(day, actor.locale)
        self.day_said = say_day(day, actor.locale)
        self.days = _days(week.first, week.lessons, actor.locale)
        own = [one for one in week.lessons if one.starts.startswith(self.day)]
        taking_place = sum(one.status.value == "scheduled" for one in own)
        self.count = many("{n} lesson", "{n} lessons", n=taking_place)
        self.events, self.patch = [_event(one) for one in week.lessons], {}
        self.rev += 1
        self.starts, self.ends = _hours(week.lessons)
        self.server_now = utc_now().timestamp() * 1000


def _clock(raw: str) -> str:
    form = Form({"at": raw})
    at = form.clock("at")
    form.check()
    return at.isoformat()


def _require_in_time(move: Move) -> None:
    deadline = move.get("deadline", 0)
    if deadline and utc_now().timestamp() * 1000 > deadline:
        raise TooLate


def _days(monday: date, lessons: tuple[CalendarLesson, ...], locale: str) -> list[dict[str, Any]]:
    """The strip: weekday above, day of the month, and for the ear how many lessons there are."""
    strip: list[dict[str, Any]] = []
    for nth in range(7):
        day = monday + nth * DAY
        count = sum(one.starts.startswith(day.isoformat()) for one in lessons)
        said = many("{n} lesson", "{n} lessons", n=count)
        strip.append(
            {
                "value": day.isoformat(),
                "top": say_weekday(day.isoweekday(), locale)[:3],
                "bold": str(day.day),
                "aria": f"{say_day(day, locale)}, {said}",
                "className": "day" if count else "day day--free",
            }
        )
    return strip


def _hours(lessons: tuple[CalendarLesson, ...]) -> tuple[str, str]:
    """The day from its first to its last lesson, and never less than an ordinary day."""
    first = min((int(one.starts[11:13]) for one in lessons), default=EARLIEST)
    last = max((int(one.ends[11:13]) + 1 for one in lessons), default=LATEST)
    return f"{min(first, EARLIEST):02}:00:00", f"{min(max(last, LATEST), 24):02}:00:00"


def _event(lesson: CalendarLesson) -> dict[str, Any]:
    scheduled = lesson.status.value == "scheduled"
    makeup = scheduled and lesson.kind.value == "make_up"
    return {
        "id": str(lesson.id),
        "title": lesson.title,
        "start": f"{lesson.starts}:00",
        "end": f"{lesson.ends}:00",
        "resourceIds": [str(lesson.teacher_id)],
        "extendedProps": {
            "status": "makeup" if makeup else lesson.status.value,
            "status_label": lesson.status_label,
            "color": f"k{lesson.type_colour}",
            "meta": " · ".join(part for part in (lesson.lesson_type, lesson.room) if part),
            "label": lesson.label,
            "locked": not scheduled,
        },
    }
