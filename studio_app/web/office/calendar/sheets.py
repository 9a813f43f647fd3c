"""A week as it goes onto paper: sheets with a column for each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studio_app.kit.formats import say_day, say_wall_time
from studio_app.scheduling.queries.calendar import Calendar, CalendarLesson
from studio_app.web.words import _, many

STUDIO, TEACHERS, ROOMS = "studio", "teachers", "rooms"
TEACHER, ROOM = "teacher ", "room "
"""Before an id: of one of them"""
WORKDAYS = 5


@dataclass(frozen=True)
class PrintedLesson:
    time: str = ""
    title: str = ""
    about: str = ""


@dataclass(frozen=True)
class PrintedDay:
    name: str = ""
    lessons: tuple[PrintedLesson, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper, or several where a week does not fit on one."""

    title: str = ""
    count: str = ""
    days: tuple[PrintedDay, ...] = ()


def sheets_of(week: Calendar, whose: str, everything: str, locale: str) -> list[Sheet]:
    """What is asked for: everything on one, a sheet each, or that of one teacher or room."""
    held = [one for one in week.lessons if one.status.takes_place]
    if whose == TEACHERS or whose.startswith(TEACHER):
        wanted = whose.removeprefix(TEACHER) if whose != TEACHERS else ""
        named = sorted({(one.teacher, str(one.teacher_id)) for one in held})
        return [
            _sheet(week, name, [one for one in held if str(one.teacher_id) == key], locale, "room")
            for name, key in named
            if wanted in {"", key}
        ]
    if whose == ROOMS or whose.startswith(ROOM):
        wanted = whose.removeprefix(ROOM) if whose != ROOMS else ""
        named = sorted({(one.room, str(one.room_id)) for one in held if one.room_id})
        return [
            _sheet(week, name, [one for one in held if str(one.room_id) == key], locale, "teacher")
            for name, key in named
            if wanted in {"", key}
        ]
    return [_sheet(week, everything, held, locale, "both")] if held else []


def _sheet(
    week: Calendar, title: str, lessons: Sequence[CalendarLesson], locale: str, about: str
) -> Sheet:
    days = [week.first + timedelta(days=nth) for nth in range((week.until - week.first).days)]
    columns = [
        PrintedDay(
            say_day(day, locale),
            tuple(
                _printed(one, locale, about)
                for one in lessons
                if one.starts.startswith(day.isoformat())
            ),
        )
        for day in days
    ]
    shown = [day for day, column in zip(days, columns, strict=True) if _is_shown(day, column)]
    kept = tuple(column for day, column in zip(days, columns, strict=True) if day in shown)
    count = many("{n} lesson", "{n} lessons", n=len(lessons))
    return Sheet(title, count, kept)


def _is_shown(day: date, column: PrintedDay) -> bool:
    """Weekends only where somebody teaches."""
    return day.isoweekday() <= WORKDAYS or bool(column.lessons)


def _printed(one: CalendarLesson, locale: str, about: str) -> PrintedLesson:
    starts, ends = datetime.fromisoformat(one.starts), datetime.fromisoformat(one.ends)
    span = f"{say_wall_time(starts.time(), locale)}–{say_wall_time(ends.time(), locale)}"
    room = one.room or _("No room")
    words = {"room": (one.lesson_type, room), "teacher": (one.teacher, one.lesson_type)}
    parts = words.get(about, (one.teacher, room))
    return PrintedLesson(span, one.title, " · ".join(part for part in parts if part != one.title))
