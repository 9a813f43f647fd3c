"""From when and until when a credit is good. Both days are included."""

from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.bookings.rules.policies.case import Case
from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.kinds import DatedBy, Until
from studio_app.bookings.rules.policies.outcomes import Validity
from studio_app.bookings.rules.policies.periods import (
    later_by_months,
    school_year,
    term_end,
    window_end,
)

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Valid:
    """`until` None: it does not expire."""

    since: date
    until: date | None


def valid_days(policy: Policy, case: Case, said: Validity | None) -> Valid | None:
    """None where it would be over before it began: then there is nothing to give."""
    since = case.asked_on
    if said is None:
        return Valid(since, None)
    counted = case.lesson_on if said.counted_from is DatedBy.LESSON else since
    ends = [end for end in (*_lengths(said, counted), _end(policy, case, said, counted)) if end]
    until = min(ends, default=None)
    return Valid(since, until) if until is None or until >= since else None


def _lengths(said: Validity, counted: date) -> list[date]:
    """30 days from 14 August are until 13 September, the last day included."""
    ends = [counted + timedelta(days=said.days)] if said.days else []
    if said.months:
        ends.append(later_by_months(counted, said.months))
    if said.years:
        ends.append(later_by_months(counted, said.years * _MONTHS))
    return ends


def _end(policy: Policy, case: Case, said: Validity, counted: date) -> date | None:
    """Nobody's credit ends by a term or window that is not known yet."""
    match said.until:
        case Until.TERM | Until.NEXT_TERM:
            return term_end(case.terms, counted, further=said.until is Until.NEXT_TERM)
        case Until.WINDOW | Until.NEXT_WINDOW:
            return window_end(policy, counted, further=said.until is Until.NEXT_WINDOW)
        case Until.YEAR:
            return date(counted.year, 12, 31)
        case Until.SCHOOL_YEAR:
            return school_year(policy, counted).last
        case Until.MAKE_UP_DAYS:
            return max((day for day in policy.make_up_days if day >= case.asked_on), default=None)
        case None:
            return None
