"""Times on the wall on days when the clocks change: some are left out, some come twice."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from studio_app.kit.clock import is_skipped, is_twice
from studio_app.scheduling.rules.hours import DAY


def exists(day: date, minute: int, zone: ZoneInfo) -> bool:
    """Whether the clocks show this minute of the day; false for the hour skipped in spring.

    Its beginning and its end (0 and 1440) every day has.
    """
    if minute in {0, DAY}:
        return True
    return not is_skipped(_wall(day, minute), zone)


def next_there_is(day: date, minute: int, zone: ZoneInfo) -> int:
    """This minute of the day, or the first after it that the clocks show; 1440 if none is."""
    return next(m for m in range(minute, DAY + 1) if exists(day, m, zone))


def comes_twice(day: date, minute: int, zone: ZoneInfo) -> bool:
    """Whether the clocks show this minute of the day two times, as in autumn."""
    return minute != DAY and is_twice(_wall(day, minute), zone)


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))
