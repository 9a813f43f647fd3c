"""The calendar entry of a letter: read back by a library that knows nothing of ours."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from studio_app.calendars.ical import lesson_event
from studio_app.kit.clock import to_instant
from tests.standins.surroundings import surroundings

LONDON = ZoneInfo("Europe/London")
LESSON: dict[str, Any] = {
    "uid": "01990000-0000-7000-8000-000000000001@cadenza.example",
    "sequence": 3,
    "starts_at": datetime(2026, 11, 24, 16, 0, tzinfo=UTC),
    "ends_at": datetime(2026, 11, 24, 16, 45, tzinfo=UTC),
    "zone": "Europe/London",
    "summary": "Sam: violin; lesson, with Tom \\ é 🎻",
    "description": "Bring the blue book.\nSee you there!",
    "location": "12 River Street, Bath",
    "url": "https://cadenza.example/portal/lessons/1",
    "organizer_name": "Harmony “Music”\nATTENDEE:x",
    "stamped_at": datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
}
ZONES = ["Europe/London", "America/New_York", "Australia/Brisbane"]


def _read(written: bytes) -> tuple[Any, Any]:
    calendar: Any = Calendar.from_ical(written)
    return calendar, calendar.events[0]


def test_a_lesson_says_what_when_where_and_by_whom() -> None:
    with surroundings(studio_mail_from="Cadenza <hello@cadenza.example>"):
        calendar, event = _read(lesson_event(**LESSON))

    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    for name in ("uid", "sequence", "summary", "description", "location", "url"):
        assert event[name] == LESSON[name]
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTAMP"].dt == LESSON["stamped_at"]
    assert event["ORGANIZER"] == "mailto:hello@cadenza.example"
    assert event["ORGANIZER"].params["CN"] == "Harmony “Music” ATTENDEE:x"
    assert "ATTENDEE" not in event


def test_a_cancelled_lesson_takes_the_entry_away() -> None:
    calendar, event = _read(lesson_event(**{**LESSON, "sequence": 4}, cancelled=True))

    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert (event["UID"], event["SEQUENCE"]) == (LESSON["uid"], 4)


def test_what_is_not_known_is_left_out() -> None:
    _calendar, event = _read(lesson_event(**{**LESSON, "location": "", "description": ""}))

    assert "LOCATION" not in event
    assert "DESCRIPTION" not in event


def test_the_same_lesson_is_written_the_same() -> None:
    assert lesson_event(**LESSON) == lesson_event(**LESSON)
    assert all(len(line) <= 75 for line in lesson_event(**LESSON).split(b"\r\n"))


@pytest.mark.parametrize("zone", ZONES)
def test_the_wall_time_stays_through_both_clock_changes(zone: str) -> None:
    place = ZoneInfo(zone)
    for week in range(52):
        day = datetime(2026, 1, 6, tzinfo=UTC).date() + timedelta(weeks=week)
        starts_at = to_instant(day, time(16), place)
        written = lesson_event(
            **{
                **LESSON,
                "zone": zone,
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(minutes=45),
            }
        )

        assert f"DTSTART;TZID={zone}:{day:%Y%m%d}T160000\r\n".encode() in written
        assert f"DTEND;TZID={zone}:{day:%Y%m%d}T164500\r\n".encode() in written


@pytest.mark.parametrize("zone", [*ZONES, "Europe/Dublin", "Asia/Kolkata", "Australia/Lord_Howe"])
def test_the_rules_written_into_the_entry_alone_give_the_right_instants(zone: str) -> None:
    # Through the VTIMEZONE itself, as a calendar reads it that does not know the zone's name.
    place = ZoneInfo(zone)
    calendar, _event = _read(lesson_event(**{**LESSON, "zone": zone}))
    rules = calendar.timezones[0]
    read = rules.to_tz(lookup_tzid=False)
    instant = datetime(2026, 1, 1, 0, 5, tzinfo=UTC)
    while instant < datetime(2027, 1, 1, tzinfo=UTC):
        local = instant.astimezone(place)
        if not local.fold and not (local + timedelta(hours=2)).fold:
            wall = local.replace(tzinfo=None)
            assert wall.replace(tzinfo=read).utcoffset() == local.utcoffset(), wall
        instant += timedelta(hours=1)


def test_summer_time_begins_in_the_time_that_ends_with_it() -> None:
    written = lesson_event(**LESSON).decode().replace("\r\n", " ")

    assert (
        "BEGIN:DAYLIGHT DTSTART:20260329T010000 TZNAME:BST TZOFFSETFROM:+0000 TZOFFSETTO:+0100"
        in (written)
    )
    assert (
        "BEGIN:STANDARD DTSTART:20261025T020000 TZNAME:GMT TZOFFSETFROM:+0100 TZOFFSETTO:+0000"
        in (written)
    )


def test_a_time_that_reads_twice_is_told_by_its_instant() -> None:
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 01:30 in London for the second time
    written = lesson_event(**{**LESSON, "starts_at": twice, "ends_at": twice + timedelta(hours=1)})

    assert b"DTSTART:20261025T013000Z\r\n" in written
    assert b"DTEND;TZID=Europe/London:20261025T023000\r\n" in written
    first = lesson_event(**{**LESSON, "starts_at": twice - timedelta(hours=1)})
    assert b"DTSTART;TZID=Europe/London:20261025T013000\r\n" in first


def test_a_studio_on_universal_time_needs_no_rules() -> None:
    written = lesson_event(**{**LESSON, "zone": "UTC"})

    assert b"DTSTART:20261124T160000Z\r\n" in written
    assert b"VTIMEZONE" not in written
