"""Today, a lane for each teacher: where everybody is now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_hour, say_long_day
from studio_app.kit.ids import LessonId, TeacherId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.queries.calendar import CalendarLesson, calendar_range

LEAST_HOURS = 5
MINUTES = 60


@dataclass(frozen=True, slots=True)
class LaneLesson:
    """A block; left and width are shares of the lane's length."""

    id: LessonId
    title: str
    starts: str
    left: float
    width: float
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Lane:
    teacher_id: TeacherId
    teacher: str
    colour: int
    lessons: tuple[LaneLesson, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    on: date
    day: str
    hours: tuple[str, ...]
    """The full hours from the beginning of the lanes to their end."""
    now: float | None
    """Where the present is, as a share; None outside of the lanes."""
    lanes: tuple[Lane, ...]


@requires(Permission.OVERVIEW_VIEW)
def todays_lanes(work: Work) -> Lanes:
    """The lessons of today by teacher; without lessons there are no lanes."""
    zone, locale = studio_zone(work), work.actor.locale
    on = local_date(work.now, zone)
    lessons = calendar_range(work, on, on + timedelta(days=1)).lessons
    first, last = _hours(lessons)
    span = (last - first) * MINUTES
    present = (_minute(work.now.astimezone(zone)) - first * MINUTES) / span
    return Lanes(
        on=on,
        day=say_long_day(on, locale),
        hours=tuple(say_hour(time(hour % 24), locale) for hour in range(first, last)),
        now=present if 0 <= present <= 1 else None,
        lanes=_lanes(lessons, first, span),
    )


def _lanes(lessons: tuple[CalendarLesson, ...], first: int, span: int) -> tuple[Lane, ...]:
    by_teacher: dict[TeacherId, list[CalendarLesson]] = {}
    for lesson in sorted(lessons, key=lambda one: (one.teacher, one.starts)):
        by_teacher.setdefault(lesson.teacher_id, []).append(lesson)
    return tuple(
        Lane(
            teacher_id,
            theirs[0].teacher,
            theirs[0].teacher_colour,
            tuple(_block(one, first, span) for one in theirs),
        )
        for teacher_id, theirs in by_teacher.items()
    )


def _block(lesson: CalendarLesson, first: int, span: int) -> LaneLesson:
    starts, ends = datetime.fromisoformat(lesson.starts), datetime.fromisoformat(lesson.ends)
    left = (_minute(starts) - first * MINUTES) / span
    width = min((ends - starts) / timedelta(minutes=span), 1 - left)
    cancelled = lesson.status == "cancelled"
    return LaneLesson(lesson.id, lesson.title, lesson.starts[11:], left, width, cancelled)


def _hours(lessons: tuple[CalendarLesson, ...]) -> tuple[int, int]:
    """Full hours around all lessons, and at least five of them."""
    first = min((int(one.starts[11:13]) for one in lessons), default=9)
    last = max((int(one.ends[11:13]) + 1 for one in lessons if _same_day(one)), default=first)
    return first, max(last, first + LEAST_HOURS)


def _same_day(lesson: CalendarLesson) -> bool:
    return lesson.starts[:10] == lesson.ends[:10]


def _minute(wall: datetime) -> int:
    return wall.hour * MINUTES + wall.minute
