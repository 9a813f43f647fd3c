"""Dates written as numbers, and whether the day or the month comes first: decided once per
file, from evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from studio_app.kit.words import Labelled, Text, _

MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "FM", "MH", "PW"})
MONTHS = 12
THIS_CENTURY = 2000
YEARS_AHEAD = 30  # 36 is 2036 at most for a date to come; 37 was a birthday in 1937
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T].*)?")
_NAMED = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})", re.IGNORECASE)


class DateOrder(Labelled):
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the order was decided, in words that can be checked in the file."""

    order: DateOrder
    line: int | None = None
    sample: str = ""
    against: int = 0
    """How many dates of the file can only be read the other way round."""

    @property
    def said(self) -> Text:
        if self.line is not None:
            told = _("Line {line} says {sample}, so the day comes first.")
            if self.order is DateOrder.MONTH_FIRST:
                told = _("Line {line} says {sample}, so the month comes first.")
            return Text(told.msgid, {"line": self.line, "sample": self.sample})
        if self.order is DateOrder.MONTH_FIRST:
            return _("No date in the file decides it; your country writes the month first.")
        return _("No date in the file decides it; your country writes the day first.")


EVIDENCE_AS_JSON: TypeAdapter[Evidence] = TypeAdapter(Evidence)


def date_order(cells: Iterable[tuple[int, str]], country: str) -> Evidence:
    """Look for dates that make sense one way only. `cells` are lines and date cells; without
    any evidence the studio's country decides."""
    seen: dict[DateOrder, list[tuple[int, str]]] = {order: [] for order in DateOrder}
    for line, cell in cells:
        match = _NUMBERS.fullmatch(cell.strip())
        if match is None or len(match[1]) > 2:  # noqa: PLR2004  the year comes first
            continue
        one, two = int(match[1]), int(match[2])
        if one > MONTHS >= two:
            seen[DateOrder.DAY_FIRST].append((line, cell.strip()))
        elif two > MONTHS >= one:
            seen[DateOrder.MONTH_FIRST].append((line, cell.strip()))
    day, month = seen[DateOrder.DAY_FIRST], seen[DateOrder.MONTH_FIRST]
    if not day and not month:
        first = country in MONTH_FIRST_COUNTRIES
        return Evidence(DateOrder.MONTH_FIRST if first else DateOrder.DAY_FIRST)
    order = DateOrder.DAY_FIRST if len(day) >= len(month) else DateOrder.MONTH_FIRST
    line, sample = seen[order][0]
    return Evidence(order, line, sample.split()[0], against=min(len(day), len(month)))


def date_in(cell: str, order: DateOrder) -> date | None:
    """3/9/2026, 03.09.26, 2026-09-03, 3 Sep 2026, Sep 3, 2026; a time behind it is ignored."""
    said = cell.strip()
    match = _NUMBERS.fullmatch(said)
    if match:
        return _from_numbers(match[1], match[2], match[3], order)
    named = _NAMED.fullmatch(said)
    if named is None or named[2][:3].lower() not in _MONTHS:
        return None
    day = named[1] or named[3]
    return _date(int(named[4]), _MONTHS.index(named[2][:3].lower()) + 1, int(day or 0))


def _from_numbers(one: str, two: str, three: str, order: DateOrder) -> date | None:
    if len(one) == 4:  # noqa: PLR2004  ISO 8601
        return _date(int(one), int(two), int(three))
    first, second = int(one), int(two)
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    return _date(_year(three), month, day)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004
        return year
    return year + THIS_CENTURY - (100 if year > YEARS_AHEAD else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
