"""From lessons to calendar entries: a series is one entry with a rule, and what differs from it.

The rule is cut to the days this reader has a lesson on, so that expanding the entries gives
exactly the lessons. Source: RFC 5545, 3.8.4.4 and 3.8.5.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from studio_app.kit.clock import to_instant
from studio_app.scheduling.rules.plans import Plan, days_of
from studio_app.scheduling.rules.rrule import rule_text


@dataclass(frozen=True, slots=True)
class Saying:
    """What a calendar shows of a lesson."""

    summary: str
    description: str
    location: str
    url: str = ""
    is_tentative: bool = False
    """Something about its booking is still open"""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A lesson as one reader sees it; `plan` and `occurs_on` are of the series it belongs to."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    saying: Saying
    changed_at: datetime
    is_off: bool = False
    series_id: UUID | None = None
    plan: Plan | None = None
    occurs_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar. Of a series: with `rule` the whole, with `replaces` one of it."""

    about_id: UUID
    starts_at: datetime
    ends_at: datetime
    saying: Saying
    changed_at: datetime
    zone: str = ""
    """Empty: the studio's"""
    is_off: bool = False
    rule: str = ""
    """RRULE without its name"""
    first: datetime | None = None
    """Where the rule begins. This and the two below are wall time of the zone, naive."""
    without: tuple[datetime, ...] = ()
    replaces: datetime | None = None
    """Where the rule has what this entry stands for"""


def entries(occasions: Sequence[Occasion]) -> list[Entry]:
    """Single lessons as they are; of each series its rule and what differs."""
    found: list[Entry] = []
    series: dict[UUID, list[Occasion]] = defaultdict(list)
    for one in occasions:
        if one.series_id is None or one.plan is None:
            found.append(_single(one))
        else:
            series[one.series_id].append(one)
    for series_id, members in series.items():
        found.extend(_series(series_id, members))
    return found


def _single(one: Occasion) -> Entry:
    return Entry(one.id, one.starts_at, one.ends_at, one.saying, one.changed_at, is_off=one.is_off)


def _series(series_id: UUID, members: Sequence[Occasion]) -> Iterable[Entry]:
    plan = members[0].plan
    assert plan is not None  # noqa: S101  grouped by it
    by_day = {one.occurs_on: one for one in members if one.occurs_on is not None}
    first, last = min(by_day), max(by_day)
    endless = replace(plan, until_on=last, count=None)
    days = set(days_of(endless, first))
    strangers = [one for day, one in by_day.items() if day not in days]
    yield from (_single(one) for one in strangers)
    known = {day: one for day, one in sorted(by_day.items()) if day in days}
    if not known:
        return
    cut = replace(endless, first_on=min(known), until_on=max(known))
    days = set(days_of(cut))
    whole = _whole(series_id, cut, known, days - known.keys())
    yield whole
    for day, one in known.items():
        entry = _of_day(series_id, cut, day, one)
        if not (_is_usual(one, cut, day) and entry.saying == whole.saying):
            yield entry


def _whole(
    series_id: UUID, plan: Plan, known: dict[date, Occasion], missing: Iterable[date]
) -> Entry:
    """The entry with the rule: it says what most of its lessons say."""
    start = to_instant(plan.first_on, plan.at, plan.zone)
    rule = rule_text(plan).partition("RRULE:")[2]
    usual = [one for day, one in known.items() if _is_usual(one, plan, day)]
    saying = Counter(one.saying for one in usual or known.values()).most_common(1)[0][0]
    return Entry(
        series_id,
        start,
        start + plan.lasting,
        saying,
        max(one.changed_at for one in known.values()),
        zone=plan.zone.key,
        rule=rule,
        first=datetime.combine(plan.first_on, plan.at),
        without=tuple(datetime.combine(day, plan.at) for day in sorted(missing)),
    )


def _is_usual(one: Occasion, plan: Plan, day: date) -> bool:
    """It is when the rule says. A time that the clocks skip that day is better said outright:
    programs reckon an end from it that comes before the start."""
    start = to_instant(day, plan.at, plan.zone)
    skipped = start.astimezone(plan.zone).time() != plan.at
    as_ruled = (one.starts_at, one.ends_at) == (start, start + plan.lasting)
    return as_ruled and not one.is_off and not skipped


def _of_day(series_id: UUID, plan: Plan, day: date, one: Occasion) -> Entry:
    return Entry(
        series_id,
        one.starts_at,
        one.ends_at,
        one.saying,
        one.changed_at,
        zone=plan.zone.key,
        is_off=one.is_off,
        replaces=datetime.combine(day, plan.at),
    )
