"""Times on the wall on days when the clocks change: some are left out, some come twice."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from studio_app.scheduling.rules.hours import DAY


def exists(day: date, minute: int, zone: ZoneInfo) -> bool:
    """Whether the clocks show this minute of the day; false for the hour skipped in spring.

    Its beginning and its end (0 and 1440) every day has.
    """
    if minute in {0, DAY}:
        return True
    wall = _wall(day, minute, zone)
    there = wall.astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None, fold=0) == wall.replace(tzinfo=None)


def next_there_is(day: date, minute: int, zone: ZoneInfo) -> int:
    """This minute of the day, or the first after it that the clocks show; 1440 if none is."""
    return next(m for m in range(minute, DAY + 1) if exists(day, m, zone))


def comes_twice(day: date, minute: int, zone: ZoneInfo) -> bool:
    """Whether the clocks show this minute of the day two times, as in autumn."""
    if minute == DAY or not exists(day, minute, zone):
        return False
    wall = _wall(day, minute, zone)
    return wall.utcoffset() != wall.replace(fold=1).utcoffset()


def _wall(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
