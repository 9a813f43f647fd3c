"""Instants are UTC and aware; wall time exists only together with a zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A half-open span of time, [starts_at, ends_at), in UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def lasting(self) -> timedelta:
        return self.ends_at - self.starts_at

    def overlaps(self, other: "Slot") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def contains(self, other: "Slot") -> bool:
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


def utc_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the one clock


def to_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Resolve wall time the way RFC 5545 does.

    In an autumn overlap the first of the two instants is meant; a time skipped in
    spring moves forward by the size of the gap.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def is_skipped(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks jump over this wall time in spring: `to_instant` moves it forward."""
    there = to_instant(wall.date(), wall.time(), zone).astimezone(zone)
    return there.replace(tzinfo=None) != wall


def is_twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks show this wall time twice in autumn: `to_instant` means the first."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and not is_skipped(wall, zone)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date on the studio's wall at that instant."""
    return instant.astimezone(zone).date()


def local_days(first: date, until: date, zone: ZoneInfo) -> Slot:
    """From the start of `first` to the start of `until` on the studio's wall."""
    return Slot(to_instant(first, time(), zone), to_instant(until, time(), zone))


def local_day(day: date, zone: ZoneInfo) -> Slot:
    """One whole day on the studio's wall: 23, 24 or 25 hours long."""
    return local_days(day, day + timedelta(days=1), zone)
