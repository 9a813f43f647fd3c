"""How much may be asked for at once, and how far away."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import Field

Limit = Annotated[int, Query(ge=1, le=200)]
"""The size of a page."""
Few = Annotated[int, Query(ge=1, le=20)]
AnyDay = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]
"""A day that calendars and time zones can be reckoned for."""
NotTooFar = Annotated[AnyDay, Query()]
Number = Annotated[int, Field(ge=1, lt=2**31)]
Words = Annotated[str, Query(max_length=100)]
"""What somebody types to find something."""
