"""Splitting a series: what was, and what follows from one day on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.scheduling.rules.plans import Plan, days_of, position_of

WEEK = timedelta(weeks=1)


class LeavesItsWeek(Refused):
    message = _("A series moves by less than a week, and one on several weekdays within its week.")


class SameWeekday(Refused):
    message = _("The series already has a lesson on that weekday.")


@dataclass(frozen=True, slots=True)
class Tail:
    """The part of a series from one day on, after a change; `day_of` maps old days to new."""

    plan: Plan
    day_of: Callable[[date], date]
    skipped: tuple[date, ...] = ()
    """Days of the new rule that stand for no lesson of the old one: they stay empty."""


def before(plan: Plan, day: date) -> Plan:
    """The plan without this day and what follows it."""
    last = day - timedelta(days=1)
    ends = [end for end in (plan.last_on, last) if end is not None]
    return replace(plan, count=None, until_on=min(ends))


def from_day(plan: Plan, day: date) -> Plan:
    """The plan from this day of it on, with what is left of its count."""
    left = None if plan.count is None else plan.count - position_of(plan, day)
    return replace(plan, first_on=day, count=left)


def shifted(plan: Plan, start: date, moved: date, to: date, *, at: time, minutes: int) -> Tail:
    """The plan from `start` on, with lessons of the weekday of `moved` as much later as `to` is.

    `start` and `moved` are days of the plan.
    """
    tail = replace(from_day(plan, start), at=at, minutes=minutes)
    delta = to - moved
    if not delta:
        return Tail(tail, lambda old: old)
    _check(plan, moved, to)

    def day_of(old: date) -> date:
        return old + delta if old.isoweekday() == moved.isoweekday() else old

    next_monday = start + timedelta(days=8 - start.isoweekday())
    first_week = sorted(day_of(old) for old in days_of(tail, start, next_monday))
    weekdays = (plan.weekdays - {moved.isoweekday()}) | {to.isoweekday()}
    new = replace(tail, first_on=first_week[0], weekdays=weekdays)
    opening = days_of(replace(new, count=None, until_on=next_monday - timedelta(days=1)))
    taught = set(opening) - set(first_week) if len(weekdays) > 1 else set[date]()
    return _finished(tail, new, day_of, taught)


def _finished(old: Plan, new: Plan, day_of: Callable[[date], date], taught: set[date]) -> Tail:
    """The new plan with an end that keeps each lesson of the old one and adds none.

    `taught` are days of the first week that had their lesson before the change. An end within a
    week leaves out its later weekdays: where a lesson moves beyond them, they come before the
    new end. Both are skipped.
    """
    if old.last_on is None:
        return Tail(new, day_of, tuple(sorted(taught)))
    kept = {day_of(day) for day in days_of(old)}
    last = max(kept, default=old.last_on)
    until = old.until_on and max(old.until_on, last)
    empty = [day for day in days_of(replace(new, count=None, until_on=last)) if day not in kept]
    if old.count is not None:
        counted = replace(new, count=len(kept) + len(empty), until_on=until)
        return Tail(counted, day_of, tuple(empty))
    beyond = {day for day in empty if old.until_on and day > old.until_on}
    over = {day for day in taught if until is None or day <= until}
    return Tail(replace(new, until_on=until), day_of, tuple(sorted(over | beyond)))


def _check(plan: Plan, day: date, to: date) -> None:
    alone = len(plan.weekdays) == 1
    same_week = day.isocalendar()[:2] == to.isocalendar()[:2]
    if abs(to - day) >= WEEK or not (alone or same_week):
        raise LeavesItsWeek
    if not alone and to.isoweekday() in plan.weekdays:
        raise SameWeekday
