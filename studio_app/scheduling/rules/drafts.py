"""What a series would put into the diary, day by day, before anything is written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LocationId
from studio_app.scheduling.rules.plans import Plan, occurrences
from studio_app.scheduling.rules.states import Why
from studio_app.scheduling.rules.year import Obstacle, SchoolYear
from studio_app.scheduling.wishes import Choice, Decision

ROLLING = timedelta(weeks=16)
WHOLE = timedelta(weeks=53)


@dataclass(frozen=True, slots=True)
class Draft:
    """One day of a series: its slot, and what stands in the way of a lesson, if anything."""

    day: date
    slot: Slot
    obstacle: Obstacle | None = None


def drafts(
    plan: Plan,
    year: SchoolYear,
    *,
    first: date,
    until: date,
    location_id: LocationId | None,
    term_time_only: bool,
    decisions: Mapping[date, Decision],
    done: Collection[date] = (),
) -> list[Draft]:
    """The days in [first, until) that are not done yet, as the school year and people decide."""
    return [
        _draft(
            Draft(
                day,
                slot,
                year.obstacle(day, location_id=location_id, term_time_only=term_time_only),
            ),
            decisions.get(day),
            plan.lasting,
        )
        for day, slot in occurrences(plan, first, until)
        if day not in done
    ]


def _draft(draft: Draft, decision: Decision | None, lasting: timedelta) -> Draft:
    if decision is None:
        return draft
    match decision.choice:
        case Choice.SKIP:
            return Draft(draft.day, draft.slot, Obstacle(Why.SKIPPED))
        case Choice.KEEP:
            return Draft(draft.day, draft.slot)
        case Choice.MOVE:
            start = decision.to or draft.slot.starts_at
            return Draft(draft.day, Slot(start, start + lasting))


def horizon(plan: Plan, today: date, *, terms_end_on: date | None = None) -> date:
    """The day before which lessons are put into the diary.

    A series that ends within the year is there at once, another some weeks ahead. One for
    term time only waits where the known terms end: nobody knows yet what comes after.
    """
    last = plan.last_on
    start = max(today, plan.first_on)
    if last is not None and last < start + WHOLE:
        until = last + timedelta(days=1)
    else:
        until = start + ROLLING
    if terms_end_on is None:
        return until
    return min(until, terms_end_on + timedelta(days=1))
