"""Messages about what was booked and is not, or not yet, a lesson."""

from sqlalchemy import select
from sqlmodel import col

from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.queries.bookings import when
from studio_app.bookings.rules.states import BookingState, Reason
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date
from studio_app.kit.ids import BookingId
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import own_students
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.setup import LessonType

_STILL = {
    "booking_received": {BookingState.REQUESTED, BookingState.PROVISIONAL},
    "booking_declined": {BookingState.DECLINED},
    "booking_expired": {BookingState.EXPIRED},
}


def tell(telling: Telling) -> Answer:
    """Where the booking stands, if it still stands there."""
    work = telling.work
    booking = work.session.get(Booking, BookingId(telling.message.about_ids[0]))
    if booking is None or booking.state not in _STILL[telling.message.kind]:
        return _("It has been decided otherwise meanwhile.")
    if booking.student_id not in own_students(work, telling.recipient.contact_id):
        return _("Nobody of this family takes part any more.")
    return _told(telling, booking)


def _told(telling: Telling, booking: Booking) -> Told:
    names = (
        select(col(Student.first_name), col(Teacher.name), col(LessonType.name))
        .join_from(Student, Teacher, col(Teacher.id) == booking.teacher_id)
        .join(LessonType, col(LessonType.id) == booking.lesson_type_id)
        .where(col(Student.id) == booking.student_id)
    )
    student, teacher, kind = telling.work.session.connection().execute(names).one()
    zone, language = telling.house.zone, telling.language
    why = telling.say(Reason(booking.reason).sentence) if booking.reason else ""
    words = {
        "student": student,
        "lesson": kind,
        "teacher": teacher,
        "when": when(booking.kind, booking.starts_at, zone, language),
        "reason": booking.words or why,
        "expires": say_date(local_date(booking.expires_at, zone), language),
    }
    return Told(words, paths.booking(booking.id))
