"""What bookings tell the contexts above them."""

from dataclasses import dataclass

from studio_app.kit.ids import BookingId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class BookingMade(Event):
    """Its time is kept; nothing has been decided."""

    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingReceived(Event):
    """It was looked at and waits for somebody of the studio, for the reason it has."""

    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingDeclined(Event):
    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingExpiring(Event):
    """In a few days its time is given back, unless somebody decides."""

    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingExpired(Event):
    booking_id: BookingId
