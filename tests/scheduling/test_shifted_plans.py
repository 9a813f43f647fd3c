"""A series that is changed from one day on keeps each of its lessons, and gets no other."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio_app.kit.errors import Refused
from studio_app.scheduling.rules.changes import shifted
from studio_app.scheduling.rules.plans import Plan, days_of
from tests.scheduling.test_plans import plans

NINE = time(9)
TUESDAY = date(2026, 9, 1)


@settings(max_examples=400)
@given(plans(), st.integers(0, 20), st.integers(-6, 6))
def test_what_follows_has_the_days_of_the_lessons_that_follow(
    plan: Plan, nth: int, shift: int
) -> None:
    days = days_of(plan)
    assume(days)
    start = days[nth % len(days)]
    try:
        tail = shifted(plan, start, start, start + timedelta(days=shift), at=NINE, minutes=30)
    except Refused:
        assume(False)

    lessons = sorted(tail.day_of(day) for day in days if day >= start)
    there = [day for day in days_of(tail.plan) if day not in tail.skipped]

    assert set(lessons) <= set(there)
    added = [day for day in there if day not in lessons]
    # Up to the last day somebody has named a series goes on as its rule says.
    assert all(plan.until_on and day <= plan.until_on for day in added)
    assert set(tail.skipped) <= set(days_of(tail.plan))


def test_a_lesson_that_moves_beyond_a_week_cut_short_leaves_a_gap() -> None:
    """Tuesday and Saturday, the last one a Tuesday: as Sundays, no Saturday comes in between."""
    plan = Plan(TUESDAY, NINE, 30, ZoneInfo("Europe/London"), frozenset({2, 6}), count=3)

    tail = shifted(plan, TUESDAY, TUESDAY, date(2026, 9, 6), at=NINE, minutes=30)

    assert tail.skipped == (date(2026, 9, 12),)
    assert days_of(tail.plan)[-2:] == [date(2026, 9, 12), date(2026, 9, 13)]


def test_days_beyond_its_end_are_not_skipped() -> None:
    """Monday, Saturday and Sunday until a Friday: as Thursday the last week has one day."""
    monday, friday = date(2027, 1, 11), date(2027, 1, 15)
    weekdays = frozenset({1, 6, 7})
    plan = Plan(monday, NINE, 30, ZoneInfo("Europe/London"), weekdays, until_on=friday)

    tail = shifted(plan, monday, monday, date(2027, 1, 14), at=NINE, minutes=30)

    assert (days_of(tail.plan), tail.skipped) == ([date(2027, 1, 14)], ())
