"""Telling families where their bookings stand, and the office what nobody has decided."""

from studio_app.bookings.events import (
    BookingDeclined,
    BookingExpired,
    BookingExpiring,
    BookingReceived,
)
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.queries.bookings import when
from studio_app.kit.formats import say_date
from studio_app.kit.ids import BookingId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.messaging import paths
from studio_app.messaging.access import contacts
from studio_app.messaging.access.causes import cause_of
from studio_app.messaging.access.studio import house
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.people.models import Student


def tell_that_it_waits(work: Work, event: BookingReceived) -> None:
    _tell(work, "booking_received", event.booking_id)


def tell_of_a_no(work: Work, event: BookingDeclined) -> None:
    _tell(work, "booking_declined", event.booking_id)


def tell_that_it_expired(work: Work, event: BookingExpired) -> None:
    _tell(work, "booking_expired", event.booking_id)


def tell_the_office(work: Work, event: BookingExpiring) -> None:
    """Somebody has to decide, or the time is given back on that day."""
    booking = work.session.get(Booking, event.booking_id)
    student = work.session.get(Student, booking.student_id) if booking else None
    if booking is None or student is None:
        return
    here = house(work)
    what = _(
        "{student}, {when}: until {day}",
        student=student.name,
        when=when(booking.kind, booking.starts_at, here.zone, here.language),
        day=say_date(booking.expires_at.astimezone(here.zone).date(), here.language),
    )
    occasion = Occasion(
        "bookings_waiting",
        about=(booking.id,),
        happened_at=work.now,
        key=str(booking.id),
        why="BookingExpiring",
        facts={"what": what.say(here.language), "path": paths.OFFICE_BOOKINGS},
    )
    post(work, occasion, contacts.in_office(work))


def _tell(work: Work, kind: str, booking_id: BookingId) -> None:
    booking = work.session.get(Booking, booking_id)
    if booking is None:
        return
    occasion = Occasion(
        kind,
        about=(booking.id,),
        happened_at=cause_of(work).at,
        key=str(booking.id),
        why=kind,
    )
    post(work, occasion, contacts.hearing_of_an_end(work, [booking.student_id]))
