"""Who waits for what, what became of a freed time, and of each question about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from studio_app.kit.words import Labelled

DAY = 24 * 60
SUNDAY = 7


class WaitingKind(Labelled):
    """Who has a lesson to make up for may come before everybody else."""

    MAKE_UP = "make_up"
    REGULAR = "regular"


class WaitingState(Labelled):
    WAITING = "waiting"
    PLACED = "placed"
    WITHDRAWN = "withdrawn"


class FreedState(Labelled):
    """Open: the office chooses whom to ask. Asking: one after the other is asked by itself."""

    OPEN = "open"
    ASKING = "asking"
    TAKEN = "taken"
    NOBODY = "nobody"
    GONE = "gone"


class OfferState(Labelled):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class SwapState(Labelled):
    PROPOSED = "proposed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class TimeWish:
    """On one weekday (ISO: Monday is 1) a lesson may lie between these minutes of the wall."""

    weekday: int
    from_minute: int = 0
    until_minute: int = DAY

    @property
    def makes_sense(self) -> bool:
        return 1 <= self.weekday <= SUNDAY and 0 <= self.from_minute < self.until_minute <= DAY


def stored(times: Iterable[TimeWish]) -> list[list[int]]:
    return [[one.weekday, one.from_minute, one.until_minute] for one in times]


def wishes_in(rows: Sequence[Any]) -> tuple[TimeWish, ...]:
    return tuple(TimeWish(*row) for row in rows)


def suits(
    times: Sequence[TimeWish], starts_at: datetime, ends_at: datetime, zone: ZoneInfo
) -> bool:
    """Whether a lesson lies in one of these times; without any, every time does."""
    first, last = starts_at.astimezone(zone), ends_at.astimezone(zone)
    begins = first.hour * 60 + first.minute
    ends = (last.date() - first.date()).days * DAY + last.hour * 60 + last.minute
    return not times or any(
        one.weekday == first.isoweekday() and one.from_minute <= begins and ends <= one.until_minute
        for one in times
    )
