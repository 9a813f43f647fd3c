"""What a rule asks: the shapes of its conditions."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from studio_app.bookings.rules.policies.kinds import Act, Counted, DatedBy, Of, Period, Plan
from studio_app.bookings.rules.policies.shapes import (
    STRICT,
    Days,
    Key,
    Name,
    Span,
    Times,
    WallTime,
)
from studio_app.scheduling.rules.states import CancelledBy


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the studio's wall, so many days before the lesson's day."""

    __pydantic_config__ = STRICT

    days_before: Annotated[int, Field(ge=0, le=90)]
    at: WallTime
    working_days: bool = False
    """Saturdays, Sundays and the studio's closures are not days"""


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before the lesson. All that is said must hold.

    Exactly 24 hours before are at least 24 hours, and in time; a studio that means more than 24
    hours says so.
    """

    __pydantic_config__ = STRICT

    at_least: Span | None = None
    more_than: Span | None = None
    less_than: Span | None = None
    at_most: Span | None = None
    by: Clock | None = None
    later_than: Clock | None = None


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something lasted: from `at_least`, up to but without `less_than`."""

    __pydantic_config__ = STRICT

    at_least: Span | None = None
    less_than: Span | None = None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """What happened before does not count if any of this is so."""

    __pydantic_config__ = STRICT

    reasons: tuple[Key, ...] = ()
    by: tuple[CancelledBy, ...] = ()
    noted: bool | None = None
    make_up: bool | None = None
    in_time: Span | None = None
    """Said at least so long before its lesson"""


@dataclass(frozen=True, slots=True)
class Count:
    """How often before, without this time: `fewer_than` 2 is the first or the second time."""

    __pydantic_config__ = STRICT

    what: Counted
    period: Period
    fewer_than: Times | None = None
    at_least: Times | None = None
    days: Days | None = None
    """Of a rolling period: that many days, today among them"""
    of: Of = Of.STUDENT
    by: tuple[CancelledBy, ...] = (CancelledBy.FAMILY,)
    dated_by: DatedBy | None = None
    """Unsaid: by the lesson's day; in rolling periods by when it was said"""
    not_if: NotCounted | None = None


@dataclass(frozen=True, slots=True)
class When:
    """All that is said must hold; of a list one is enough. What is not said may be anything."""

    __pydantic_config__ = STRICT

    acts: tuple[Act, ...] = ()
    by: tuple[CancelledBy, ...] = ()
    notice: Notice | None = None
    late_by: Lasting | None = None
    reasons: tuple[Key, ...] = ()
    counts: tuple[Count, ...] = ()
    plans: tuple[Plan, ...] = ()
    lesson_types: tuple[UUID, ...] = ()
    group: bool | None = None
    make_up: bool | None = None
    trial: bool | None = None
    online: bool | None = None
    adult: bool | None = None
    paid: bool | None = None
    """Whether what was billed for the lesson has been paid"""
    noted: bool | None = None
    """Whether a note was given with it: a doctor's, or a parent's in writing"""
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    windows: tuple[Name, ...] = ()
    member_for: Lasting | None = None


ANY_CASE = When()
