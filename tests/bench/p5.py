"""P5: expanding a weekly rule, against dateutil."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule

from studio_app.scheduling.rules.plans import Plan, starts_of
from tests.bench.ground import Ground
from tests.bench.measure import Figure, at_least, counted, in_turns

RULES = 10_000
ZONES = ("Europe/London", "America/Vancouver", "Australia/Sydney", "Europe/Paris", "Asia/Kolkata")
TEN_YEARS = Plan(
    date(2016, 9, 5), time(16, 30), 45, ZoneInfo("Europe/London"), frozenset({1, 3}),
    until_on=date(2026, 9, 7),
)  # fmt: skip
WINDOW = date(2026, 7, 1), date(2026, 7, 29)


def measure(_ground: Ground) -> Iterator[Figure]:
    full = in_turns(lambda: _often(_full), lambda: _often(_full_by_dateutil))
    yield at_least("P5 full", "Expand ten years of Mondays and Wednesdays", full, 1.5, per=20)
    window = in_turns(lambda: _often(_window), lambda: _often(_window_by_dateutil))
    yield at_least("P5 window", "Four weeks of it, ten years in", window, 50, per=20)
    chance = Random(5)
    rules = (_rule(chance) for _ in range(RULES))
    different = sum(starts_of(rule) != list(_by_dateutil(rule)) for rule in rules)
    yield counted("P5 same", f"{RULES} generated rules: other instants", different, 0, unit="rules")


def _often(work: object) -> None:
    assert callable(work)
    for _ in range(20):
        work()


def _full() -> list[datetime]:
    return starts_of(TEN_YEARS)


def _full_by_dateutil() -> list[datetime]:
    return list(_by_dateutil(TEN_YEARS))


def _window() -> list[datetime]:
    return starts_of(TEN_YEARS, *WINDOW)


def _window_by_dateutil() -> list[datetime]:
    first, until = (datetime.combine(day, time(), TEN_YEARS.zone) for day in WINDOW)
    found = _rule_of(TEN_YEARS).between(first, until, inc=True)
    return [start.astimezone(UTC) for start in found]


def _by_dateutil(plan: Plan) -> Iterator[datetime]:
    return (start.astimezone(UTC) for start in _rule_of(plan))


def _rule_of(plan: Plan) -> rrule:
    return rrule(
        WEEKLY,
        dtstart=datetime.combine(plan.first_on, plan.at, plan.zone),
        interval=plan.every_weeks,
        byweekday=[day - 1 for day in sorted(plan.weekdays)],
        wkst=0,
        until=plan.until_on and datetime.combine(plan.until_on, plan.at, plan.zone),
        count=plan.count,
    )


def _rule(chance: Random) -> Plan:
    first = date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    counted_ = chance.random() < 0.5
    return Plan(
        first,
        time(chance.randrange(24), chance.choice((0, 15, 30, 45))),
        30,
        ZoneInfo(chance.choice(ZONES)),
        frozenset(chance.sample(range(1, 8), chance.randrange(1, 4))),
        chance.choice((1, 1, 1, 2, 3)),
        until_on=None if counted_ else first + timedelta(days=chance.randrange(7, 300)),
        count=chance.randrange(1, 40) if counted_ else None,
    )
