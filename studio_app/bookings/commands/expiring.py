"""Bookings that nobody decided: the office is told in time, then their time is given back."""

from collections.abc import Sequence

from sqlmodel import col, select

from studio_app.bookings.access.due import ALERTED_BEFORE
from studio_app.bookings.commands.deciding import confirm, end
from studio_app.bookings.events import BookingExpired, BookingExpiring
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingKind, BookingState
from studio_app.kit.access import Permission
from studio_app.kit.work import Work, requires


@requires(Permission.JOBS_RUN)
def expire_bookings(work: Work) -> str:
    """The clock's use case: end what has waited for too long, and tell of what will soon."""
    over = _waiting(work, Booking.expires_at <= work.now)
    for booking in over:
        _expire(work, booking)
    soon = _waiting(
        work,
        Booking.expires_at <= work.now + ALERTED_BEFORE,
        col(Booking.alerted_at).is_(None),
        col(Booking.settled_at).is_not(None),
    )
    for booking in soon:
        booking.alerted_at = work.now
        work.emit(BookingExpiring(booking.id))
    work.session.flush()
    return f"{len(over)} expired, {len(soon)} told of"


def _expire(work: Work, booking: Booking) -> None:
    """What took place while it was provisional was taught: that cannot expire any more."""
    taught = booking.state == BookingState.PROVISIONAL and booking.starts_at <= work.now
    if taught and booking.kind != BookingKind.WEEKLY:
        confirm(work, booking)
        return
    end(work, booking, BookingState.EXPIRED)
    work.emit(BookingExpired(booking.id))


def _waiting(work: Work, *where: object) -> Sequence[Booking]:
    query = select(Booking).where(col(Booking.decided_at).is_(None), *where)  # type: ignore[arg-type]
    return work.session.exec(query.order_by(col(Booking.id)).with_for_update()).all()
