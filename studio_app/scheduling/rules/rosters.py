"""Who takes part at the same time, of those who join and leave by date."""

from collections.abc import Sequence
from datetime import date, timedelta

Days = tuple[date, date | None]
"""Both included; None goes on."""


def most_at_once(others: Sequence[Days], span: Days) -> int:
    """How many of the others take part on the fullest day of this span."""
    first, last = span
    steps: list[tuple[date, int]] = []
    for starts_on, ends_on in others:
        begins = max(starts_on, first)
        ends = min((day for day in (ends_on, last) if day is not None), default=date.max)
        if begins <= ends:
            steps.append((begins, 1))
            steps += [(ends + timedelta(days=1), -1)] if ends < date.max else []
    most = here = 0
    for _day, step in sorted(steps):  # who leaves goes before who comes on the next day
        here += step
        most = max(most, here)
    return most
