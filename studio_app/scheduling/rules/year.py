"""The school year: on which days a series has no lesson, and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from studio_app.kit.ids import ClosureId, LocationId
from studio_app.scheduling.rules.states import Why

SUBSTITUTE = "("


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days without lessons, both ends included; everywhere, or at one location."""

    id: ClosureId
    name: str
    first_on: date
    last_on: date
    location_id: LocationId | None = None


@dataclass(frozen=True, slots=True)
class TermDays:
    name: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a day of a series has no lesson, by the name people know the reason by."""

    why: Why
    name: str = ""
    closure_id: ClosureId | None = None


@dataclass(frozen=True, slots=True)
class SchoolYear:
    closures: Sequence[ClosedDays] = ()
    holidays: Mapping[date, str] = field(default_factory=dict[date, str])
    terms: Sequence[TermDays] = ()

    def obstacle(
        self, day: date, *, location_id: LocationId | None, term_time_only: bool
    ) -> Obstacle | None:
        """What stands in the way of a lesson at that place on that day."""
        for closure in self.closures:
            here = closure.location_id in {None, location_id}
            if here and closure.first_on <= day <= closure.last_on:
                return Obstacle(Why.CLOSURE, closure.name, closure.id)
        if day in self.holidays:
            return Obstacle(Why.HOLIDAY, self.holidays[day])
        if term_time_only and not any(t.first_on <= day <= t.last_on for t in self.terms):
            return Obstacle(Why.NOT_TERM_TIME)
        return None


@dataclass(frozen=True, slots=True)
class MonthPattern:
    """Several days of a series on one weekday of one month fall away, perhaps all of them."""

    weekday: int
    month: date
    closed: int
    of: int


def month_patterns(days: Iterable[date], closed: Collection[date]) -> list[MonthPattern]:
    """Patterns such as "every Monday in August": months that lose two lessons or more."""
    groups: dict[tuple[date, int], list[date]] = {}
    for day in days:
        groups.setdefault((day.replace(day=1), day.isoweekday()), []).append(day)
    found = [
        MonthPattern(weekday, month, sum(day in closed for day in group), len(group))
        for (month, weekday), group in groups.items()
    ]
    return [pattern for pattern in found if pattern.closed > 1]


def common_name(holiday: str) -> str:
    """The name of a holiday without what marks its substitute day: "Boxing Day (observed)"."""
    return holiday.partition(SUBSTITUTE)[0].strip()


def observed(holidays: Mapping[date, str], ignored: Collection[str]) -> dict[date, str]:
    """The bank holidays on which this studio does not teach."""
    return {day: name for day, name in holidays.items() if common_name(name) not in ignored}
