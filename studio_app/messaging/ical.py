"""A lesson as a calendar entry that travels with a letter.

Source: RFC 5545 (the format), RFC 5546 (PUBLISH and CANCEL; the organiser is required there).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
)

from studio_app.kit.settings import settings

PRODUCT = "-//Cadenza//Lessons//EN"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def lesson_event(
    *,
    uid: str,
    sequence: int,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    summary: str,
    description: str,
    location: str,
    url: str,
    organizer_name: str,
    stamped_at: datetime,
    cancelled: bool = False,
) -> bytes:
    """One lesson in the studio's own wall time; a later `sequence` of the same uid replaces it."""
    calendar: Any = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    begins, ends = _wall(starts_at, zone), _wall(ends_at, zone)
    if {begins.tzinfo, ends.tzinfo} != {UTC}:
        calendar.add_component(_rules_of(zone, begins.year))
    event: Any = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamped_at.astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", summary)
    for name, words in {"description": description, "location": location, "url": url}.items():
        if words:
            event.add(name, words)
    event.add("organizer", _organizer(organizer_name))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    return calendar.to_ical()


def _wall(instant: datetime, zone: str) -> datetime:
    """The time on the studio's wall; in UTC where that reads twice (RFC 5545 takes the first)."""
    local = instant.astimezone(ZoneInfo(zone))
    return instant.astimezone(UTC) if local.fold or zone == "UTC" else local


def _organizer(name: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{parseaddr(settings().studio_mail_from)[1]}")
    organizer.params["CN"] = " ".join(name.replace('"', "'").split())
    return organizer


@cache
def _rules_of(zone: str, year: int) -> Timezone:
    """The clock changes around that year, for calendars that do not know the zone by name.

    Written here because icalendar 7.3 gives the start of summer time in the new wall time;
    RFC 5545 3.6.5 wants each onset in the time that ends with it.
    """
    rules: Any = Timezone()
    rules.add("tzid", zone)
    first = datetime(year - 1, 1, 1, tzinfo=UTC)
    for onset in (first, *_changes(ZoneInfo(zone), first, datetime(year + 2, 1, 1, tzinfo=UTC))):
        before = (onset - MINUTE).astimezone(ZoneInfo(zone))
        after = onset.astimezone(ZoneInfo(zone))
        rule: Any = TimezoneDaylight() if after.dst() else TimezoneStandard()
        rule.add("dtstart", (onset + _offset(before)).replace(tzinfo=None))
        rule.add("tzoffsetfrom", _offset(before))
        rule.add("tzoffsetto", _offset(after))
        rule.add("tzname", after.tzname())
        rules.add_component(rule)
    return rules


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants at which the zone's distance from UTC changes, to the minute."""
    day = first
    while day < last:
        low, high = day, day + DAY
        if _offset(low.astimezone(zone)) != _offset(high.astimezone(zone)):
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                same = _offset(middle.astimezone(zone)) == _offset(low.astimezone(zone))
                low, high = (middle, high) if same else (low, middle)
            yield high
        day += DAY


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()
