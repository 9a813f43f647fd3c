"""What becomes of an offer: taken, declined, or over. The row of the offer decides, held by
whoever comes first: an answer in the same second as the end has one outcome."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from studio_app.bookings.access import waiting as access
from studio_app.bookings.access.bookings import require_bookable
from studio_app.bookings.commands.booking import book
from studio_app.bookings.commands.deciding import confirm
from studio_app.bookings.commands.offers import held, withdraw
from studio_app.bookings.events import OfferAccepted, OfferEnded
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.models.waiting import Offer, Waiting
from studio_app.bookings.rules.states import BookingKind
from studio_app.bookings.rules.waiting import FreedState, OfferState, WaitingState
from studio_app.bookings.wishes import BookingWish
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import BookingId, OfferId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires


class OfferIsOver(Conflict):
    message = _("The time to answer is over, and the next in line has been asked.")


class OfferIsGone(Conflict):
    message = _("This is not on offer any more. You keep your place on the list.")


class AlreadyAnswered(Conflict):
    message = _("This has been answered already.")


@requires(Permission.LESSON_BOOK)
def accept_offer(work: Work, offer_id: OfferId) -> BookingId:
    """Book what was offered, at once and for good; accepting twice is accepting once."""
    offer = access.offer(work, offer_id)
    entry = work.session.get_one(Waiting, offer.waiting_id)
    require_bookable(work, entry.student_id)
    if offer.state == OfferState.ACCEPTED and offer.booking_id is not None:
        return offer.booking_id
    _require_standing(work, offer)
    booking_id = book(work, _wish(offer, entry))
    _settle(work, booking_id)
    offer.decide(OfferState.ACCEPTED, work.actor.person_id, work.now)
    entry.end(WaitingState.PLACED, work.now)
    held(work, offer.freed_id).settle(FreedState.TAKEN, work.now)
    offer.booking_id = entry.booking_id = booking_id
    work.session.flush()
    work.emit(OfferAccepted(offer.id))
    return booking_id


@requires(Permission.LESSON_BOOK)
def decline_offer(work: Work, offer_id: OfferId) -> None:
    """No thanks: the next is asked, and the place on the list stays."""
    offer = access.offer(work, offer_id)
    require_bookable(work, work.session.get_one(Waiting, offer.waiting_id).student_id)
    _require_standing(work, offer)
    _end(work, offer, OfferState.DECLINED)


@requires(Permission.CALENDAR_MANAGE)
def withdraw_offer(work: Work, offer_id: OfferId) -> None:
    """The office takes it back; nobody else is asked by itself."""
    offer = access.offer(work, offer_id)
    if offer.decided_at is not None:
        raise AlreadyAnswered
    held(work, offer.freed_id).settle(FreedState.GONE, work.now)
    withdraw(work, offer)


@requires(Permission.JOBS_RUN)
def deliver_offer(work: Work, offer_id: OfferId, at: datetime) -> None:
    """It reached them then: from now on their time to answer runs. A second delivery is none."""
    offer = access.offer(work, offer_id)
    if offer.delivered_at is not None or offer.decided_at is not None:
        return
    offer.delivered_at = at
    offer.expires_at = min(at + timedelta(minutes=offer.answer_minutes), offer.answer_by)
    work.session.flush()


@requires(Permission.JOBS_RUN)
def pass_over(work: Work, offer_id: OfferId) -> None:
    """It can be brought to nobody: the next is asked."""
    offer = access.offer(work, offer_id)
    if offer.decided_at is None and offer.delivered_at is None:
        _end(work, offer, OfferState.EXPIRED)


@requires(Permission.JOBS_RUN)
def expire_offers(work: Work) -> str:
    """The clock's use case: end what nobody answered in its time, or could not any more."""
    over = _over(work)
    for offer in over:
        _end(work, offer, OfferState.EXPIRED)
    return f"{len(over)} expired"


def _over(work: Work) -> Sequence[Offer]:
    limit = col(Offer.expires_at).is_(None) & (col(Offer.answer_by) <= work.now)
    query = select(Offer).where(
        col(Offer.decided_at).is_(None), (col(Offer.expires_at) <= work.now) | limit
    )
    locked = query.order_by(col(Offer.id)).with_for_update()
    return work.session.exec(locked.execution_options(populate_existing=True)).all()


def _require_standing(work: Work, offer: Offer) -> None:
    if offer.state == OfferState.EXPIRED:
        raise OfferIsOver
    if offer.state == OfferState.WITHDRAWN:
        raise OfferIsGone
    if offer.decided_at is not None:
        raise AlreadyAnswered
    if work.now >= (offer.expires_at or offer.answer_by):
        raise OfferIsOver


def _wish(offer: Offer, entry: Waiting) -> BookingWish:
    kind = BookingKind.PLACE if offer.lesson_id else BookingKind.SINGLE
    return BookingWish(
        entry.student_id,
        entry.lesson_type_id,
        offer.teacher_id,
        offer.starts_at,
        kind=BookingKind.WEEKLY if offer.weekly else kind,
    )


def _settle(work: Work, booking_id: BookingId) -> None:
    """The studio offered it, so nobody has to look at it first."""
    booking = work.session.get_one(Booking, booking_id)
    booking.settled_at = work.now
    confirm(work, booking)


def _end(work: Work, offer: Offer, state: OfferState) -> None:
    offer.decide(state, work.actor.person_id, work.now)
    work.session.flush()
    work.emit(OfferEnded(offer.id))
