"""Months as their first days."""

from datetime import date


def month_begin(day: date) -> date:
    return day.replace(day=1)


def months_before(day: date, n: int) -> list[date]:
    """The n months before the one this day is in, the earliest first."""
    this = day.year * 12 + day.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(this - n, this)]
