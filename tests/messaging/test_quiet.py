"""Quiet hours on the studio's clock: wrapping midnight or not, and through clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.messaging.rules.quiet import (
    Window,
    heeded,
    leaves_room,
    not_before,
    quiet_span,
    reminder_at,
)

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
NIGHT = Window(time(21), time(8))
NOON_BREAK = Window(time(12), time(14))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
CHANGES = [
    (LONDON, datetime(2026, 3, 29, tzinfo=LONDON)),
    (LONDON, datetime(2026, 10, 25, tzinfo=LONDON)),
    (NEW_YORK, datetime(2026, 3, 8, tzinfo=NEW_YORK)),
    (NEW_YORK, datetime(2026, 11, 1, tzinfo=NEW_YORK)),
]


@pytest.mark.parametrize(
    ("at", "goes"),
    [("20:59", "20:59"), ("21:00", "08:00"), ("23:59", "08:00"), ("07:59", "08:00"),
     ("08:00", "08:00"), ("12:00", "12:00")],
)  # fmt: skip
def test_a_night_wraps_midnight(at: str, goes: str) -> None:
    asked = datetime.combine(date(2026, 9, 1), time.fromisoformat(at), LONDON)
    found = not_before(asked, [NIGHT], LONDON).astimezone(LONDON)
    assert found.time() == time.fromisoformat(goes)
    assert found >= asked


def test_a_window_within_the_day_does_not_wrap() -> None:
    at = datetime(2026, 9, 1, 13, 0, tzinfo=LONDON)
    assert not_before(at, [NOON_BREAK], LONDON) == datetime(2026, 9, 1, 14, 0, tzinfo=LONDON)
    before = datetime(2026, 9, 1, 3, 0, tzinfo=LONDON)
    assert not_before(before, [NOON_BREAK], LONDON) == before


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_the_morning_is_at_eight_on_the_wall_when_clocks_change(
    zone: ZoneInfo, day: datetime
) -> None:
    night = day - timedelta(hours=1)  # 23:00 the evening before
    found = not_before(night, [NIGHT], zone).astimezone(zone)
    assert (found.date(), found.time()) == (day.date(), time(8))


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_every_minute_of_such_a_day_is_quiet_as_its_wall_says(
    zone: ZoneInfo, day: datetime
) -> None:
    begin = (day - timedelta(hours=4)).astimezone(UTC)
    for minute in range(0, 32 * 60, 5):
        at = begin + timedelta(minutes=minute)
        wall = at.astimezone(zone).time()
        assert (quiet_span(at, [NIGHT], zone) is not None) == (wall >= time(21) or wall < time(8))


@given(
    at=MOMENTS,
    begins=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    lasting=st.integers(1, 20 * 60 - 1),
    zone=st.sampled_from([LONDON, NEW_YORK, ZoneInfo("Australia/Lord_Howe")]),
)
def test_what_waits_goes_at_the_first_moment_that_is_not_quiet(
    at: datetime, begins: time, lasting: int, zone: ZoneInfo
) -> None:
    ends = (datetime.combine(date(2026, 1, 1), begins) + timedelta(minutes=lasting)).time()
    found = not_before(at, [Window(begins, ends)], zone)
    assert found >= at
    assert quiet_span(found, [Window(begins, ends)], zone) is None
    assert found - at <= timedelta(minutes=lasting) + timedelta(hours=1)
    if found > at:
        assert quiet_span(found - timedelta(microseconds=1), [Window(begins, ends)], zone)


def test_the_stricter_of_two_quiet_hours_wins() -> None:
    own = (Window(time(19), time(9, 30)),)
    windows = heeded(NIGHT, own)
    evening = datetime(2026, 9, 1, 19, 30, tzinfo=LONDON)
    assert not_before(evening, windows, LONDON) == datetime(2026, 9, 2, 9, 30, tzinfo=LONDON)
    late = (Window(time(23), time(7)),)
    ten = datetime(2026, 9, 1, 22, 0, tzinfo=LONDON)
    assert not_before(ten, heeded(NIGHT, late), LONDON) == datetime(2026, 9, 2, 8, tzinfo=LONDON)


def test_quiet_hours_that_would_leave_no_time_at_all_do_not_silence_a_studio() -> None:
    assert heeded(NIGHT, (Window(time(8), time(21)),)) == (NIGHT,)
    assert not leaves_room("07:00", "06:00")
    assert leaves_room("21:00", "08:00")


@pytest.mark.parametrize(
    ("starts", "hours", "due"),
    [
        ("2026-09-03T16:00", 24, "2026-09-02T16:00"),
        ("2026-09-03T16:00", 2, "2026-09-03T14:00"),
        ("2026-09-03T07:30", 2, "2026-09-02T20:45"),  # before the night
        ("2026-09-03T07:30", 24, "2026-09-02T08:00"),  # the morning leaves enough
        ("2026-09-03T09:30", 2, "2026-09-03T08:00"),
        ("2026-10-25T07:30", 2, "2026-10-24T20:45"),  # the night the clocks go back
        ("2026-03-29T07:30", 2, "2026-03-28T20:45"),
    ],
)
def test_a_reminder_comes_in_time_or_the_evening_before(starts: str, hours: int, due: str) -> None:
    at = datetime.fromisoformat(starts).replace(tzinfo=LONDON)
    found = reminder_at(at, timedelta(hours=hours), [NIGHT], LONDON)
    assert found.astimezone(LONDON).replace(tzinfo=None) == datetime.fromisoformat(due)


@given(
    starts=MOMENTS,
    hours=st.sampled_from([1, 2, 12, 24, 48]),
    zone=st.sampled_from([LONDON, NEW_YORK]),
)
def test_a_reminder_is_never_in_the_night_and_always_before_its_lesson(
    starts: datetime, hours: int, zone: ZoneInfo
) -> None:
    due = reminder_at(starts, timedelta(hours=hours), [NIGHT], zone)
    assert due < starts
    assert quiet_span(due, [NIGHT], zone) is None
