"""Where lessons are given, what kinds there are, and the school year."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlmodel import Field

from studio_app.kit.ids import ClosureId, LessonTypeId, LocationId, RoomId, TermId
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class Location(StudioOwned, table=True):
    """A building where lessons are given, or the place for those over the wire."""

    __table_args__ = studio_table()

    id: LocationId = key()
    name: str
    address: str = ""
    is_online: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    archived_at: datetime | None = instant(default=None)


class Room(StudioOwned, table=True):
    """A room; single-use unless several lessons may share it, as in a hall."""

    __table_args__ = studio_table(
        same_studio("location_id", "location"),
        UniqueConstraint("studio_id", "id", "single_use", name="room_with_its_use"),
        CheckConstraint("max_capacity > 0", name="room_holds_somebody"),
    )

    id: RoomId = key()
    location_id: LocationId = ref()
    name: str
    max_capacity: int | None = Field(default=None, description="empty: not limited")
    single_use: bool = True
    archived_at: datetime | None = instant(default=None)


class LessonType(StudioOwned, table=True):
    """What can be taught: how long, for how many, and its colour on the calendar."""

    __table_args__ = studio_table(
        CheckConstraint("minutes between 5 and 1440", name="lesson_type_lasts_within_a_day"),
        CheckConstraint("capacity > 0", name="lesson_type_is_for_somebody"),
        CheckConstraint("colour between 1 and 8", name="lesson_type_colour_is_one_of_eight"),
    )

    id: LessonTypeId = key()
    name: str
    minutes: int
    capacity: int | None = Field(default=None, description="empty: not limited; 1: individual")
    colour: int = 1
    is_online: bool = False
    archived_at: datetime | None = instant(default=None)


class Term(StudioOwned, table=True):
    """A span of dates, both included, in which a studio teaches."""

    __table_args__ = studio_table(
        CheckConstraint("ends_on >= starts_on", name="term_ends_after_it_starts"),
    )

    id: TermId = key()
    name: str
    starts_on: date
    ends_on: date


class Closure(StudioOwned, table=True):
    """Days, both included, without lessons: everywhere, or at one location."""

    __table_args__ = studio_table(
        same_studio("location_id", "location"),
        CheckConstraint("ends_on >= starts_on", name="closure_ends_after_it_starts"),
    )

    id: ClosureId = key()
    name: str
    starts_on: date
    ends_on: date
    location_id: LocationId | None = ref(default=None)


class IgnoredHoliday(StudioOwned, table=True):
    """A bank holiday, by its name, on which this studio teaches all the same."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "name", name="holiday_ignored_once"),
    )

    id: UUID = key()
    name: str
