"""Taking a yes or a no to a booking back, shortly after it was said."""

from datetime import timedelta

from studio_app.bookings.access import bookings as access
from studio_app.bookings.commands.crediting import pay_again
from studio_app.bookings.events import BookingMade
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingKind, BookingState, Reason
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import BookingId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.commands import holding
from studio_app.scheduling.rules.states import LessonStatus

UNDO_FOR = timedelta(hours=1)
DECIDED = frozenset({BookingState.CONFIRMED, BookingState.DECLINED})


class TooLateToUndo(Conflict):
    message = _("This was decided too long ago to be undone.")


@requires(Permission.CALENDAR_MANAGE)
def reopen_booking(work: Work, booking_id: BookingId) -> None:
    """Undo of `confirm_booking` and `decline_booking`: it waits again and its time is kept.

    SlotTaken where the time was given away meanwhile.
    """
    found = access.booking(work, booking_id)
    diary.lock_ids(work, {found.teacher_id, found.room_id, found.student_id})
    found = access.booking(work, booking_id, lock=True)
    _require_just_decided(work, found)
    as_asked = found.reason == Reason.REVIEW and found.kind == BookingKind.SINGLE
    found.state = BookingState.REQUESTED if as_asked else BookingState.PROVISIONAL
    found.decided_by, found.decided_at, found.words = None, None, ""
    work.session.flush()
    if found.enrolment_id is not None:
        holding.hold_weekly_again(work, found.enrolment_id)
    elif found.kind == BookingKind.PLACE:
        holding.hold_seat_again(work, found.lesson_id, found.student_id)
    else:
        status = LessonStatus.REQUESTED if as_asked else LessonStatus.PROVISIONAL
        holding.hold_lesson_again(work, found.lesson_id, as_=status)
    pay_again(work, found)
    work.emit(BookingMade(found.id))


def _require_just_decided(work: Work, found: Booking) -> None:
    """By somebody, not by the clock; and its time is still to come."""
    by_hand = found.decided_at is not None and found.decided_by is not None
    if BookingState(found.state) not in DECIDED or not by_hand or found.starts_at <= work.now:
        raise TooLateToUndo
    if found.decided_at is None or work.now - found.decided_at > UNDO_FOR:
        raise TooLateToUndo
