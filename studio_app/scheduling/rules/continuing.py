"""Which weekly lessons a term ends with, and how they would go on in the next."""

from dataclasses import replace
from datetime import date, timedelta

from studio_app.scheduling.rules.plans import Plan, days_of
from studio_app.scheduling.rules.year import TermDays

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def last_day_in(plan: Plan, term: TermDays) -> date | None:
    """The last day of this plan in a term, if it runs to the term's end: None if it stops early.

    It runs to the end when, ended or not, the rule has no further day before the term is over.
    """
    days = days_of(plan, term.first_on, term.last_on + DAY)
    if not days:
        return None
    more = days_of(endless(plan), days[-1] + DAY, term.last_on + DAY)
    return None if more else days[-1]


def reaches(plan: Plan, term: TermDays) -> bool:
    """Whether the plan has days in a term without anybody doing anything."""
    return plan.last_on is None or plan.last_on >= term.first_on


def first_day_in(plan: Plan, term: TermDays) -> date:
    """The first day that the rule has in a term, in its own rhythm of weeks."""
    step = plan.every_weeks * WEEK
    [first, *_later] = days_of(endless(plan), term.first_on, term.first_on + step)
    return first


def on_weekday(first: date, weekday: int, term: TermDays) -> date:
    """The day of that week on another weekday (Monday is 1), not before the term begins."""
    day = first + timedelta(days=weekday - first.isoweekday())
    return day if day >= term.first_on else day + WEEK


def endless(plan: Plan) -> Plan:
    return replace(plan, until_on=None, count=None)
