"""Weekly plans and their occurrences: arithmetic on day numbers, never a walk from the start."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot


@dataclass(frozen=True, slots=True)
class Plan:
    """A series as people speak of it: "Mondays and Wednesdays at 16:30, every two weeks".

    `weekdays` are ISO: Monday is 1. Weeks begin on Monday (RFC 5545: WKST=MO) and are counted
    from the week of `first_on`. `until_on` is included; `count` counts days of the rule,
    exceptions too. With neither the plan has no end.
    """

    first_on: date
    at: time
    minutes: int
    zone: ZoneInfo
    weekdays: frozenset[int]
    every_weeks: int = 1
    until_on: date | None = None
    count: int | None = None

    @property
    def lasting(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def last_on(self) -> date | None:
        """The last day there can be, or None where the plan has no end."""
        ends = [self.until_on] if self.until_on else []
        if self.count is not None:
            ends.append(date.fromordinal(_nth(self, self.count - 1)))
        return min(ends, default=None)


def days_of(plan: Plan, first: date | None = None, until: date | None = None) -> list[date]:
    """The days of the plan in [first, until), in order. A plan without end needs `until`."""
    return [date.fromordinal(day) for day in _ordinals(plan, first, until)]


def starts_of(plan: Plan, first: date | None = None, until: date | None = None) -> list[datetime]:
    """The instants at which the lessons of these days begin, in UTC."""
    at, zone = plan.at, plan.zone
    combine, number = datetime.combine, date.fromordinal
    return [combine(number(day), at, zone).astimezone(UTC) for day in _ordinals(plan, first, until)]


def occurrences(
    plan: Plan, first: date | None = None, until: date | None = None
) -> list[tuple[date, Slot]]:
    """Each day with its slot. The wall time stays put across clock changes; the instant moves."""
    lasting = plan.lasting
    starts = starts_of(plan, first, until)
    slots = [Slot(start, start + lasting) for start in starts]
    return list(zip(days_of(plan, first, until), slots, strict=True))


def is_day_of(plan: Plan, day: date) -> bool:
    return bool(days_of(plan, day, day + timedelta(days=1)))


def position_of(plan: Plan, day: date) -> int:
    """How many days the plan has before this one."""
    offsets = _offsets(plan)
    skipped = len(offsets) - _in_first_week(plan)
    weeks, into = divmod(day.toordinal() - _monday(plan), 7 * plan.every_weeks)
    if weeks < 0:
        return 0
    within = sum(1 for offset in offsets if offset < into)
    return max(0, weeks * len(offsets) + within - skipped)


def _ordinals(plan: Plan, first: date | None, until: date | None) -> Iterator[int]:
    start = max(plan.first_on, first or plan.first_on).toordinal()
    stop = _stop(plan, until)
    monday, step, offsets = _monday(plan), 7 * plan.every_weeks, _offsets(plan)
    week = monday + (start - monday) // step * step
    return (
        day for base in range(week, stop, step) for offset in offsets
        if start <= (day := base + offset) < stop
    )  # fmt: skip


def _stop(plan: Plan, until: date | None) -> int:
    """The day number before which the plan stops within this window."""
    ends: list[int] = [until.toordinal()] if until else []
    last = plan.last_on
    if last is not None:
        ends.append(last.toordinal() + 1)
    if not ends:
        raise ValueError("a plan without end is expanded within a window")
    return min(ends)


def _nth(plan: Plan, position: int) -> int:
    """The day number of the occurrence with this position, counted from 0."""
    offsets = _offsets(plan)
    here = _in_first_week(plan)
    if position < here:
        return _monday(plan) + offsets[len(offsets) - here + position]
    weeks, index = divmod(position - here, len(offsets))
    return _monday(plan) + (weeks + 1) * 7 * plan.every_weeks + offsets[index]


def _monday(plan: Plan) -> int:
    return plan.first_on.toordinal() - plan.first_on.weekday()


def _offsets(plan: Plan) -> list[int]:
    return sorted(day - 1 for day in plan.weekdays)


def _in_first_week(plan: Plan) -> int:
    return sum(1 for day in plan.weekdays if day > plan.first_on.weekday())
