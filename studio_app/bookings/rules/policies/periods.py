"""Spans of days a policy speaks of: months, quarters, terms, named windows, school years."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from studio_app.bookings.rules.policies.case import Case, Days
from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.kinds import Period
from studio_app.bookings.rules.policies.shapes import Day

DAY = timedelta(days=1)
_FIRST, _LAST = date.min, date.max
_MONTHS = 12
_QUARTER = 3


def on(day: Day, year: int) -> date:
    """A month and day in that year, or the date itself; 29 February is the 28th in most years."""
    if len(day) > len("09-01"):
        return date.fromisoformat(day)
    month, number = int(day[:2]), int(day[3:])
    return date(year, month, min(number, monthrange(year, month)[1]))


def later_by_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of a shorter one."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def period_around(policy: Policy, case: Case, period: Period, day: date, days: int) -> Days | None:
    """The days among which something is counted; None where the day is in no window."""
    match period:
        case Period.ROLLING:
            return Days(day - timedelta(days=days - 1), day)
        case Period.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Days(monday, monday + timedelta(days=6))
        case Period.TERM:
            return term_around(case.terms, day) or _calendar(day, _MONTHS)
        case Period.WINDOW:
            return window_around(policy, day)
        case Period.MEMBERSHIP:
            return Days(_FIRST, _LAST)
        case Period.SCHOOL_YEAR:
            return school_year(policy, day)
        case _:
            length = {Period.MONTH: 1, Period.QUARTER: _QUARTER, Period.YEAR: _MONTHS}
            return _calendar(day, length[period])


def term_around(terms: Sequence[Days], day: date) -> Days | None:
    """The term of a day, or the days between two terms; None where there are no terms at all."""
    for term in terms:
        if term.has(day):
            return term
    if not terms:
        return None
    before = max((term.last for term in terms if term.last < day), default=None)
    after = min((term.first for term in terms if term.first > day), default=None)
    return Days(before + DAY if before else _FIRST, after - DAY if after else _LAST)


def term_end(terms: Sequence[Days], day: date, *, further: int = 0) -> date | None:
    """The last day of the first term that is not over on that day, or of one further on."""
    ends = sorted(term.last for term in terms if term.last >= day)
    return ends[further] if len(ends) > further else None


def school_year(policy: Policy, day: date) -> Days:
    begins = [on(policy.year_begins, year) for year in (day.year - 1, day.year, day.year + 1)]
    first = max(one for one in begins if one <= day)
    return Days(first, min(one for one in begins if one > day) - DAY)


def windows_of(policy: Policy, day: date) -> list[tuple[str, Days]]:
    """All windows of the years around a day, those that go over the year's end among them."""
    found: dict[tuple[str, date], Days] = {}
    for window in policy.windows:
        for year in range(day.year - 1, day.year + 3):
            first, last = on(window.first, year), on(window.last, year)
            if last < first:
                last = on(window.last, year + 1)
            found[window.name, first] = Days(first, last)
    listed = [(name, days) for (name, _first), days in found.items()]
    return sorted(listed, key=lambda one: (one[1].first, one[1].last))


def window_around(policy: Policy, day: date) -> Days | None:
    return next((days for _name, days in windows_of(policy, day) if days.has(day)), None)


def window_end(policy: Policy, day: date, *, further: int = 0) -> date | None:
    """The last day of the window that day is in (or of the next to come), or of one further on."""
    ends = sorted({days.last for _name, days in windows_of(policy, day) if days.last >= day})
    return ends[further] if len(ends) > further else None


def _calendar(day: date, months: int) -> Days:
    """The month, quarter or year of a day."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Days(first, later_by_months(first, months) - DAY)
