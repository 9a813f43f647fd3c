"""A zone's clock changes as iCalendar tells them, for programs that do not know it by name."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@cache
def rules_of(zone: str, first_year: int, last_year: int) -> Timezone:
    """The clock changes of these years, both included, and what held before them.

    Written here because icalendar 7.3 gives the start of summer time in the new wall time;
    RFC 5545 3.6.5 wants each onset in the time that ends with it.
    """
    rules: Any = Timezone()
    rules.add("tzid", zone)
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (first_year, last_year + 1))
    for onset in (first, *_changes(ZoneInfo(zone), first, last)):
        before = (onset - MINUTE).astimezone(ZoneInfo(zone))
        after = onset.astimezone(ZoneInfo(zone))
        rule: Any = TimezoneDaylight() if after.dst() else TimezoneStandard()
        rule.add("dtstart", (onset + offset(before)).replace(tzinfo=None))
        rule.add("tzoffsetfrom", offset(before))
        rule.add("tzoffsetto", offset(after))
        rule.add("tzname", after.tzname())
        rules.add_component(rule)
    return rules


def wall(instant: datetime, zone: str) -> datetime:
    """The time on the studio's wall; in UTC where that reads twice (RFC 5545 takes the first)."""
    local = instant.astimezone(ZoneInfo(zone))
    return instant.astimezone(UTC) if local.fold or zone == "UTC" else local


def offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants at which the zone's distance from UTC changes, to the minute."""
    day = first
    while day < last:
        low, high = day, day + DAY
        if offset(low.astimezone(zone)) != offset(high.astimezone(zone)):
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                same = offset(middle.astimezone(zone)) == offset(low.astimezone(zone))
                low, high = (middle, high) if same else (low, middle)
            yield high
        day += DAY
