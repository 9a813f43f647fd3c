"""The calendar as it is shown: wall-clock strings and words, never instants."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy import select as columns
from sqlmodel import col, true

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_days
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_zone
from studio_app.kit.ids import LessonId, LessonTypeId, RoomId, SeriesId, TeacherId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.models.lessons import Lesson, Seat, is_drawn
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Room
from studio_app.scheduling.rules.states import LessonKind, LessonStatus

WEEK = timedelta(weeks=1)
MINUTES = len("2026-09-08T16:00")


@dataclass(frozen=True, slots=True)
class CalendarLesson:
    """One lesson on the calendar; `starts` and `ends` are the studio's wall, to the minute."""

    id: LessonId
    title: str
    starts: str
    ends: str
    label: str
    """For who cannot see the block: kind, students, teacher."""
    status: LessonStatus
    status_label: str
    kind: LessonKind
    teacher_id: TeacherId
    teacher: str
    teacher_colour: int
    room_id: RoomId | None
    room: str
    lesson_type_id: LessonTypeId
    lesson_type: str
    type_colour: int
    series_id: SeriesId | None
    confirmed: bool
    """Everybody in it has said that they will come, at the time it has now"""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The lessons in [first, until), and whose wall their times are on."""

    first: date
    until: date
    zone: str
    zone_label: str
    lessons: tuple[CalendarLesson, ...]


@requires(Permission.CALENDAR_VIEW)
def calendar_range(
    work: Work,
    first: date,
    until: date,
    *,
    teacher_ids: Collection[TeacherId] = (),
    room_ids: Collection[RoomId] = (),
) -> Calendar:
    """The lessons that begin in [first, until) of the studio's days; three statements.

    Without teachers or rooms: all of them.
    """
    zone = studio_zone(work)
    days = local_days(first, until, zone)
    within = and_(
        col(Lesson.starts_at) >= days.starts_at,
        col(Lesson.starts_at) < days.ends_at,
        is_drawn(),
        col(Lesson.teacher_id).in_(teacher_ids) if teacher_ids else true(),
        col(Lesson.room_id).in_(room_ids) if room_ids else true(),
    )
    label = say_zone(zone, work.actor.locale)
    return Calendar(first, until, zone.key, label, tuple(_shown(work, within, zone)))


@requires(Permission.CALENDAR_VIEW)
def week_of(work: Work, day: date, *, teacher_ids: Collection[TeacherId] = ()) -> Calendar:
    """The week, Monday to Sunday, that this day is in."""
    monday = day - timedelta(days=day.weekday())
    return calendar_range(work, monday, monday + WEEK, teacher_ids=teacher_ids)


@requires(Permission.CALENDAR_VIEW)
def my_week(work: Work, day: date | None = None) -> Calendar:
    """One's own lessons in the week of this day, by default this week; who teaches none has
    none."""
    zone = studio_zone(work)
    day = day or local_date(work.now, zone)
    own = work.session.exec(own_teachers(work)).all()
    if own:
        return week_of(work, day, teacher_ids=own)
    monday = day - timedelta(days=day.weekday())
    return Calendar(monday, monday + WEEK, zone.key, say_zone(zone, work.actor.locale), ())


@requires(Permission.CALENDAR_VIEW)
def calendar_lesson(work: Work, lesson_id: LessonId) -> CalendarLesson:
    """One lesson as the calendar shows it: the patch after a change."""
    found = _shown(work, and_(col(Lesson.id) == lesson_id, is_drawn()), studio_zone(work))
    if not found:
        raise NotFound
    return found[0]


@requires(Permission.CALENDAR_VIEW)
def calendar_lessons(work: Work, lesson_ids: Collection[LessonId]) -> list[CalendarLesson]:
    """Those of these lessons that there are, the earliest first."""
    these = and_(col(Lesson.id).in_(lesson_ids), is_drawn())
    return _shown(work, these, studio_zone(work))


def _shown(work: Work, within: ColumnElement[bool], zone: ZoneInfo) -> list[CalendarLesson]:
    connection = work.session.connection()
    students: dict[UUID, list[str]] = defaultdict(list)
    unsaid: set[UUID] = set()
    for lesson_id, first_name, last_name, will_come in connection.execute(_students(within)):
        students[lesson_id].append(f"{first_name} {last_name}".rstrip())
        if not will_come:
            unsaid.add(lesson_id)
    confirmed = students.keys() - unsaid
    said = _Said(zone)
    return [
        _calendar_lesson(row, students[row[0]], said, confirmed=row[0] in confirmed)
        for row in connection.execute(_lessons(within))
    ]


class _Said:
    """What many lessons have in common, worked out once: their times, states and words."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.statuses = {one.value: (one, str(one.label)) for one in LessonStatus}
        self.kinds = {one.value: one for one in LessonKind}
        self.label = str(_("{kind}, {students} with {teacher}")).format
        self._walls: dict[datetime, str] = {}

    def wall(self, instant: datetime) -> str:
        known = self._walls.get(instant)
        if known is None:
            known = self._walls[instant] = instant.astimezone(self._zone).isoformat()[:MINUTES]
        return known


_COLUMNS: tuple[Any, ...] = (
    col(Lesson.id),
    col(Lesson.starts_at),
    col(Lesson.ends_at),
    col(Lesson.status),
    col(Lesson.kind),
    col(Lesson.teacher_id),
    col(Teacher.name),
    col(Teacher.colour),
    col(Lesson.room_id),
    col(Room.name),
    col(Lesson.lesson_type_id),
    col(LessonType.name),
    col(LessonType.colour),
    col(Lesson.series_id),
    col(Series.name),
)


def _lessons(within: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        columns(*_COLUMNS)
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Series, col(Series.id) == col(Lesson.series_id))
        .where(within)
        .order_by(col(Lesson.starts_at), col(Lesson.id))
    )


_SEATED: tuple[Any, ...] = (
    col(Seat.lesson_id),
    col(Student.first_name),
    col(Student.last_name),
    col(Seat.confirmed_for) == col(Seat.starts_at),
)


def _students(within: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Who sits where; the studio's id in the join lets the index of seats be used."""
    seats = and_(
        col(Seat.studio_id) == col(Lesson.studio_id),
        col(Seat.lesson_id) == col(Lesson.id),
        col(Seat.left_at).is_(None),
    )
    return (
        columns(*_SEATED)
        .select_from(Lesson)
        .join(Seat, seats)
        .join(Student, col(Student.id) == col(Seat.student_id))
        .where(within)
        .order_by(col(Student.first_name), col(Student.last_name))
    )


def _calendar_lesson(
    row: Any,
    students: Sequence[str],
    said: _Said,
    *,
    confirmed: bool,
) -> CalendarLesson:
    title = row[14] or ", ".join(students) or row[11]
    status, status_label = said.statuses[row[3]]
    return CalendarLesson(
        id=row[0],
        title=title,
        starts=said.wall(row[1]),
        ends=said.wall(row[2]),
        label=said.label(kind=row[11], students=title, teacher=row[6]),
        status=status,
        status_label=status_label,
        kind=said.kinds[row[4]],
        teacher_id=row[5],
        teacher=row[6],
        teacher_colour=row[7],
        room_id=row[8],
        room=row[9] or "",
        lesson_type_id=row[10],
        lesson_type=row[11],
        type_colour=row[12],
        series_id=row[13],
        confirmed=confirmed,
    )
