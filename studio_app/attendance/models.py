"""What became of each seat. A mark is added, never changed; the latest one counts.

And which seats somebody has put off deciding about.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field

from studio_app.attendance.rules import Outcome
from studio_app.kit.ids import LeftId, MarkId, PersonId, SeatId
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class AttendanceMark(StudioOwned, table=True):
    """Somebody said that a student was present, late, excused or did not come."""

    __table_args__ = studio_table(
        same_studio("seat_id", "seat"),
        UniqueConstraint("studio_id", "seat_id", "nth", name="attendance_mark_in_order"),
        CheckConstraint("nth > 0", name="attendance_mark_counts_from_one"),
        Index("attendance_mark_of_seat", "seat_id", "nth"),
    )

    id: MarkId = key()
    seat_id: SeatId = ref(index=False)
    nth: int = 1
    outcome: Outcome = Field(sa_type=String)
    note: str = Field(default="", description="personal")
    marked_at: datetime = instant()
    marked_by: PersonId | None = ref(default=None, index=False)


class LeftForLater(StudioOwned, table=True):
    """Somebody of the office will decide about this seat later: until then it waits and is listed,
    and no run asks about it."""

    __table_args__ = studio_table(
        same_studio("seat_id", "seat"),
        UniqueConstraint("studio_id", "seat_id", name="left_for_later_once"),
        CheckConstraint("until > left_at", name="left_for_later_ends"),
    )

    id: LeftId = key()
    seat_id: SeatId = ref(index=False)
    left_at: datetime = instant()
    left_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    until: datetime = instant(description="from when on it is asked about again")


class CompletionRule(StudioOwned, table=True):
    """Whether a lesson that nobody has marked is taken as held once it is over."""

    __table_args__ = studio_table(UniqueConstraint("studio_id", name="completion_rule_one"))

    id: UUID = key()
    completes: bool = False
