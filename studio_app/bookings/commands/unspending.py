"""A credit that came from a cancellation is taken back, also where it has been spent meanwhile."""

from datetime import datetime
from enum import StrEnum

from studio_app.billing.commands.charging import charge_seats
from studio_app.billing.commands.credits import write_void
from studio_app.billing.commands.ledger import today
from studio_app.bookings.access import absences as access
from studio_app.credits import access as credits_
from studio_app.credits.commands.using import release
from studio_app.identity.access import studio_zone
from studio_app.kit.errors import Conflict
from studio_app.kit.formats import say_when
from studio_app.kit.ids import SeatId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.scheduling.commands.giving_up import give_up_seat


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
    lot = access.credit_given_for(work, seat_id)
    if lot is None:
        return
    credits_.hold(work, [lot.id])
    for other_id, starts_at in access.paid_by(work, lot.id):
        if instead is None:
            raise _spent(work, other_id, starts_at)
        release(work, other_id, on=today(work))
        if instead is Instead.CANCEL_THE_OTHER and starts_at > work.now:
            give_up_seat(work, other_id, reason=str(_("Its credit was taken back")))
        charge_seats(work, [other_id])
    if access.is_left(work, lot.id):
        words = str(_("The lesson takes place after all"))
        write_void(work, lot.id, lot.currency, reason=words)


def _spent(work: Work, other_id: SeatId, starts_at: datetime) -> CreditSpent:
    when = say_when(starts_at, studio_zone(work), work.actor.locale)
    said = _(
        "The credit for this lesson pays for the one on {when}. Cancel that one too, or pay for "
        "it like any other.",
        when=when,
    )
    return CreditSpent(said, (other_id,))
