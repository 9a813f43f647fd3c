"""What scheduling tells the contexts above it."""

from dataclasses import dataclass
from datetime import date, datetime

from studio_app.kit.ids import ClosureId, EnrolmentId, LessonId, ProposalId, SeriesId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class LessonScheduled(Event):
    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class LessonMoved(Event):
    """Another time, teacher or room; the times are equal where only place or person changed."""

    lesson_id: LessonId
    was_at: datetime
    now_at: datetime


@dataclass(frozen=True, slots=True)
class TimesProposed(Event):
    """A lesson could be at other times: its family is to choose one."""

    proposal_id: ProposalId
    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class TimesDeclined(Event):
    """Its family takes none of the proposed times."""

    proposal_id: ProposalId
    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class LessonCancelled(Event):
    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class LessonDeclined(Event):
    """What was asked for and not agreed to is not to be."""

    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class LessonRestored(Event):
    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class SeatsChanged(Event):
    """A student was put into this one lesson, or taken out of it."""

    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class FocusWritten(Event):
    """What to practise after a lesson was written, or written anew."""

    lesson_id: LessonId


@dataclass(frozen=True, slots=True)
class SeriesScheduled(Event):
    series_id: SeriesId


@dataclass(frozen=True, slots=True)
class SeriesChanged(Event):
    """From this day on; `series_id` is the part that follows, perhaps a new series."""

    series_id: SeriesId
    was_series_id: SeriesId
    from_on: date
    resumed: bool = False
    """It was ended and is taken up again: nothing else became different"""


@dataclass(frozen=True, slots=True)
class SeriesRezoned(Event):
    """From this day on it is on another wall; that is told once for everything, not of each."""

    series_id: SeriesId
    from_on: date


@dataclass(frozen=True, slots=True)
class SeriesEnded(Event):
    """The lessons from this day on are cancelled."""

    series_id: SeriesId
    from_on: date


@dataclass(frozen=True, slots=True)
class StudentEnrolled(Event):
    enrolment_id: EnrolmentId


@dataclass(frozen=True, slots=True)
class EnrolmentEnded(Event):
    enrolment_id: EnrolmentId


@dataclass(frozen=True, slots=True)
class PlaceReleased(Event):
    """A place held in a weekly lesson to come was given back; that is its first lesson.

    `weekly`: nobody else takes part, so the time itself is free.
    """

    enrolment_id: EnrolmentId
    lesson_id: LessonId
    weekly: bool


@dataclass(frozen=True, slots=True)
class StudioClosed(Event):
    """Lessons in these days were cancelled; they carry the closure's id."""

    closure_id: ClosureId


@dataclass(frozen=True, slots=True)
class LocalTimesKept(Event):
    """The studio's clock shows another zone's time, and what is to come moved with it."""

    was: str
    zone: str
    """IANA names"""
