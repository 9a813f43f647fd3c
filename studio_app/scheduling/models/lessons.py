"""Lessons and the seats in them.

A composite foreign key with ON UPDATE CASCADE copies what an exclusion constraint needs from
the row that owns it: a seat carries its lesson's time, a lesson its room's kind. So the
database itself keeps a student from being in two places, whoever moved which lesson.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Computed,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    and_,
    select,
    text,
)
from sqlmodel import Field, col

from studio_app.kit.clock import Slot
from studio_app.kit.ids import (
    ClosureId,
    EnrolmentId,
    LessonId,
    LessonTypeId,
    RoomId,
    SeatId,
    SeriesId,
    StudentId,
    TeacherId,
    TimeOffId,
)
from studio_app.kit.tables import (
    StudioOwned,
    instant,
    key,
    no_overlap,
    ref,
    same_studio,
    studio_table,
)
from studio_app.scheduling.rules.states import (
    BLOCKING,
    TAKING_PLACE,
    WITHOUT_TRACE,
    CancelledBy,
    LessonKind,
    LessonStatus,
)

_FREE = "((status)::text <> ALL (ARRAY['cancelled'::text, 'declined'::text, 'expired'::text]))"


class Lesson(StudioOwned, table=True):
    """One lesson: a teacher, a time, perhaps a room, and the students in its seats.

    `series_id` and `occurs_on` are the identity the series gave it, whatever it moved to.
    """

    __table_args__ = studio_table(
        same_studio("teacher_id", "teacher"),
        ForeignKeyConstraint(
            ["studio_id", "room_id", "room_single_use"],
            ["room.studio_id", "room.id", "room.single_use"],
            name="lesson_in_room",
            onupdate="CASCADE",
        ),
        same_studio("lesson_type_id", "lesson_type"),
        same_studio("series_id", "series"),
        same_studio("closure_id", "closure"),
        same_studio("time_off_id", "time_off"),
        same_studio("covers_for_id", "teacher"),
        UniqueConstraint("studio_id", "series_id", "occurs_on", name="lesson_once_per_occurrence"),
        UniqueConstraint(
            "studio_id", "id", "starts_at", "ends_at", "blocking", name="lesson_with_its_time"
        ),
        CheckConstraint("ends_at > starts_at", name="lesson_ends_after_it_starts"),
        CheckConstraint("(series_id is null) = (occurs_on is null)", name="lesson_knows_its_day"),
        CheckConstraint("(room_id is null) = (room_single_use is null)", name="lesson_knows_room"),
        CheckConstraint(
            "(status = 'cancelled') = (cancelled_at is not null)", name="lesson_cancelled_when"
        ),
        no_overlap("lesson_teacher_is_free", "teacher_id", when="blocking"),
        no_overlap("lesson_room_is_free", "room_id", when="blocking and room_single_use"),
        Index("lesson_of_teacher", "studio_id", "teacher_id", "starts_at"),
        Index("lesson_of_studio", "studio_id", "starts_at"),
        Index("lesson_of_room", "studio_id", "room_id", "starts_at"),
        Index("lesson_requested", "id", postgresql_where=text("status = 'requested'")),
    )

    id: LessonId = key()
    series_id: SeriesId | None = ref(default=None, index=False)
    occurs_on: date | None = None
    teacher_id: TeacherId = ref(index=False)
    room_id: RoomId | None = ref(default=None, index=False)
    room_single_use: bool | None = None
    lesson_type_id: LessonTypeId = ref()
    starts_at: datetime = instant()
    ends_at: datetime = instant()
    status: LessonStatus = Field(default=LessonStatus.SCHEDULED, sa_type=String)
    blocking: bool = Field(default=None, sa_column_args=(Computed(_FREE, persisted=True),))
    kind: LessonKind = Field(default=LessonKind.REGULAR, sa_type=String)
    notes: str = Field(default="", description="only staff read them")
    focus: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """What to practise: the family reads it"""
    despite: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Why it is where something speaks against it: staff gave this reason"""
    cancelled_at: datetime | None = instant(default=None)
    cancelled_by: CancelledBy | None = Field(default=None, sa_type=String)
    cancel_reason: str = ""
    closure_id: ClosureId | None = ref(default=None, description="cancelled for this closure")
    time_off_id: TimeOffId | None = ref(
        default=None, description="cancelled because the teacher is away"
    )
    covers_for_id: TeacherId | None = ref(
        default=None, description="whose lesson it is, where another teacher gives it that day"
    )

    @property
    def slot(self) -> Slot:
        return Slot(self.starts_at, self.ends_at)

    @property
    def lasting(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def takes_time(self) -> bool:
        """As `blocking`, also before it is written."""
        return self.status in BLOCKING


class Seat(StudioOwned, table=True):
    """A student's place in a lesson; it moves with the lesson."""

    __table_args__ = studio_table(
        ForeignKeyConstraint(
            ["studio_id", "lesson_id", "starts_at", "ends_at", "blocking"],
            [
                "lesson.studio_id",
                "lesson.id",
                "lesson.starts_at",
                "lesson.ends_at",
                "lesson.blocking",
            ],
            name="seat_in_lesson",
            onupdate="CASCADE",
        ),
        same_studio("student_id", "student"),
        same_studio("enrolment_id", "enrolment"),
        UniqueConstraint("studio_id", "lesson_id", "student_id", name="seat_once_per_student"),
        CheckConstraint("not excused or left_at is not null", name="seat_excused_is_free"),
        no_overlap("seat_student_is_free", "student_id", when="blocking and left_at is null"),
        Index("seat_of_student", "studio_id", "student_id", "starts_at"),
    )

    id: SeatId = key()
    lesson_id: LessonId = ref(index=False)
    student_id: StudentId = ref(index=False)
    enrolment_id: EnrolmentId | None = ref(default=None)
    starts_at: datetime = instant()
    ends_at: datetime = instant()
    blocking: bool = True
    left_at: datetime | None = instant(default=None)
    excused: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Not there this once; the enrolment goes on and the place is free on this day"""
    confirmed_for: datetime | None = instant(default=None)
    """The start the family confirmed; a lesson moved since is not confirmed"""


def takes_place() -> ColumnElement[bool]:
    """Lessons that are taught, marked, reminded of and billed."""
    return col(Lesson.status).in_(TAKING_PLACE)


def is_drawn() -> ColumnElement[bool]:
    """Lessons that a calendar shows: not what was only ever asked for."""
    return col(Lesson.status).not_in(WITHOUT_TRACE)


def seat_takes_place() -> ColumnElement[bool]:
    """Seats that nobody gave back, in lessons that take place; no join with lessons needed."""
    requested = select(col(Lesson.id)).where(col(Lesson.status) == LessonStatus.REQUESTED)
    return and_(
        col(Seat.blocking), col(Seat.left_at).is_(None), col(Seat.lesson_id).not_in(requested)
    )
