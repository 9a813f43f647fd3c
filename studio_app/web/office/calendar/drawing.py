"""Lessons as the calendar component takes them: few bytes each, words said already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from studio_app.attendance.queries import Standing
from studio_app.kit.ids import LessonId
from studio_app.scheduling.queries.calendar import CalendarLesson
from studio_app.web.words import _, many, say

TEACHER, KIND, STATUS = "teacher", "kind", "status"
COLOURINGS = (TEACHER, KIND, STATUS)
NO_ROOM = "none"
COLOUR_OF_STATUS = {
    "scheduled": 1, "confirmed": 7, "completed": 2, "no_show": 4, "makeup": 6, "excused": 5,
    "cancelled": 3, "unmarked": 8, "requested": 5, "provisional": 1,
}  # fmt: skip
SHOWN_AS = {
    Standing.HELD: "completed",
    Standing.NO_SHOW: "no_show",
    Standing.EXCUSED: "excused",
    Standing.UNMARKED: "unmarked",
}
SUNDAY = 7
OPENS, CLOSES = "08:00", "21:00"


@dataclass(frozen=True, slots=True)
class Style:
    """How lessons are drawn: what gives the colour, and whether columns are rooms."""

    colour_by: str = TEACHER
    by_room: bool = False


def status_of(lesson: CalendarLesson, standing: Standing) -> str:
    if lesson.status == "cancelled":
        return "cancelled"
    if standing in SHOWN_AS:
        return SHOWN_AS[standing]
    if lesson.status != "scheduled":
        return lesson.status.value
    if lesson.confirmed:
        return "confirmed"
    return "makeup" if lesson.kind == "make_up" else "scheduled"


def drawn(lesson: CalendarLesson, standing: Standing, style: Style) -> dict[str, Any]:
    status = status_of(lesson, standing)
    column = str(lesson.room_id or NO_ROOM) if style.by_room else str(lesson.teacher_id)
    return {
        "id": str(lesson.id),
        "title": lesson.title,
        "start": f"{lesson.starts}:00",
        "end": f"{lesson.ends}:00",
        "resourceIds": [column],
        "extendedProps": {
            "status": status,
            "status_label": _status_words(lesson, standing),
            "color": f"k{_colour(lesson, status, style)}",
            "meta": lesson.lesson_type,
            "label": lesson.label,
            "locked": status in {"cancelled", "completed", "no_show"},
        },
    }


def drawn_all(
    lessons: Iterable[CalendarLesson], standings: Mapping[LessonId, Standing], style: Style
) -> list[dict[str, Any]]:
    return [drawn(one, standings.get(one.id, Standing.TO_COME), style) for one in lessons]


def counted(lessons: Sequence[CalendarLesson], standings: Mapping[LessonId, Standing]) -> str:
    """64 lessons · 41 h · 2 not marked: of what takes place."""
    held = [one for one in lessons if one.status.takes_place]
    minutes = sum(_minutes(one) for one in held)
    unmarked = sum(1 for one in held if standings.get(one.id) is Standing.UNMARKED)
    parts = [
        many("{n} lesson", "{n} lessons", n=len(held)),
        _("{hours} h", hours=f"{minutes / 60:.1f}".removesuffix(".0")),
    ]
    if unmarked:
        parts.append(many("{n} not marked", "{n} not marked", n=unmarked))
    return " · ".join(parts)


def hours(lessons: Sequence[CalendarLesson]) -> tuple[str, str]:
    """From when to when the grid goes: the usual hours, and whatever lies outside of them."""
    starts = [one.starts[11:13] + ":00" for one in lessons]
    ends = [one.ends[11:13] + ":59" for one in lessons if one.ends[:10] == one.starts[:10]]
    latest = max([CLOSES, *ends])
    closes = "24:00" if latest > "23:00" else f"{int(latest[:2]) + 1:02}:00"
    return f"{min([OPENS, *starts])}:00", f"{CLOSES if latest == CLOSES else closes}:00"


def on_sunday(lessons: Iterable[CalendarLesson]) -> bool:
    return any(date.fromisoformat(one.starts[:10]).isoweekday() == SUNDAY for one in lessons)


def scroll_to(lessons: Sequence[CalendarLesson]) -> str:
    """An hour before the first lesson of any day, so that the day's work is in sight."""
    first = min((int(one.starts[11:13]) for one in lessons), default=9)
    return f"{max(first - 1, 0):02}:00:00"


def _minutes(lesson: CalendarLesson) -> int:
    lasting = datetime.fromisoformat(lesson.ends) - datetime.fromisoformat(lesson.starts)
    return int(lasting.total_seconds()) // 60


def _status_words(lesson: CalendarLesson, standing: Standing) -> str:
    if not lesson.status.takes_place or standing is Standing.TO_COME:
        kind = "" if lesson.kind == "regular" else f", {say(lesson.kind.label)}"
        confirmed = lesson.confirmed and lesson.status == "scheduled"
        return f"{_('Confirmed') if confirmed else lesson.status_label}{kind}"
    return say(standing.label)


def _colour(lesson: CalendarLesson, status: str, style: Style) -> int:
    if style.colour_by == STATUS:
        return COLOUR_OF_STATUS[status]
    return lesson.type_colour if style.colour_by == KIND else lesson.teacher_colour
