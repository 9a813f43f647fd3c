"""After the commit: a booking is confirmed by itself, or says why somebody has to look at it."""

from datetime import timedelta

from studio_app.bookings.access import bookings as access
from studio_app.bookings.commands.deciding import confirm
from studio_app.bookings.events import BookingReceived
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingKind, BookingState, Reason
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import BookingId
from studio_app.kit.work import Work, requires
from studio_app.people.access import student
from studio_app.scheduling import slots
from studio_app.scheduling.access.setup import PutAway
from studio_app.scheduling.commands import holding
from studio_app.scheduling.rules.states import Confirming
from studio_app.scheduling.wishes import SlotSearch

DAY = timedelta(days=1)


@requires(Permission.JOBS_RUN)
def settle_booking(work: Work, booking_id: BookingId) -> None:
    """Confirmed at once where the studio wants that and nothing has changed since; done once."""
    booking = access.booking(work, booking_id, lock=True)
    if booking.settled_at is not None or not BookingState(booking.state).waits:
        return
    booking.settled_at = work.now
    booking.reason = _why_not(work, booking)
    if booking.reason is None:
        confirm(work, booking)
        return
    _keep_waiting(work, booking)
    work.emit(BookingReceived(booking.id))


def _keep_waiting(work: Work, booking: Booking) -> None:
    """A lesson that nobody has agreed to is over with its hour; the others take place meanwhile."""
    asked = booking.reason == Reason.REVIEW and booking.kind == BookingKind.SINGLE
    if asked:
        booking.expires_at = min(booking.expires_at, booking.starts_at)
    else:
        booking.state = BookingState.PROVISIONAL
        if booking.kind == BookingKind.SINGLE:
            holding.keep_provisional(work, booking.lesson_id)
    work.session.flush()


def _why_not(work: Work, booking: Booking) -> Reason | None:
    if student(work, booking.student_id).archived_at is not None:
        return Reason.LEFT
    day = local_date(booking.starts_at, studio_zone(work))
    search = SlotSearch(
        booking.lesson_type_id,
        day,
        day + DAY,
        booking.teacher_id,
        student_ids=frozenset({booking.student_id}),
        minutes=booking.minutes,
        without=booking.lesson_id,
    )
    try:
        found = slots.find(work, search, as_family=False)
    except PutAway:
        return Reason.PUT_AWAY
    still = any(one.starts_at == booking.starts_at for one in found.openings)
    if booking.kind != BookingKind.PLACE and not still:
        return Reason.NOT_OPEN
    return Reason.REVIEW if found.rules.confirming is Confirming.REVIEW else None
