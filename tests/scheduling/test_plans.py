"""Our own expansion of weekly rules, against dateutil's on generated rules."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import WEEKLY, rrule, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.scheduling.rules.plans import Plan, days_of, occurrences, position_of, starts_of
from studio_app.scheduling.rules.rrule import UnreadableRule, read_rule, rule_text

ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/London",
        "America/Vancouver",
        "America/New_York",
        "Australia/Sydney",
        "Australia/Brisbane",
    )
]
LONDON = ZONES[0]
EARLIEST = date(2015, 1, 1)
DAYS = st.integers(0, 7669).map(lambda n: EARLIEST + timedelta(days=n))


def plan_from(pick: Callable[[int, int], int]) -> Plan:
    """Any weekly plan, out of whole numbers: drawing dates and sets takes ten times as long.

    Half of the times are within the hours in which clocks change.
    """
    first_on = EARLIEST + timedelta(days=pick(0, 7669))
    ends = bool(pick(0, 1))
    days = pick(1, 127)
    minute = pick(0, 239) if pick(0, 1) else pick(0, 1439)
    return Plan(
        first_on,
        time(*divmod(minute, 60)),
        pick(15, 120),
        ZONES[pick(0, len(ZONES) - 1)],
        frozenset(day for day in range(1, 8) if days >> (day - 1) & 1),
        pick(1, 5),
        first_on + timedelta(days=pick(0, 800)) if ends else None,
        None if ends else pick(1, 60),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    return plan_from(lambda least, most: draw(st.integers(least, most)))


def by_dateutil(plan: Plan) -> list[datetime]:
    rule = rrule(
        WEEKLY,
        dtstart=datetime.combine(plan.first_on, plan.at, plan.zone),
        interval=plan.every_weeks,
        byweekday=[day - 1 for day in sorted(plan.weekdays)],
        wkst=0,
        until=plan.until_on and datetime.combine(plan.until_on, plan.at, plan.zone),
        count=plan.count,
    )
    return [start.astimezone(UTC) for start in rule]


@settings(max_examples=500, deadline=None)
@given(plans())
def test_every_instant_is_the_one_dateutil_gives(plan: Plan) -> None:
    assert starts_of(plan) == by_dateutil(plan)


def test_ten_thousand_plans_have_the_instants_dateutil_gives() -> None:
    chance = Random(2026)
    generated = [plan_from(chance.randint) for _ in range(10_000)]
    assert len(set(generated)) == len(generated)
    assert [plan for plan in generated if starts_of(plan) != by_dateutil(plan)] == []


@settings(max_examples=1_000, deadline=None)
@given(plans(), DAYS, st.integers(0, 90))
def test_a_window_holds_what_the_whole_holds_there(plan: Plan, first: date, days: int) -> None:
    until = first + timedelta(days=days)
    assert days_of(plan, first, until) == [d for d in days_of(plan) if first <= d < until]


@settings(max_examples=500, deadline=None)
@given(plans())
def test_each_day_knows_its_position(plan: Plan) -> None:
    days = days_of(plan)
    assert [position_of(plan, day) for day in days] == list(range(len(days)))


@settings(max_examples=1_000, deadline=None)
@given(plans(), st.data())
def test_a_plan_survives_icalendar_text(plan: Plan, data: st.DataObject) -> None:
    except_on = frozenset(
        data.draw(st.lists(st.sampled_from(days_of(plan) or [plan.first_on]), max_size=5))
    )
    text = rule_text(plan, except_on)
    rule = read_rule(text, minutes=plan.minutes)

    assert occurrences(rule.plan) == occurrences(plan)
    assert rule.except_on == except_on
    assert rule_text(rule.plan, rule.except_on) == text


@settings(max_examples=500, deadline=None)
@given(plans(), st.data())
def test_another_program_reads_our_text_the_same(plan: Plan, data: st.DataObject) -> None:
    starts = dict(zip(days_of(plan), starts_of(plan), strict=True))
    except_on = set(
        data.draw(st.lists(st.sampled_from(list(starts)), max_size=5)) if starts else []
    )
    read = rrulestr(rule_text(plan, except_on), forceset=True, tzids=ZoneInfo)

    wanted = [start for day, start in starts.items() if day not in except_on]
    assert [start.astimezone(UTC) for start in read] == wanted


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.key)
def test_sixteen_hundred_stays_sixteen_hundred_across_the_clock_changes(zone: ZoneInfo) -> None:
    plan = Plan(date(2026, 1, 6), time(16), 30, zone, frozenset({2}), until_on=date(2027, 1, 5))
    starts = starts_of(plan)
    assert len(starts) == 53
    assert {start.astimezone(zone).time() for start in starts} == {time(16)}
    offsets = {start.astimezone(zone).utcoffset() for start in starts}
    assert len(offsets) == (1 if zone.key == "Australia/Brisbane" else 2)


def test_a_time_skipped_in_spring_moves_forward_and_one_repeated_in_autumn_is_the_first() -> None:
    sundays = Plan(date(2026, 3, 22), time(1, 30), 30, LONDON, frozenset({7}), count=2)
    assert starts_of(sundays)[1] == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    autumn = Plan(date(2026, 10, 25), time(1, 30), 30, LONDON, frozenset({7}), count=1)
    assert starts_of(autumn) == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_a_plan_without_end_is_not_expanded_without_a_window() -> None:
    plan = Plan(date(2026, 1, 6), time(16), 30, LONDON, frozenset({2}))
    with pytest.raises(ValueError, match="window"):
        days_of(plan)


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "DTSTART;TZID=Europe/London:20260903T163000\nRRULE:FREQ=DAILY",
        "DTSTART;TZID=Nowhere/Land:20260903T163000\nRRULE:FREQ=WEEKLY",
        "DTSTART;TZID=Europe/London:20260903T163000\nRRULE:FREQ=WEEKLY;BYSETPOS=1",
        "DTSTART;TZID=Europe/London:20260903T163000\nRRULE:FREQ=WEEKLY;BYDAY=1MO",
    ],
)
def test_a_rule_that_is_not_weekly_is_refused(text: str) -> None:
    with pytest.raises(UnreadableRule):
        read_rule(text, minutes=30)
