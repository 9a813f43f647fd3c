"""What bookings do when something happens."""

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.bookings.commands import settling
from studio_app.bookings.commands.deciding import confirm, end
from studio_app.bookings.commands.policy_decisions import Agreement, keep_agreement
from studio_app.bookings.events import BookingDeclined, BookingMade
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.rules.states import BookingState
from studio_app.identity.access import studio
from studio_app.identity.models import Person
from studio_app.kit.ids import LessonId, SeatId
from studio_app.kit.work import Work
from studio_app.scheduling.events import (
    LessonCancelled,
    LessonDeclined,
    LessonRestored,
    SeriesChanged,
    SeriesEnded,
)
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment


def settle_booking(work: Work, event: BookingMade) -> None:
    settling.settle_booking(work, event.booking_id)


def keep_what_was_agreed(work: Work, event: BookingMade) -> None:
    """Whoever books agrees to the policy that counts then, in the language they read it in."""
    booking = work.session.get(Booking, event.booking_id)
    if booking is None or booking.asked_by is None:
        return
    seat = select(Seat.id).where(
        Seat.lesson_id == booking.lesson_id, Seat.student_id == booking.student_id
    )
    speaks = select(Person.locale).where(Person.id == booking.asked_by)
    agreed = Agreement(
        booking.lesson_type_id,
        by=booking.asked_by,
        at=booking.asked_at,
        locale=work.session.exec(speaks).first() or studio(work).locale,
        enrolment_id=booking.enrolment_id,
        seat_id=None if booking.enrolment_id else SeatId(work.session.exec(seat).one()),
    )
    keep_agreement(work, agreed)


def decline_with_its_lesson(work: Work, event: LessonDeclined) -> None:
    """The studio took what was asked for off the calendar: that is a no, with its reason."""
    lesson = work.session.get(Lesson, event.lesson_id)
    for booking in _waiting_for(work, event.lesson_id):
        booking.words = lesson.cancel_reason if lesson else ""
        end(work, booking, BookingState.DECLINED)
        work.emit(BookingDeclined(booking.id))


def cancel_with_its_lesson(work: Work, event: LessonCancelled) -> None:
    """Who takes part hears of the lesson; there is nothing left to decide."""
    for booking in _waiting_for(work, event.lesson_id):
        if booking.enrolment_id is None:
            end(work, booking, BookingState.CANCELLED)


def confirm_with_its_lesson(work: Work, event: LessonRestored) -> None:
    """The studio put it back: that is a yes."""
    query = select(Booking).where(
        Booking.lesson_id == event.lesson_id,
        Booking.state == BookingState.CANCELLED,
        col(Booking.enrolment_id).is_(None),
        col(Booking.settled_at).is_not(None),
    )
    for booking in work.session.exec(query.with_for_update()):
        booking.decide(BookingState.CONFIRMED, None, work.now)
    work.session.flush()


def cancel_with_its_series(work: Work, event: SeriesEnded) -> None:
    theirs = select(Enrolment.follows_id).where(Enrolment.series_id == event.series_id)
    query = _still_waiting().where(
        or_(Booking.series_id == event.series_id, col(Booking.enrolment_id).in_(theirs))
    )
    for booking in work.session.exec(query.with_for_update()):
        end(work, booking, BookingState.CANCELLED)


def confirm_with_its_series(work: Work, event: SeriesChanged) -> None:
    """The studio took the weekly lesson up again: that is a yes."""
    if not event.resumed:
        return
    query = select(Booking).where(
        Booking.series_id == event.series_id, Booking.state == BookingState.CANCELLED
    )
    for booking in work.session.exec(query.with_for_update()):
        confirm(work, booking)


def _waiting_for(work: Work, lesson_id: LessonId) -> list[Booking]:
    query = _still_waiting().where(Booking.lesson_id == lesson_id)
    return list(work.session.exec(query.with_for_update()))


def _still_waiting() -> SelectOfScalar[Booking]:
    return select(Booking).where(col(Booking.decided_at).is_(None)).order_by(col(Booking.id))
