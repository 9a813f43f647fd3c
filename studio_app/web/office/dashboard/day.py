"""A day on an axis of hours."""

from collections.abc import Sequence
from datetime import datetime, time

from studio_app.kit.formats import say_wall_time
from studio_app.scheduling.queries.calendar import CalendarLesson
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.ui.lanes import Block, Hour, Lane

EARLIEST, LATEST = 9, 18
MANY = 8
Span = tuple[int, int]


def hours_of(lessons: Sequence[CalendarLesson]) -> Span:
    """The hours, first and last, between which all lessons of the day are."""
    first = min((int(one.starts[11:13]) for one in lessons), default=EARLIEST)
    last = max((_end(one) for one in lessons), default=LATEST)
    return first, max(last, first + 1)


def axis(span: Span, locale: str) -> list[Hour]:
    first, last = span
    step = 1 if last - first <= MANY else 2
    return [
        Hour(say_wall_time(time(hour), locale), _share(hour * 60, span))
        for hour in range(first, last, step)
    ]


def lane(lessons: Sequence[CalendarLesson], span: Span) -> Lane:
    """One teacher's day; there is at least one lesson."""
    teacher = lessons[0].teacher
    blocks = tuple(_block(one, span) for one in lessons)
    return Lane(teacher, initials(teacher), f"k{lessons[0].teacher_colour}", blocks)


def on_axis(wall: datetime, span: Span) -> str:
    """Where this time is, in per cent; empty outside of the hours shown."""
    minutes = wall.hour * 60 + wall.minute
    first, last = span
    return _share(minutes, span) if first * 60 <= minutes < last * 60 else ""


def _block(lesson: CalendarLesson, span: Span) -> Block:
    starts, ends = _minutes(lesson.starts), _minutes(lesson.ends)
    if lesson.ends[:10] > lesson.starts[:10]:
        ends = 24 * 60
    first, last = span
    return Block(
        title=lesson.title.split()[0],
        says=f"{lesson.starts[11:]}–{lesson.ends[11:]}, {lesson.label}",
        href=f"{routes.CALENDAR}?view=teachers&date={lesson.starts[:10]}",
        left=_share(starts, span),
        width=f"{(ends - starts) / (last - first) / 0.6:.2f}%",
        off=lesson.status == "cancelled",
    )


def _share(minutes: int, span: Span) -> str:
    first, last = span
    return f"{(minutes - first * 60) / (last - first) / 0.6:.2f}%"


def _minutes(at: str) -> int:
    return int(at[11:13]) * 60 + int(at[14:16])


def _end(lesson: CalendarLesson) -> int:
    return 24 if lesson.ends[:10] > lesson.starts[:10] else -(-_minutes(lesson.ends) // 60)
