"""What a cancelled seat has to do with: whose it is, what was decided, what its credit pays for."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from studio_app.bookings.access.bookings import require_bookable
from studio_app.bookings.models.policies import PolicyDecision
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.credits import access as credits_
from studio_app.credits.models import CreditEntry, CreditLot
from studio_app.credits.rules.lots import Act as Entered
from studio_app.credits.rules.lots import Source
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import CreditLotId, SeatId
from studio_app.kit.work import Work
from studio_app.scheduling.models.lessons import Seat


def require_own_seats(work: Work, seat_ids: Collection[SeatId]) -> None:
    """NotFound unless all of these are places of students one may book for."""
    seats = work.session.exec(select(Seat).where(col(Seat.id).in_(seat_ids))).all()
    if not seat_ids or len(seats) != len(set(seat_ids)):
        raise NotFound
    for student_id in {seat.student_id for seat in seats}:
        require_bookable(work, student_id)


def cancelling_decision(work: Work, seat_id: SeatId) -> PolicyDecision | None:
    """What was decided when it was cancelled, if that counts still."""
    undone = select(PolicyDecision.undoes_id).where(col(PolicyDecision.undoes_id).is_not(None))
    query = (
        select(PolicyDecision)
        .where(
            PolicyDecision.seat_id == seat_id,
            PolicyDecision.act == Act.CANCEL,
            col(PolicyDecision.undoes_id).is_(None),
            col(PolicyDecision.id).not_in(undone),
        )
        .order_by(col(PolicyDecision.decided_at).desc())
    )
    return work.session.exec(query).first()


def credit_given_for(work: Work, seat_id: SeatId) -> CreditLot | None:
    """The latest credit that was given because this place was cancelled."""
    query = select(CreditLot).where(
        CreditLot.source == Source.CANCELLATION, CreditLot.about_id == seat_id
    )
    return work.session.exec(query.order_by(col(CreditLot.nth).desc())).first()


def paid_by(work: Work, lot_id: CreditLotId) -> list[tuple[SeatId, datetime]]:
    """The places that a credit pays for now with the starts of their lessons, in order of time;
    money has none."""
    used = select(CreditEntry.target_id).where(
        CreditEntry.lot_id == lot_id, CreditEntry.act == Entered.USED, credits_.is_live()
    )
    query = select(Seat.id, Seat.starts_at).where(col(Seat.id).in_(used))
    found = work.session.exec(query.order_by(col(Seat.starts_at)))
    return [(SeatId(seat_id), starts_at) for seat_id, starts_at in found]


def is_left(work: Work, lot_id: CreditLotId) -> bool:
    """Whether there is something of it that could be used, or void."""
    return any(lot.left > 0 for lot in credits_.lots(work, col(CreditLot.id) == lot_id))
