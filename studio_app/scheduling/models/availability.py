"""When teachers teach, when they are away, and by which rules families may book."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint
from sqlmodel import Field

from studio_app.kit.ids import AvailabilityId, LessonTypeId, LocationId, TeacherId, TimeOffId
from studio_app.kit.tables import StudioOwned, key, ref, same_studio, studio_table
from studio_app.scheduling.rules.states import Confirming

_WITHIN_A_DAY = "from_minute >= 0 and from_minute < until_minute and until_minute <= 1440"


class Availability(StudioOwned, table=True):
    """Hours in which a teacher teaches, in wall time: every week on one weekday, or on one date.

    Minutes count from midnight, so that a block may end with its day. With `slot_minutes` the
    hours are published as slots of that length; without, any time in them can be had.
    """

    __table_args__ = studio_table(
        same_studio("teacher_id", "teacher"),
        same_studio("location_id", "location"),
        CheckConstraint(_WITHIN_A_DAY, name="availability_within_a_day"),
        CheckConstraint("num_nonnulls(weekday, dated_on) = 1", name="availability_weekly_or_dated"),
        CheckConstraint("weekday between 1 and 7", name="availability_on_an_iso_day"),
        CheckConstraint("ends_on >= starts_on", name="availability_ends_after_it_starts"),
        CheckConstraint("slot_minutes between 5 and 1440", name="availability_slot_within_a_day"),
        Index("availability_of_teacher", "studio_id", "teacher_id"),
    )

    id: AvailabilityId = key()
    teacher_id: TeacherId = ref(index=False)
    location_id: LocationId | None = ref(default=None, description="empty: needs no room")
    weekday: int | None = Field(default=None, sa_type=SmallInteger, description="Monday is 1")
    dated_on: date | None = None
    from_minute: int = Field(sa_type=SmallInteger)
    until_minute: int = Field(sa_type=SmallInteger)
    slot_minutes: int | None = Field(default=None, sa_type=SmallInteger)
    starts_on: date | None = Field(default=None, description="first day of a weekly block")
    ends_on: date | None = Field(default=None, description="last day of a weekly block")


class TimeOff(StudioOwned, table=True):
    """A teacher is away, from a minute of one day to a minute of another, in wall time."""

    __table_args__ = studio_table(
        same_studio("teacher_id", "teacher"),
        CheckConstraint(
            "from_minute between 0 and 1439 and until_minute between 1 and 1440",
            name="time_off_within_days",
        ),
        CheckConstraint(
            "(last_on, until_minute) > (first_on, from_minute)", name="time_off_ends_later"
        ),
        Index("time_off_of_teacher", "studio_id", "teacher_id", "last_on"),
    )

    id: TimeOffId = key()
    teacher_id: TeacherId = ref(index=False)
    first_on: date
    from_minute: int = Field(default=0, sa_type=SmallInteger)
    last_on: date
    until_minute: int = Field(default=1440, sa_type=SmallInteger)
    reason: str = Field(default="", description="only staff read it")


class BookingRule(StudioOwned, table=True):
    """How lessons may be booked: the studio's own row, and where a kind of lesson differs.

    What is empty in a row of a kind is as the studio says; what is empty in the studio's row is
    as it ships (`rules/booking.py`).
    """

    __table_args__ = studio_table(
        same_studio("lesson_type_id", "lesson_type"),
        UniqueConstraint(
            "studio_id",
            "lesson_type_id",
            name="booking_rule_once",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("lead_minutes >= 0", name="booking_rule_lead"),
        CheckConstraint("horizon_days between 1 and 730", name="booking_rule_horizon"),
        CheckConstraint("most_a_week >= 0", name="booking_rule_most_a_week"),
        CheckConstraint("buffer_minutes between 0 and 1440", name="booking_rule_buffer"),
        CheckConstraint("travel_minutes between 0 and 1440", name="booking_rule_travel"),
        CheckConstraint("step_minutes between 5 and 240", name="booking_rule_step"),
        CheckConstraint("expire_days between 1 and 365", name="booking_rule_expiry"),
    )

    id: UUID = key()
    lesson_type_id: LessonTypeId | None = ref(default=None)
    is_open: bool | None = Field(default=None, description="families may book it")
    lead_minutes: int | None = None
    horizon_days: int | None = None
    most_a_week: int | None = Field(
        default=None, description="lessons of one student; 0: not limited"
    )
    buffer_minutes: int | None = Field(default=None, description="between any two lessons")
    travel_minutes: int | None = Field(default=None, description="between two locations")
    step_minutes: int | None = None
    confirming: Confirming | None = Field(default=None, sa_type=String)
    one_active: bool | None = Field(default=None, description="one weekly slot for each student")
    expire_days: int | None = Field(default=None, description="a provisional place lapses")
