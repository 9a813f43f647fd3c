"""A credit that came from a cancellation is taken back, also where it has been spent meanwhile."""

from enum import StrEnum

from sqlmodel import col, select

from studio_app.billing.commands.charging import charge_seats
from studio_app.billing.commands.credits import write_void
from studio_app.billing.commands.ledger import today
from studio_app.credits import access as credits_
from studio_app.credits.commands.using import release
from studio_app.credits.models import CreditEntry, CreditLot
from studio_app.credits.rules.lots import Act, Source
from studio_app.identity.access import studio_zone
from studio_app.kit.errors import Conflict
from studio_app.kit.formats import say_when
from studio_app.kit.ids import SeatId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.scheduling.commands.giving_up import give_up_seat
from studio_app.scheduling.models.lessons import Seat


class Instead(StrEnum):
    """Two ways out where the credit has been spent: the lesson booked with it is off as well, or
    it takes place and is paid for like any other."""

    CANCEL_THE_OTHER = "cancel_the_other"
    PAY_FOR_THE_OTHER = "pay_for_the_other"


class CreditSpent(Conflict):
    """`seats` are the lessons that it pays for."""

    def __init__(self, said: Text, seats: tuple[SeatId, ...] = ()) -> None:
        super().__init__(said)
        self.seats = seats


def take_credit_back(work: Work, seat_id: SeatId, *, instead: Instead | None) -> None:
    """What was given for this seat is void. CreditSpent says for what it was used, unless it is
    said what is to become of that."""
    lot = _lot_of(work, seat_id)
    if lot is None:
        return
    credits_.hold(work, [lot.id])
    for other in _paid_by(work, lot):
        if instead is None:
            raise _spent(work, other)
        release(work, other.id, on=today(work))
        if instead is Instead.CANCEL_THE_OTHER and other.starts_at > work.now:
            give_up_seat(work, SeatId(other.id), reason=str(_("Its credit was taken back")))
        charge_seats(work, [SeatId(other.id)])
    if [one for one in credits_.lots(work, col(CreditLot.id) == lot.id) if one.left > 0]:
        write_void(work, lot, reason=str(_("The lesson takes place after all")))


def _lot_of(work: Work, seat_id: SeatId) -> CreditLot | None:
    query = select(CreditLot).where(
        CreditLot.source == Source.CANCELLATION, CreditLot.about_id == seat_id
    )
    return work.session.exec(query.order_by(col(CreditLot.nth).desc())).first()


def _paid_by(work: Work, lot: CreditLot) -> list[Seat]:
    """The seats that it pays for now, the earliest first; money has no seats."""
    used = select(CreditEntry.target_id).where(
        CreditEntry.lot_id == lot.id, CreditEntry.act == Act.USED, credits_.is_live()
    )
    query = select(Seat).where(col(Seat.id).in_(used)).order_by(col(Seat.starts_at))
    return list(work.session.exec(query))


def _spent(work: Work, other: Seat) -> CreditSpent:
    when = say_when(other.starts_at, studio_zone(work), work.actor.locale)
    said = _(
        "The credit for this lesson pays for the one on {when}. Cancel that one too, or pay for "
        "it like any other.",
        when=when,
    )
    return CreditSpent(said, (SeatId(other.id),))
