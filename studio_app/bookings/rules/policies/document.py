"""A policy: an ordered list of rules as data, of which the first that fits decides.

Nothing here is code of one studio. The same shapes are the JSON that is kept, shown, pasted and
published as `policy.schema.json`; times on the clock are written as people say them: "24 h".
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from studio_app.bookings.rules.policies.conditions import ANY_CASE, When
from studio_app.bookings.rules.policies.outcomes import AS_USUAL, Then
from studio_app.bookings.rules.policies.shapes import STRICT, Day, Key, Name


@dataclass(frozen=True, slots=True)
class Rule:
    """If all of `when` holds, and not all of `unless`, then."""

    __pydantic_config__ = STRICT

    id: Key
    when: When = ANY_CASE
    then: Then = AS_USUAL
    unless: When | None = None
    title: Annotated[str, Field(max_length=80)] = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of the studio's own, beside illness, weather, school, holiday and other."""

    __pydantic_config__ = STRICT

    key: Key
    name: Name


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the year with a name, both days included; it may go over the year's end."""

    __pydantic_config__ = STRICT

    name: Name
    first: Day
    last: Day


@dataclass(frozen=True, slots=True)
class Policy:
    """The first rule that fits decides; the last one fits everything."""

    __pydantic_config__ = STRICT

    rules: Annotated[tuple[Rule, ...], Field(min_length=1, max_length=60)]
    reasons: Annotated[tuple[Reason, ...], Field(max_length=30)] = ()
    windows: Annotated[tuple[Window, ...], Field(max_length=30)] = ()
    make_up_days: Annotated[tuple[date, ...], Field(max_length=60)] = ()
    year_begins: Day = "09-01"
    """The first day of a school year"""
