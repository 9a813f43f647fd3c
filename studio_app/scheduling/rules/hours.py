"""The hours in which somebody teaches or is away: wall time, made into spans of seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from studio_app.kit.clock import to_instant
from studio_app.kit.ids import LocationId, TeacherId

DAY = 24 * 60
FAR = timedelta(days=365 * 3)

Span = tuple[int, int]
"""Half open, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody teaches, in wall time: weekly on a weekday, or on one date.

    Minutes count from midnight, up to 1440. `slot_minutes` publishes fixed slots.
    """

    teacher_id: TeacherId
    location_id: LocationId | None
    from_minute: int
    until_minute: int
    weekday: int | None = None
    dated_on: date | None = None
    slot_minutes: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        if self.weekday is None:
            return self.dated_on == day
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or day <= self.ends_on)


class Block(Protocol):
    """Hours as somebody offers them."""

    @property
    def weekday(self) -> int | None: ...
    @property
    def dated_on(self) -> date | None: ...
    @property
    def from_minute(self) -> int: ...
    @property
    def until_minute(self) -> int: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...


def never_both(one: Block, other: Block) -> bool:
    """Whether no minute of any day is in both. A date may repeat what its weekday has."""
    if (one.weekday, one.dated_on) != (other.weekday, other.dated_on):
        return True
    if one.until_minute <= other.from_minute or other.until_minute <= one.from_minute:
        return True
    ends = (one.ends_on or date.max, other.ends_on or date.max)
    return min(ends) < max(one.starts_on or date.min, other.starts_on or date.min)


def near(today: date, *days: date) -> bool:
    """Neither in another century by a slip of the finger, nor too far ahead."""
    return all(today - FAR <= day <= today + FAR for day in days)


@dataclass(frozen=True, slots=True)
class Away:
    teacher_id: TeacherId
    first_on: date
    from_minute: int
    last_on: date
    until_minute: int


def days_of_block(block: Hours, first: date, last: date) -> list[date]:
    if block.dated_on is not None:
        return [block.dated_on] if first <= block.dated_on <= last else []
    ahead = ((block.weekday or 1) - first.isoweekday()) % 7
    days = range(first.toordinal() + ahead, last.toordinal() + 1, 7)
    return [day for day in map(date.fromordinal, days) if block.holds_on(day)]


def away_span(away: Away, zone: ZoneInfo) -> Span:
    return (
        wall_second(away.first_on, away.from_minute, zone),
        wall_second(away.last_on, away.until_minute, zone),
    )


def wall_second(day: date, minute: int, zone: ZoneInfo) -> int:
    """The moment at which the studio's clock shows this minute of the day."""
    if minute == DAY:
        return wall_second(day + timedelta(days=1), 0, zone)
    return seconds(to_instant(day, time(minute // 60, minute % 60), zone))


def seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same times as few spans in order; what touches is one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            if end > out[-1][1]:
                out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
