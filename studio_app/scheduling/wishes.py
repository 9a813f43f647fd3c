"""What people ask of the calendar: values that pages and importers fill in."""

from dataclasses import dataclass
from datetime import date, datetime, time

from studio_app.kit.ids import (
    LessonId,
    LessonTypeId,
    LocationId,
    RoomId,
    StudentId,
    TeacherId,
    TermId,
)
from studio_app.kit.words import Labelled, Text, _
from studio_app.scheduling.rules.hours import DAY


class Scope(Labelled):
    """How much of a series a change is about. What was taught already never changes."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"

    @property
    def label(self) -> Text:
        return _SCOPES[self]


_SCOPES = {
    Scope.THIS: _("Only this lesson"),
    Scope.FOLLOWING: _("This and the following lessons"),
    Scope.ALL: _("All lessons to come"),
}


class Choice(Labelled):
    SKIP = "skip"
    KEEP = "keep"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one day of a series; `to` is where a moved lesson begins."""

    choice: Choice
    to: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A series to be. `weekdays` are ISO (Monday is 1); it ends by at most one of
    `until_on` (included), `count` and `term_id`, else it goes on."""

    teacher_id: TeacherId
    lesson_type_id: LessonTypeId
    first_on: date
    at: time
    weekdays: frozenset[int]
    student_ids: tuple[StudentId, ...] = ()
    room_id: RoomId | None = None
    minutes: int | None = None
    every_weeks: int = 1
    until_on: date | None = None
    count: int | None = None
    term_id: TermId | None = None
    term_time_only: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """What becomes different from one lesson on. `to` is the new beginning of that lesson in
    wall time: the following ones shift by as many days. None leaves a thing as it is."""

    to: datetime | None = None
    minutes: int | None = None
    teacher_id: TeacherId | None = None
    room_id: RoomId | None = None
    lesson_type_id: LessonTypeId | None = None
    no_room: bool = False


@dataclass(frozen=True, slots=True)
class SlotSearch:
    """What open times are wanted: of one teacher, or of any who teaches an instrument.

    Days count on the studio's wall, [first_on, until). `minutes` is the length, else the kind's;
    `without` is a lesson that would move away.
    """

    lesson_type_id: LessonTypeId
    first_on: date
    until: date
    teacher_id: TeacherId | None = None
    instrument: str = ""
    location_id: LocationId | None = None
    student_ids: frozenset[StudentId] = frozenset()
    minutes: int | None = None
    without: LessonId | None = None


@dataclass(frozen=True, slots=True)
class TeachingHours:
    """Wall time of the studio, in minutes from midnight (1440: the end of the day), on a weekday
    (Monday is 1) or on one date. `slot_minutes` publishes fixed slots of that length."""

    from_minute: int
    until_minute: int
    weekday: int | None = None
    dated_on: date | None = None
    location_id: LocationId | None = None
    slot_minutes: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """From a minute of one day to a minute of another, on the studio's wall."""

    first_on: date
    last_on: date
    from_minute: int = 0
    until_minute: int = DAY
    reason: str = ""
