"""Families who pay by the term, before it begins."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from studio_app.billing.commands.billing_run import bill_term
from studio_app.billing.commands.prices import bill_enrolment
from studio_app.billing.queries.arrangements import arrangements
from studio_app.billing.rules.pricing import Mode
from studio_app.demo.desk import Desk
from studio_app.demo.people import House
from studio_app.kit.ids import FamilyId, TermId
from studio_app.scheduling.queries.setup import terms

AHEAD = timedelta(days=7)
"""How long before its first day a term is billed."""


def by_the_term(desk: Desk, houses: Sequence[House]) -> frozenset[FamilyId]:
    """These households pay for all their lessons in advance."""
    families = frozenset(house.family_id for house in houses)
    for one in desk.run(arrangements):
        if one.family_id in families:
            desk.run(bill_enrolment, one.enrolment_id, Mode.ADVANCE)
    return families


def terms_to_bill(desk: Desk, first: date) -> dict[date, TermId]:
    """On which day each term is billed; the one that is running, on the first day there is."""
    return {
        max(term.starts_on - AHEAD, first): term.id
        for term in desk.run(terms)
        if term.ends_on >= first
    }


def bill_in_advance(desk: Desk, term_id: TermId) -> Collection[object]:
    return desk.run(bill_term, term_id, sending=True).invoice_ids
