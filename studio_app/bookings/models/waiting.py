"""Who waits, which times became free, who was asked about them, and who changes places."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.bookings.rules.waiting import (
    FreedState,
    OfferState,
    SwapState,
    TimeWish,
    WaitingKind,
    WaitingState,
    wishes_in,
)
from studio_app.kit.ids import (
    BookingId,
    FreedId,
    LessonId,
    LessonTypeId,
    OfferId,
    PersonId,
    StudentId,
    SwapId,
    TeacherId,
    WaitingId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class Waiting(StudioOwned, table=True):
    """A student waits for a teacher, or for anybody who teaches an instrument."""

    __table_args__ = studio_table(
        same_studio("student_id", "student"),
        same_studio("lesson_type_id", "lesson_type"),
        same_studio("teacher_id", "teacher"),
        same_studio("booking_id", "booking"),
        CheckConstraint("until_on >= from_on", name="waiting_ends_after_it_starts"),
        CheckConstraint("teacher_id is not null or instrument <> ''", name="waiting_for_somebody"),
        CheckConstraint("(state = 'waiting') = (ended_at is null)", name="waiting_ended_when"),
        Index("waiting_of_student", "studio_id", "student_id"),
        Index("waiting_now", "studio_id", postgresql_where=text("state = 'waiting'")),
    )

    id: WaitingId = key()
    student_id: StudentId = ref(index=False)
    lesson_type_id: LessonTypeId = ref()
    teacher_id: TeacherId | None = ref(default=None)
    instrument: str = ""
    kind: WaitingKind = Field(default=WaitingKind.REGULAR, sa_type=String)
    weekly: bool = Field(default=False, description="a place every week, not one lesson")
    times: list[Any] = Field(default_factory=list, sa_type=JSONB)
    """[weekday, from minute, until minute] each, in wall time; none: whenever"""
    from_on: date
    until_on: date | None = None
    state: WaitingState = Field(default=WaitingState.WAITING, sa_type=String)
    submitted_at: datetime = instant()
    asked_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    ended_at: datetime | None = instant(default=None)
    booking_id: BookingId | None = ref(default=None, index=False)

    @property
    def wishes(self) -> tuple[TimeWish, ...]:
        return wishes_in(self.times)

    def end(self, state: WaitingState, at: datetime) -> None:
        self.state, self.ended_at = state, at


class Freed(StudioOwned, table=True):
    """A time, or a place in a group, that became free and that somebody may want."""

    __table_args__ = studio_table(
        same_studio("lesson_id", "lesson"),
        same_studio("teacher_id", "teacher"),
        CheckConstraint("ends_at > starts_at", name="freed_ends_after_it_starts"),
        CheckConstraint(
            "(state in ('open', 'asking')) = (settled_at is null)", name="freed_settled_when"
        ),
        Index("freed_of_studio", "studio_id", "starts_at"),
        Index(
            "freed_once",
            "studio_id",
            "teacher_id",
            "starts_at",
            "lesson_id",
            unique=True,
            postgresql_where=text("settled_at is null"),
        ),
    )

    id: FreedId = key()
    lesson_id: LessonId = ref(index=False, description="whose time it was, or the group")
    teacher_id: TeacherId = ref(index=False)
    starts_at: datetime = instant()
    ends_at: datetime = instant()
    is_place: bool = Field(default=False, description="a place in that lesson")
    weekly: bool = Field(default=False, description="it is free every week from then on")
    freed_at: datetime = instant()
    state: FreedState = Field(default=FreedState.ASKING, sa_type=String)
    settled_at: datetime | None = instant(default=None)
    seen_to_at: datetime | None = instant(default=None, description="the office knows")

    def settle(self, state: FreedState, at: datetime) -> None:
        self.state, self.settled_at = state, at


class Offer(StudioOwned, table=True):
    """Somebody is asked whether they take it. Their time to answer begins with its delivery."""

    __table_args__ = studio_table(
        same_studio("freed_id", "freed"),
        same_studio("waiting_id", "waiting"),
        same_studio("teacher_id", "teacher"),
        same_studio("lesson_id", "lesson"),
        same_studio("booking_id", "booking"),
        UniqueConstraint("studio_id", "freed_id", "waiting_id", name="offer_once"),
        CheckConstraint("(state = 'offered') = (decided_at is null)", name="offer_decided_when"),
        CheckConstraint(
            "expires_at is null or delivered_at is not null", name="offer_expires_once_delivered"
        ),
        Index("offer_of_waiting", "studio_id", "waiting_id"),
        Index(
            "offer_standing",
            "studio_id",
            "freed_id",
            unique=True,
            postgresql_where=text("decided_at is null"),
        ),
    )

    id: OfferId = key()
    freed_id: FreedId = ref(index=False)
    waiting_id: WaitingId = ref(index=False)
    teacher_id: TeacherId = ref()
    lesson_id: LessonId | None = ref(default=None, index=False, description="a place in a group")
    starts_at: datetime = instant()
    minutes: int = Field(sa_type=SmallInteger)
    weekly: bool = False
    state: OfferState = Field(default=OfferState.OFFERED, sa_type=String)
    offered_at: datetime = instant()
    offered_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    answer_minutes: int = Field(sa_type=SmallInteger)
    answer_by: datetime = instant(description="whenever it is delivered: later is too soon")
    delivered_at: datetime | None = instant(default=None)
    expires_at: datetime | None = instant(default=None)
    decided_at: datetime | None = instant(default=None)
    decided_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    booking_id: BookingId | None = ref(default=None, index=False)

    def decide(self, state: OfferState, by: PersonId | None, at: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state, by, at


class OfferRule(StudioOwned, table=True):
    """How a studio offers what becomes free; without a row as it ships."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", name="offer_rule_once"),
        CheckConstraint("answer_minutes between 5 and 10080", name="offer_rule_answer"),
    )

    id: UUID = key()
    by_itself: bool = True
    answer_minutes: int = 120
    make_ups_first: bool = True


class Swap(StudioOwned, table=True):
    """Two families change the places of two lessons, if the other one agrees."""

    __table_args__ = studio_table(
        same_studio("lesson_id", "lesson"),
        same_studio("other_id", "lesson"),
        CheckConstraint("lesson_id <> other_id", name="swap_of_two"),
        CheckConstraint("(state = 'proposed') = (decided_at is null)", name="swap_decided_when"),
        Index("swap_of_lesson", "studio_id", "lesson_id"),
        Index("swap_of_other", "studio_id", "other_id"),
    )

    id: SwapId = key()
    lesson_id: LessonId = ref(index=False)
    other_id: LessonId = ref(index=False)
    lesson_at: datetime = instant(description="where it was when it was proposed")
    other_at: datetime = instant()
    state: SwapState = Field(default=SwapState.PROPOSED, sa_type=String)
    asked_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    asked_at: datetime = instant()
    decided_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    decided_at: datetime | None = instant(default=None)

    def decide(self, state: SwapState, by: PersonId | None, at: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state, by, at
