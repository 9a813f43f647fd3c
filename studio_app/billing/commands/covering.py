"""Which seats a session pays for: looked at again whenever something happens to them."""

from collections.abc import Collection, Sequence

from studio_app.billing.access import packages, seats
from studio_app.billing.commands.ledger import post, reverse, today
from studio_app.billing.rules.charging import Covered, SeatFacts
from studio_app.billing.rules.crediting import Cover, cover_of, is_spent, session_held, worth
from studio_app.billing.rules.ledger import Posting
from studio_app.credits import access as credits_
from studio_app.credits.commands.using import release, use_what_there_is
from studio_app.identity.access import studio_zone
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work
from studio_app.scheduling.rules.states import CancelledBy


def cover_seats(work: Work, seat_ids: Collection[SeatId]) -> None:
    """Take a session for what was held, give back what is not needed, and let the books follow.

    Run again it changes nothing. Where the family has no such credit that is one question. Lots
    are locked before accounts are.
    """
    lots = packages.lots_around(work, seat_ids)
    if not lots:
        return
    credits_.hold(work, lots, seat_ids)
    zone = studio_zone(work)
    for seat in seats.seats_by_id(work, seat_ids):
        match cover_of(seat):
            case Cover.TAKE:
                use_what_there_is(work, packages.need_of(seat, zone), seat.seat_id)
            case Cover.FREE:
                by_family = packages.cancelled_by(work, seat.seat_id) == CancelledBy.FAMILY
                release(work, seat.seat_id, on=today(work), by_family=by_family)
            case Cover.KEEP:
                pass
    _earn(work, seats.seats_by_id(work, seat_ids))


def _earn(work: Work, found: Sequence[SeatFacts]) -> None:
    """What was sold is earned with the lesson, and not earned any more without it."""
    earned = packages.earned(work, [seat.seat_id for seat in found])
    paid = [(seat, seat.covered) for seat in found if seat.covered and is_spent(seat)]
    wanted = {covered.entry_id for _seat, covered in paid}
    lost = [made for entry_id, made in earned.items() if entry_id not in wanted]
    if lost:
        reverse(work, lost, on=today(work))
    sales = packages.sales_of(work, {covered.lot_id for _seat, covered in paid})
    for seat, covered in paid:
        if covered.lot_id in sales and covered.entry_id not in earned:
            post(work, _earning(work, seat, covered, sales[covered.lot_id]))


def _earning(work: Work, seat: SeatFacts, covered: Covered, sale: packages.PackageSale) -> Posting:
    left = packages.deferred(work, sale)
    each = worth(left.money, part=1, of=left.sessions)
    return session_held(
        covered.entry_id, each, on=seat.on, what=seat.what, student_id=seat.student_id
    )
