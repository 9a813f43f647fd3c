"""What becomes of a booking: confirmed or declined by the studio, taken back by the family."""

from studio_app.bookings.access import bookings as access
from studio_app.bookings.commands.crediting import give_credit_back
from studio_app.bookings.events import BookingDeclined, BookingWithdrawn
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingKind, BookingState
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import BookingId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.commands import holding
from studio_app.scheduling.rules.states import LessonStatus


class AlreadyDecided(Conflict):
    message = _("This booking has been decided already.")


@requires(Permission.CALENDAR_MANAGE)
def confirm_booking(work: Work, booking_id: BookingId) -> None:
    """The studio says yes: it becomes a lesson as any other, and everybody hears of it."""
    confirm(work, _waiting(work, booking_id))


@requires(Permission.CALENDAR_MANAGE)
def decline_booking(work: Work, booking_id: BookingId, *, reason: str = "") -> None:
    """The studio says no: the time is given back, and who asked reads the reason."""
    found = _waiting(work, booking_id)
    found.words = reason.strip()
    end(work, found, BookingState.DECLINED)
    work.emit(BookingDeclined(found.id))


@requires(Permission.LESSON_BOOK)
def withdraw_booking(work: Work, booking_id: BookingId) -> None:
    """Whoever may book for the student takes it back before it is decided."""
    found = _waiting(work, booking_id)
    access.require_bookable(work, found.student_id)
    end(work, found, BookingState.CANCELLED, by_family=True)
    work.emit(BookingWithdrawn(found.id))


def confirm(work: Work, booking: Booking) -> None:
    """What was kept takes place. The reason stays: it says why it had to wait."""
    booking.decide(BookingState.CONFIRMED, work.actor.person_id, work.now)
    work.session.flush()
    if booking.enrolment_id is not None:
        holding.confirm_held_weekly(work, booking.enrolment_id)
    elif booking.kind == BookingKind.PLACE:
        holding.confirm_held_seat(work, booking.lesson_id, booking.student_id)
    else:
        holding.confirm_held_lesson(work, booking.lesson_id)


def end(work: Work, booking: Booking, state: BookingState, *, by_family: bool = False) -> None:
    """What was kept is given back, and what paid for it."""
    booking.decide(state, work.actor.person_id, work.now)
    work.session.flush()
    give_credit_back(work, booking, by_family=by_family)
    gone = LessonStatus.EXPIRED if state is BookingState.EXPIRED else LessonStatus.DECLINED
    if booking.enrolment_id is not None:
        holding.release_weekly(work, booking.enrolment_id, as_=gone)
    elif booking.kind == BookingKind.PLACE:
        holding.release_seat(work, booking.lesson_id, booking.student_id)
    else:
        holding.release_lesson(work, booking.lesson_id, as_=gone)


def _waiting(work: Work, booking_id: BookingId) -> Booking:
    found = access.booking(work, booking_id, lock=True)
    if not BookingState(found.state).waits:
        raise AlreadyDecided
    return found
