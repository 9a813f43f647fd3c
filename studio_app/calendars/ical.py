"""Lessons in the format of calendars: one that travels with a letter, or a whole feed.

Source: RFC 5545 (the format), RFC 5546 (PUBLISH and CANCEL; the organiser is required there),
RFC 7986 (names, refreshing, conferences).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vRecur

from studio_app.calendars.rules.entries import Entry
from studio_app.calendars.zones import rules_of, wall
from studio_app.kit.settings import settings

PRODUCT = "-//Cadenza//Lessons//EN"
REFRESH = timedelta(hours=1)
"""How often a program may want to ask again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a feed is called, and the zone of lessons that are in no series."""

    name: str
    zone: str


def uid_of(about_id: UUID) -> str:
    """The name of a lesson, or of a series, in every calendar and for good (RFC 7986 5.3)."""
    host = settings().studio_origin.partition("://")[2].partition(":")[0]
    return f"{about_id}@{host}"


def sequence_of(changed_at: datetime) -> int:
    """A later change has the higher number, in letters and in feeds."""
    return int(changed_at.timestamp())


def feed_of(sheet: Sheet, entries: Sequence[Entry]) -> bytes:
    """A whole calendar for programs that ask again and again; the same bytes for the same."""
    calendar: Any = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, sheet.name)
    calendar.add("x-wr-timezone", sheet.zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for zone in sorted({entry.zone or sheet.zone for entry in entries} - {"UTC"}):
        years = [entry.starts_at.year for entry in entries]
        calendar.add_component(rules_of(zone, min(years) - 1, max(years) + 2))
    for entry in entries:
        calendar.add_component(_event(entry, entry.zone or sheet.zone))
    return calendar.to_ical()


def _event(entry: Entry, zone: str) -> Event:
    event: Any = Event()
    event.add("uid", uid_of(entry.about_id))
    if entry.replaces:
        event.add("recurrence-id", _on(zone, entry.replaces))
    if entry.first:
        event.add("dtstart", _on(zone, entry.first))
        event.add("duration", entry.ends_at - entry.starts_at)
        event.add("rrule", vRecur.from_ical(entry.rule))
    else:
        event.add("dtstart", wall(entry.starts_at, zone))
        event.add("dtend", wall(entry.ends_at, zone))
    if entry.without:
        event.add("exdate", [_on(zone, each) for each in entry.without])
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", sequence_of(entry.changed_at))
    saying = entry.saying
    event.add("summary", saying.summary)
    for name, words in {"description": saying.description, "location": saying.location}.items():
        if words:
            event.add(name, words)
    if saying.url:
        event.add("url", saying.url)
        how = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": saying.summary}
        event.add("conference", saying.url, parameters=how)
    event.add("status", _status(entry))
    return event


def _status(entry: Entry) -> str:
    if entry.is_off:
        return "CANCELLED"
    return "TENTATIVE" if entry.saying.is_tentative else "CONFIRMED"


def _on(zone: str, time_of_wall: datetime) -> datetime:
    return time_of_wall.replace(tzinfo=UTC if zone == "UTC" else ZoneInfo(zone))


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
    begins, ends = wall(starts_at, zone), wall(ends_at, zone)
    if {begins.tzinfo, ends.tzinfo} != {UTC}:
        calendar.add_component(rules_of(zone, begins.year - 1, begins.year + 1))
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


def _organizer(name: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{parseaddr(settings().studio_mail_from)[1]}")
    organizer.params["CN"] = " ".join(name.replace('"', "'").split())
    return organizer
