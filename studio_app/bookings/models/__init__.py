"""Rows of bookings; waiting and offers have modules of their own."""

from studio_app.bookings.models.bookings import Booking

__all__ = ["Booking"]
