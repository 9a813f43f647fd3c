"""Bringing the books in line with what became of lessons."""

from collections.abc import Collection, Sequence

from studio_app.billing.access import affected, rows, seats, terms
from studio_app.billing.commands.covering import cover_seats
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
from studio_app.kit.access import Permission
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work, requires


def charge_seats(work: Work, seat_ids: Collection[SeatId]) -> int:
    """Charge, undo, recognise: whatever these seats lack; how many charges and reversals.

    Run again it changes nothing. The accounts are locked before anything is looked at: of
    two who do it at once the second finds nothing left.
    """
    if not seat_ids:
        return 0
    cover_seats(work, seat_ids)
    rows.lock_accounts_of_seats(work, seat_ids)
    found = seats.seats_by_id(work, seat_ids)
    made = [posting for _seat, posting in changes(found, _terms(work, found))]
    lost = [seat.recognised for seat in found if loses_recognition(seat) and seat.recognised]
    if lost:
        reverse(work, lost, on=today(work))
    post(work, *made)
    recognise(work, seats.seats_by_id(work, seat_ids) if made else found)
    if made:
        settle(work, {posting.family_id for posting in made})
    return len(made)


def recognise(work: Work, found: Sequence[SeatFacts]) -> None:
    """Turn what was sold in advance into income where the lesson was held."""
    currency = studio(work).currency
    made = [
        recognition(seat, seat.charged, currency)
        for seat in found
        if seat.charged and needs_recognition(seat)
    ]
    post(work, *made)


@requires(Permission.JOBS_RUN)
def put_charges_right(work: Work) -> str:
    """The clock's use case: what no news was heard of: a delivery that failed for good.

    Held and not charged, charged and cancelled, sold and given back though it takes place.
    """
    wrong = {
        *affected.charged_though_gone(work),
        *affected.held_and_unbilled(work),
        *affected.sold_and_uncharged(work),
        *affected.covered_though_gone(work),
    }
    return f"{charge_seats(work, wrong)} postings"


def _terms(work: Work, found: Sequence[SeatFacts]) -> Terms:
    card = seats.rate_card(work)
    return Terms(
        on=today(work),
        now=work.now,
        currency=studio(work).currency,
        card=card,
        lessons_in_term=terms.lessons_in_term(work, found) if card.sells_terms else {},
    )
