"""The demonstration's school year: the real one, moved by whole weeks so that today is in term."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)
HISTORY = 20
"""Weeks of lessons before this one."""
SETTLED_IN, STILL_TO_GO = 4, 2


@dataclass(frozen=True, slots=True)
class TermDates:
    """A term from a Monday to a Friday; its half-term week is one of its weeks, from 0."""

    name: str
    starts_on: date
    weeks: int
    half_term: int

    @property
    def ends_on(self) -> date:
        return self.starts_on + self.weeks * WEEK - timedelta(days=3)

    @property
    def holiday(self) -> tuple[date, date]:
        first = self.starts_on + self.half_term * WEEK
        return first, first + timedelta(days=4)


def terms_around(today: date) -> list[TermDates]:
    """The terms from a year before to a year after, today being well inside one of them."""
    years = range(today.year - 2, today.year + 2)
    real = [term for year in years for term in _terms_of(year)]
    monday = today - timedelta(days=today.weekday())
    shift = min((_shift(term, monday) for term in real), key=abs)
    moved = [
        TermDates(term.name, term.starts_on + shift, term.weeks, term.half_term) for term in real
    ]
    return [term for term in moved if abs(term.starts_on - today) < timedelta(days=330)]


def current(terms: list[TermDates], today: date) -> TermDates:
    """The term that today's week is in."""
    return next(t for t in terms if t.starts_on <= today < t.starts_on + t.weeks * WEEK)


def _shift(term: TermDates, monday: date) -> timedelta:
    """How far a term has to move for this week to be in it, and not its holiday."""
    week = (monday - term.starts_on) // WEEK
    wanted = min(max(week, SETTLED_IN), term.weeks - 1 - STILL_TO_GO)
    if wanted == term.half_term:
        wanted += 1
    return (week - wanted) * WEEK


def _terms_of(year: int) -> list[TermDates]:
    """The three terms that begin in a year, much as English schools keep them."""
    return [
        TermDates(f"Spring term {year}", _monday_from(date(year, 1, 4)), 12, 6),
        TermDates(f"Summer term {year}", _monday_from(date(year, 4, 11)), 14, 6),
        TermDates(f"Autumn term {year}", _monday_from(date(year, 9, 2)), 15, 7),
    ]


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
