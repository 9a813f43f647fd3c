"""What attendance tells the contexts above it."""

from dataclasses import dataclass

from studio_app.kit.ids import SeatId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class AttendanceMarked(Event):
    """These seats have a new mark; which one counts is to be looked up."""

    seat_ids: tuple[SeatId, ...]
