"""Series: weekly rules in wall time, their exceptions, and who takes part."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from studio_app.kit.ids import (
    ClosureId,
    EnrolmentId,
    LessonTypeId,
    RoomId,
    SeriesId,
    StudentId,
    TeacherId,
    TermId,
)
from studio_app.kit.tables import StudioOwned, key, ref, same_studio, studio_table
from studio_app.scheduling.rules.states import EnrolmentState, Why


class Series(StudioOwned, table=True):
    """A weekly rule in wall time. Each of its days up to `generated_until` has a lesson or a
    `SeriesException` that says why not."""

    __table_args__ = studio_table(
        same_studio("teacher_id", "teacher"),
        same_studio("room_id", "room"),
        same_studio("lesson_type_id", "lesson_type"),
        same_studio("term_id", "term"),
        same_studio("follows_id", "series"),
        CheckConstraint("minutes between 5 and 1440", name="series_lasts_within_a_day"),
        CheckConstraint("every_weeks between 1 and 52", name="series_repeats_within_a_year"),
        CheckConstraint("cardinality(weekdays) > 0", name="series_has_a_weekday"),
        CheckConstraint(
            "weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]", name="series_weekdays_are_iso_days"
        ),
        CheckConstraint("num_nonnulls(until_on, count, term_id) <= 1", name="series_ends_one_way"),
        CheckConstraint("count > 0", name="series_has_a_lesson"),
        Index("series_of_teacher", "studio_id", "teacher_id"),
    )

    id: SeriesId = key()
    name: str = Field(default="", description="what a class is called; empty: its students")
    teacher_id: TeacherId = ref(index=False)
    room_id: RoomId | None = ref(default=None)
    lesson_type_id: LessonTypeId = ref()
    first_on: date
    at: time
    minutes: int
    zone: str = Field(description="IANA name; the wall the time is on")
    every_weeks: int = 1
    weekdays: list[int] = Field(sa_type=ARRAY(SmallInteger), description="ISO: Monday is 1")  # type: ignore[call-overload]
    until_on: date | None = None
    count: int | None = None
    term_id: TermId | None = ref(default=None)
    term_time_only: bool = False
    ended_on: date | None = Field(default=None, description="last day, when ended before its time")
    generated_until: date | None = None
    follows_id: SeriesId | None = ref(default=None, description="split off from this series")


class SeriesException(StudioOwned, table=True):
    """A day of the rule that has no lesson, and why. (A cancelled lesson is a lesson.)"""

    __table_args__ = studio_table(
        same_studio("series_id", "series"),
        same_studio("closure_id", "closure"),
        UniqueConstraint(
            "studio_id", "series_id", "occurs_on", name="exception_once_per_occurrence"
        ),
    )

    id: UUID = key()
    series_id: SeriesId = ref(index=False)
    occurs_on: date
    why: Why = Field(sa_type=String)
    closure_id: ClosureId | None = ref(default=None)


class Enrolment(StudioOwned, table=True):
    """A student takes part in a series from one date to another, both included."""

    __table_args__ = studio_table(
        same_studio("student_id", "student"),
        same_studio("series_id", "series"),
        same_studio("follows_id", "enrolment"),
        CheckConstraint("ends_on >= starts_on", name="enrolment_ends_after_it_starts"),
        ExcludeConstraint(
            (text("studio_id"), "="),
            (text("series_id"), "="),
            (text("student_id"), "="),
            (func.daterange(text("starts_on"), text("ends_on"), text("'[]'")), "&&"),
            using="gist",
            name="enrolment_once_at_a_time",
        ),
        Index("enrolment_of_series", "studio_id", "series_id"),
    )

    id: EnrolmentId = key()
    student_id: StudentId = ref()
    series_id: SeriesId = ref(index=False)
    starts_on: date
    ends_on: date | None = None
    state: EnrolmentState = Field(
        default=EnrolmentState.ACTIVE,
        sa_type=String,
        sa_column_kwargs={"server_default": text("'active'")},
    )
    follows_id: EnrolmentId | None = ref(
        default=None, description="the same enrolment before its series was split"
    )
