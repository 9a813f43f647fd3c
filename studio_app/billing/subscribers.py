"""What billing does when the calendar or the register says something.

Each looks at the seats the news is about and charges, gives back or recognises what they
lack; so it does not matter in which order news arrives, or how often.
"""

from studio_app.attendance.events import AttendanceMarked
from studio_app.billing.access import affected
from studio_app.billing.commands.charging import charge_seats
from studio_app.billing.commands.ledger import today
from studio_app.credits.commands.using import use_again
from studio_app.kit.work import Work
from studio_app.scheduling.events import (
    EnrolmentEnded,
    LessonCancelled,
    LessonDeclined,
    LessonMoved,
    LessonRestored,
    PlaceReleased,
    SeatsChanged,
    SeriesChanged,
    SeriesEnded,
    SeriesRezoned,
    StudentEnrolled,
    StudioClosed,
)


def charge_for_marks(work: Work, event: AttendanceMarked) -> None:
    """Charge what was held, recognise what was paid for before, give back what was not held."""
    charge_seats(work, event.seat_ids)


def charge_for_lesson(
    work: Work,
    event: LessonCancelled | LessonDeclined | LessonRestored | LessonMoved | SeatsChanged,
) -> None:
    """Give back what is cancelled, charge again what is not, at what it costs now; what credit had
    paid for is paid for by it again."""
    seat_ids = affected.of_lesson(work, event.lesson_id)
    if isinstance(event, LessonRestored):
        for seat_id in seat_ids:
            use_again(work, seat_id, on=today(work))
    charge_seats(work, seat_ids)


def charge_for_series(work: Work, event: SeriesChanged | SeriesRezoned | SeriesEnded) -> None:
    charge_seats(work, affected.of_series(work, event.series_id, from_on=event.from_on))


def charge_for_enrolment(
    work: Work, event: StudentEnrolled | EnrolmentEnded | PlaceReleased
) -> None:
    charge_seats(work, affected.of_enrolment(work, event.enrolment_id))


def give_back_what_is_closed(work: Work, event: StudioClosed) -> None:
    charge_seats(work, affected.of_closure(work, event.closure_id))
