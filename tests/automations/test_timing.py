"""The clock sets an automation off once on each of its days, whatever happens to the clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from studio_app.automations.rules.recipe import Happening, When
from studio_app.automations.rules.timing import due_day, moments, next_moment

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def ticked(when: When, first: datetime, until: datetime, zone: ZoneInfo) -> list[datetime]:
    """The instants at which a clock that ticks every quarter of an hour sets it off."""
    fired: list[datetime] = []
    last: date | None = None
    now = first
    while now < until:
        day = due_day(when, now=now, zone=zone, since=first, last_on=last)
        if day is not None:
            last = day
            fired.append(now)
        now += QUARTER
    return fired


@pytest.mark.parametrize("zone", [LONDON, NEW_YORK])
@pytest.mark.parametrize("hour", range(24))
def test_a_daily_one_fires_once_a_day_through_both_clock_changes(zone: ZoneInfo, hour: int) -> None:
    for first in (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)):
        fired = ticked(When(Happening.EVERY_DAY, hour=hour), first, first + timedelta(30), zone)
        days = [at.astimezone(zone).date() for at in fired]
        assert len(days) == len(set(days))
        assert len(days) in {29, 30, 31}
        gap = [b - a for a, b in pairwise(fired)]
        assert all(timedelta(hours=23) <= one <= timedelta(hours=25) for one in gap)


def test_a_weekly_one_fires_on_its_weekday_at_its_hour() -> None:
    first = datetime(2026, 10, 12, tzinfo=UTC)
    weekly = When(Happening.EVERY_WEEK, hour=8, weekday=1)
    fired = ticked(weekly, first, first + timedelta(weeks=4), LONDON)
    on_wall = [at.astimezone(LONDON) for at in fired]
    assert [at.date().isoformat() for at in on_wall] == [
        *("2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02")
    ]
    assert {at.hour for at in on_wall} == {8}


def test_a_monthly_one_on_the_31st_fires_on_the_last_day_of_short_months() -> None:
    first = datetime(2027, 1, 1, tzinfo=UTC)
    monthly = When(Happening.EVERY_MONTH, hour=12, day=31)
    fired = ticked(monthly, first, first + timedelta(days=125), LONDON)
    assert [at.date().isoformat() for at in fired] == [
        *("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30")
    ]


def test_a_clock_set_back_two_hours_does_not_fire_it_again() -> None:
    daily = When(Happening.EVERY_DAY, hour=8)
    at = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)  # 08:00 in London
    ran = due_day(daily, now=at, zone=LONDON, since=LONG_AGO, last_on=date(2026, 8, 31))
    assert ran == date(2026, 9, 1)
    for minutes in range(-120, 180, 15):
        now = at + timedelta(minutes=minutes)
        assert due_day(daily, now=now, zone=LONDON, since=LONG_AGO, last_on=ran) is None


def test_a_clock_set_back_does_not_make_up_for_a_day_before() -> None:
    daily = When(Happening.EVERY_DAY, hour=8)
    before = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
    ran = date(2026, 9, 1)
    assert due_day(daily, now=before, zone=LONDON, since=LONG_AGO, last_on=ran) is None


def test_a_studio_that_moves_its_timezone_does_not_fire_twice_on_a_day() -> None:
    daily = When(Happening.EVERY_DAY, hour=8)
    in_new_york = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
    ran = date(2026, 9, 1)
    assert due_day(daily, now=in_new_york, zone=NEW_YORK, since=LONG_AGO, last_on=ran) is None


def test_what_was_missed_is_made_up_for_once() -> None:
    weekly = When(Happening.EVERY_WEEK, hour=8, weekday=1)
    thursday = datetime(2026, 9, 10, 15, 0, tzinfo=UTC)
    day = due_day(weekly, now=thursday, zone=LONDON, since=LONG_AGO, last_on=date(2026, 8, 24))
    assert day == date(2026, 9, 7)
    assert due_day(weekly, now=thursday, zone=LONDON, since=LONG_AGO, last_on=day) is None


def test_what_was_before_it_was_switched_on_is_not_made_up_for() -> None:
    weekly = When(Happening.EVERY_WEEK, hour=8, weekday=1)
    since = datetime(2026, 9, 8, 15, 0, tzinfo=UTC)
    thursday = datetime(2026, 9, 10, 15, 0, tzinfo=UTC)
    assert due_day(weekly, now=thursday, zone=LONDON, since=since, last_on=None) is None


def test_looking_back_finds_what_the_clock_would_have_done() -> None:
    weekly = When(Happening.EVERY_WEEK, hour=8, weekday=1)
    until = datetime(2026, 9, 30, tzinfo=UTC)
    found = list(moments(weekly, first=until - timedelta(days=30), until=until, zone=LONDON))
    assert [day.day for day, _at in found] == [31, 7, 14, 21, 28]


def test_the_next_time_is_known() -> None:
    now = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    weekly = When(Happening.EVERY_WEEK, hour=8, weekday=1)
    assert next_moment(weekly, now=now, zone=LONDON) == datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
    assert next_moment(When(Happening.NO_SHOW), now=now, zone=LONDON) is None
