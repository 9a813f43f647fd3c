"""The values a policy is written with: times, days, percentages, as text and whole numbers."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import ConfigDict, Field

STRICT: Any = ConfigDict(extra="forbid")
SPAN = r"^[1-9][0-9]{0,4} (min|h|d)$"
WALL_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
DAY = r"^([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
KEY = r"^[a-z0-9][a-z0-9_-]{0,39}$"
Span = Annotated[str, Field(pattern=SPAN, examples=["24 h"])]
"""Elapsed time between two instants; a day is 24 hours, whatever the clocks do meanwhile"""
WallTime = Annotated[str, Field(pattern=WALL_TIME, examples=["18:00"])]
Day = Annotated[str, Field(pattern=DAY, examples=["09-01"])]
"""A date, or a month and day of every year"""
Percent = Annotated[int, Field(ge=0, le=100)]
Minor = Annotated[int, Field(ge=0, le=10**9, description="minor units of the studio's currency")]
Times = Annotated[int, Field(ge=0, le=999)]
Days = Annotated[int, Field(ge=1, le=3660)]
Key = Annotated[str, Field(pattern=KEY)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Words = Annotated[str, Field(max_length=500)]
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def span_of(span: Span) -> timedelta:
    """24 h → 24 hours. Elapsed time: a day is 24 hours."""
    number, unit = span.split(" ")
    return int(number) * _UNITS[unit]
