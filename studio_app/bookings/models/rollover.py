"""Re-enrolment runs: from one term to the next, which weekly lessons go on, and for whom."""

from datetime import date, datetime, time

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlmodel import Field

from studio_app.bookings.rules.rollover import Answer, AnsweredBy, RolloverState
from studio_app.kit.ids import (
    EnrolmentId,
    LessonId,
    PersonId,
    RolloverId,
    RolloverLessonId,
    RolloverPlaceId,
    SeriesId,
    StudentId,
    TermId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class Rollover(StudioOwned, table=True):
    """A run: families are asked whether they go on from one term to another."""

    __table_args__ = studio_table(
        same_studio("from_term_id", "term", name="rollover_from_term"),
        same_studio("to_term_id", "term", name="rollover_to_term"),
        CheckConstraint("from_term_id <> to_term_id", name="rollover_between_two_terms"),
        CheckConstraint("(state = 'prepared') = (sent_at is null)", name="rollover_sent_when"),
        CheckConstraint(
            "(state = 'closed') = (closed_at is not null)", name="rollover_closed_when"
        ),
        Index(
            "rollover_once_at_a_time",
            "studio_id",
            "from_term_id",
            "to_term_id",
            unique=True,
            postgresql_where=text("state <> 'closed'"),
        ),
    )

    id: RolloverId = key()
    from_term_id: TermId = ref(index=False)
    to_term_id: TermId = ref(index=False)
    state: RolloverState = Field(default=RolloverState.PREPARED, sa_type=String)
    answer_by: date
    started_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    sent_at: datetime | None = instant(default=None)
    reminded_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    closed_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")


class RolloverLesson(StudioOwned, table=True):
    """A weekly lesson in a run. One that has no end goes on by itself; another is continued by
    a series that is held from when families are asked."""

    __table_args__ = studio_table(
        same_studio("rollover_id", "rollover"),
        same_studio("series_id", "series"),
        same_studio("next_id", "series"),
        UniqueConstraint("studio_id", "rollover_id", "series_id", name="rollover_lesson_once"),
        CheckConstraint("weekday between 1 and 7", name="rollover_lesson_weekday"),
        CheckConstraint("not goes_on or next_id is null", name="rollover_lesson_goes_on_itself"),
    )

    id: RolloverLessonId = key()
    rollover_id: RolloverId = ref(index=False)
    series_id: SeriesId = ref()
    goes_on: bool
    weekday: int | None = Field(
        default=None, sa_type=SmallInteger, description="ISO; empty: as it was"
    )
    at: time | None = Field(default=None, description="wall time; empty: as it was")
    next_id: SeriesId | None = ref(default=None, description="what is held, or was")


class RolloverPlace(StudioOwned, table=True):
    """A student's place in a weekly lesson: whether it goes on, who said so, and why not."""

    __table_args__ = studio_table(
        same_studio("rollover_id", "rollover"),
        same_studio("lesson_id", "rollover_lesson"),
        same_studio("enrolment_id", "enrolment"),
        same_studio("student_id", "student"),
        same_studio("next_id", "enrolment"),
        UniqueConstraint("studio_id", "rollover_id", "enrolment_id", name="rollover_place_once"),
        CheckConstraint(
            "num_nonnulls(answer, answered_at, answered_how) in (0, 3)",
            name="rollover_place_answered_when",
        ),
        CheckConstraint("not left_out or answer is null", name="rollover_place_left_out_unasked"),
    )

    id: RolloverPlaceId = key()
    rollover_id: RolloverId = ref(index=False)
    lesson_id: RolloverLessonId = ref()
    enrolment_id: EnrolmentId = ref()
    student_id: StudentId = ref()
    left_out: bool = Field(default=False, description="the family is not asked")
    next_id: EnrolmentId | None = ref(default=None, description="what is held, or was")
    answer: Answer | None = Field(default=None, sa_type=String)
    answered_at: datetime | None = instant(default=None)
    answered_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    answered_how: AnsweredBy | None = Field(default=None, sa_type=String)
    reason: str = ""
    reminded_at: datetime | None = instant(default=None)
    stopped_ids: list[LessonId] = Field(default_factory=list[LessonId], sa_type=ARRAY(Uuid))  # type: ignore[call-overload]
    """Lessons that a no called off, for a yes to put back."""
    stopped_whole: bool = False
    was_ended_on: date | None = None

    def say(
        self, answer: Answer, how: AnsweredBy, by: PersonId | None, at: datetime, reason: str
    ) -> None:
        self.answer, self.answered_how, self.answered_by = answer, how, by
        self.answered_at, self.reason = at, reason if answer is Answer.NO else ""
