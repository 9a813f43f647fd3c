"""Bookings: what was asked for, what became of it and who said so."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, text
from sqlmodel import Field

from studio_app.bookings.rules.states import BookingKind, BookingState, Reason
from studio_app.kit.ids import (
    BookingId,
    EnrolmentId,
    LessonId,
    LessonTypeId,
    PersonId,
    RoomId,
    SeriesId,
    StudentId,
    TeacherId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class Booking(StudioOwned, table=True):
    """Somebody asked for a time. Its lesson, weekly place or seat keeps that time meanwhile."""

    __table_args__ = studio_table(
        same_studio("student_id", "student"),
        same_studio("lesson_type_id", "lesson_type"),
        same_studio("teacher_id", "teacher"),
        same_studio("room_id", "room"),
        same_studio("lesson_id", "lesson"),
        same_studio("series_id", "series"),
        same_studio("enrolment_id", "enrolment"),
        CheckConstraint("minutes between 5 and 1440", name="booking_lasts_within_a_day"),
        CheckConstraint(
            "(kind = 'weekly') = (enrolment_id is not null)", name="booking_of_a_weekly_place"
        ),
        CheckConstraint(
            "(series_id is null) = (enrolment_id is null)", name="booking_knows_its_series"
        ),
        CheckConstraint(
            "(state in ('requested', 'provisional')) = (decided_at is null)",
            name="booking_decided_when",
        ),
        Index("booking_of_student", "studio_id", "student_id"),
        Index("booking_of_lesson", "studio_id", "lesson_id"),
        Index("booking_of_series", "studio_id", "series_id"),
        Index(
            "booking_waiting",
            "studio_id",
            "expires_at",
            postgresql_where=text("decided_at is null"),
        ),
    )

    id: BookingId = key()
    kind: BookingKind = Field(sa_type=String)
    state: BookingState = Field(default=BookingState.REQUESTED, sa_type=String)
    reason: Reason | None = Field(
        default=None, sa_type=String, description="why it is not confirmed yet"
    )
    student_id: StudentId = ref(index=False)
    lesson_type_id: LessonTypeId = ref()
    teacher_id: TeacherId = ref()
    room_id: RoomId | None = ref(default=None, index=False)
    starts_at: datetime = instant(description="of the first lesson, as it was asked for")
    minutes: int = Field(sa_type=SmallInteger)
    lesson_id: LessonId = ref(index=False, description="the first lesson")
    series_id: SeriesId | None = ref(default=None, index=False)
    enrolment_id: EnrolmentId | None = ref(default=None, index=False)
    asked_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    asked_at: datetime = instant()
    settled_at: datetime | None = instant(default=None, description="looked at by itself")
    decided_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    decided_at: datetime | None = instant(default=None)
    words: str = Field(default="", description="why it was declined: the family reads it")
    expires_at: datetime = instant()
    alerted_at: datetime | None = instant(default=None, description="the office was told")

    def decide(self, state: BookingState, by: PersonId | None, at: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state, by, at
