"""Bringing the books in line with what became of lessons."""

from collections.abc import Collection, Sequence

from studio_app.billing.access import seats, terms
from studio_app.billing.commands.ledger import post, reverse, today
from studio_app.billing.commands.settling import settle
from studio_app.billing.rules.charging import (
    SeatFacts,
    loses_recognition,
    needs_recognition,
    recognition,
)
from studio_app.billing.rules.planning import Terms, changes
from studio_app.identity.access import studio
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work


def charge_seats(work: Work, seat_ids: Collection[SeatId]) -> None:
    """Charge, undo, recognise: whatever these seats lack. Run again it changes nothing."""
    found = seats.seats_by_id(work, seat_ids)
    made = [posting for _seat, posting in changes(found, _terms(work, found))]
    lost = [seat.recognised for seat in found if loses_recognition(seat) and seat.recognised]
    if lost:
        reverse(work, lost, on=today(work))
    post(work, *made)
    recognise(work, seats.seats_by_id(work, seat_ids) if made else found)
    if made:
        settle(work, {seat.family_id for seat in found})


def recognise(work: Work, found: Sequence[SeatFacts]) -> None:
    """Turn what was sold in advance into income where the lesson was held."""
    currency = studio(work).currency
    made = [
        recognition(seat, seat.charged, currency)
        for seat in found
        if seat.charged and needs_recognition(seat)
    ]
    post(work, *made)


def undo_charges_of_what_is_cancelled(work: Work) -> None:
    """Give back what was charged for lessons that do not take place any more."""
    charge_seats(work, seats.charged_though_gone(work))


def _terms(work: Work, found: Sequence[SeatFacts]) -> Terms:
    card = seats.rate_card(work)
    return Terms(
        on=today(work),
        now=work.now,
        currency=studio(work).currency,
        card=card,
        lessons_in_term=terms.lessons_in_term(work, found) if card.sells_terms else {},
    )
