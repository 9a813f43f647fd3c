"""What was decided that a lesson costs although it does not take place. Written once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from studio_app.kit.ids import PersonId, SeatId
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class SeatRuling(StudioOwned, table=True):
    """Somebody cancelled, and a policy said what that costs. Of a seat the latest one counts, and
    only as long as the seat is not taken."""

    __table_args__ = studio_table(
        same_studio("seat_id", "seat"),
        UniqueConstraint("studio_id", "seat_id", "nth", name="seat_ruling_in_order"),
        CheckConstraint("nth > 0", name="seat_ruling_counts_from_one"),
        CheckConstraint("minor >= 0", name="seat_ruling_is_not_negative"),
    )

    id: UUID = key()
    seat_id: SeatId = ref(index=False)
    nth: int = 1
    stands: bool = True
    """False: what was decided before was taken back"""
    minor: int | None = Field(default=None, sa_type=BigInteger)
    """Of the studio's currency, 0 is nothing; None: what it costs anyway"""
    forfeits: bool = False
    """What paid for it by credit stays spent"""
    because_id: UUID | None = ref(default=None, index=False, description="the decision")
    ruled_by: PersonId | None = ref(default=None, index=False)
    ruled_at: datetime = instant()
