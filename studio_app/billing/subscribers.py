"""What billing does when the calendar or the register says something."""

from studio_app.attendance.events import AttendanceMarked
from studio_app.billing.commands.charging import charge_seats, undo_charges_of_what_is_cancelled
from studio_app.kit.outbox import Event
from studio_app.kit.work import Work


def charge_for_marks(work: Work, event: AttendanceMarked) -> None:
    """Charge what was held, recognise what was paid for before, give back what was not held."""
    charge_seats(work, event.seat_ids)


def give_back_what_is_cancelled(work: Work, _event: Event) -> None:
    undo_charges_of_what_is_cancelled(work)
