"""A term's price for those who come to part of it."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from studio_app.kit.money import Money
from studio_app.kit.words import Text, _


def term_price(price: Money, *, lessons: int, of: int) -> Money:
    """The price of some of a term's lessons: its share of the whole, rounded half up."""
    return price if lessons >= of else price.share(lessons, of)


def per_lesson(price: Money, *, lessons: int, of: int) -> list[Money]:
    """What each of the lessons costs, so that together they cost exactly `term_price`."""
    return term_price(price, lessons=lessons, of=of).split(lessons)


def prorated(what: Text, *, lessons: int, of: int) -> Text:
    """What was sold, with a note where it is part of a term."""
    if lessons >= of:
        return what
    return _("{what}, {n} of {of} lessons (started mid-term)", what=what, n=lessons, of=of)


def lessons_in_term(
    first: date,
    until: date,
    *,
    weekdays: Sequence[int],
    every_weeks: int,
    phase: date,
    closed: Collection[date],
) -> int:
    """How many lessons a weekly series has in a whole term, had it run from its first day.

    Weekdays are ISO (Monday is 1); `phase` is a day of a week in which the series has
    lessons; `until` is the first day after the term.
    """
    week = phase - timedelta(days=phase.weekday())
    days = (first + timedelta(days=i) for i in range((until - first).days))
    return sum(
        day.isoweekday() in weekdays
        and (day - week).days // 7 % every_weeks == 0
        and day not in closed
        for day in days
    )
