"""What a billing run looks at."""

from collections.abc import Collection
from datetime import date, timedelta

from studio_app.attendance.access import left_now
from studio_app.billing.access import seats, terms
from studio_app.billing.access.unbilled import standing
from studio_app.billing.rules.charging import SeatFacts
from studio_app.billing.rules.planning import Plan, Span, Terms, plan
from studio_app.billing.rules.pricing import Mode
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.clock import local_date, local_days
from studio_app.kit.ids import SeatId, TermId
from studio_app.kit.work import Work

LOOKED_BACK = timedelta(days=366)
"""How far back a month's run asks about lessons that nobody has recorded."""


def month_of(day: date) -> Span:
    """The calendar month a day is in."""
    first = day.replace(day=1)
    until = (
        first.replace(year=first.year + 1, month=1)
        if first.month == 12  # noqa: PLR2004  December
        else first.replace(month=first.month + 1)
    )
    return Span(first, until)


def term_of(work: Work, term_id: TermId) -> Span:
    term = terms.term(work, term_id)
    return Span(term.starts_on, term.ends_on + terms.DAY, selling=True)


def planned(work: Work, span: Span, *, leaving: Collection[SeatId] = ()) -> Plan:
    """What a run over these days would write. A term is billed to those who buy it.

    A month also asks about lessons before it that were left for later: none is forgotten.
    """
    found = seats.seats_within(work, local_days(span.first, span.until, studio_zone(work)))
    held = standing(work, until=span.until)
    if span.selling:
        found = [seat for seat in found if seat.mode is Mode.ADVANCE]
        buying = {seat.family_id for seat in found}
        held = {family: items for family, items in held.items() if family in buying}
    else:
        before = local_days(span.first - LOOKED_BACK, span.first, studio_zone(work))
        found = [*seats.unrecorded_within(work, before), *found]
    left = left_now(work)
    return plan(found, held, _terms(work, span, found), leaving=leaving, left=left)


def _terms(work: Work, span: Span, found: list[SeatFacts]) -> Terms:
    card = seats.rate_card(work)
    counted = span.selling or card.sells_terms
    return Terms(
        on=local_date(work.now, studio_zone(work)),
        now=work.now,
        currency=studio(work).currency,
        card=card,
        selling=span.selling,
        lessons_in_term=terms.lessons_in_term(work, found) if counted else {},
    )
