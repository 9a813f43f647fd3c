"""What a teacher's phone keeps for the time without signal: today and tomorrow, no more."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from studio_app.attendance.rules import Outcome
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work, requires
from studio_app.overview.queries_day import TaughtSeat, my_day

LONGEST_NOTE = 600


@dataclass(frozen=True, slots=True)
class KeptSeat:
    """One student in one lesson, as it is shown without signal."""

    seat_id: SeatId
    student: str
    starts: str
    """16:00, on the studio's clock"""
    ends: str
    about: str
    note: str
    note_from: str
    outcome: Outcome
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class KeptDay:
    on: date
    day: str
    """Tuesday 1 September"""
    seats: tuple[KeptSeat, ...]


@dataclass(frozen=True, slots=True)
class KeptDays:
    """`holder` says whose days these are, without naming them: on a shared tablet nobody sees
    another's."""

    holder: str
    days: tuple[KeptDay, ...]


@requires(Permission.ATTENDANCE_MARK)
def days_for_the_phone(work: Work) -> KeptDays:
    """One's own lessons of today and tomorrow, with what was noted last time."""
    today = local_date(work.now, studio_zone(work))
    days = [_day(work, today + timedelta(days=n)) for n in range(2)]
    return KeptDays(phone_holder(work), tuple(days))


@requires(Permission.ATTENDANCE_MARK)
def phone_holder(work: Work) -> str:
    """The same for one person in one studio, and for nobody else; it tells nothing about them."""
    whose = f"{work.studio_id} {work.actor.person_id}"
    return sha256(whose.encode()).hexdigest()[:32]


def _day(work: Work, on: date) -> KeptDay:
    found = my_day(work, on)
    return KeptDay(on, found.day, tuple(_seat(seat) for seat in found.seats))


def _seat(seat: TaughtSeat) -> KeptSeat:
    lesson, note = seat.lesson, seat.last_note
    words = "\n".join(filter(None, (note.words, note.notes))) if note else ""
    return KeptSeat(
        seat_id=seat.seat_id,
        student=seat.student,
        starts=lesson.starts,
        ends=lesson.ends,
        about=" · ".join(filter(None, (lesson.lesson_type, lesson.room, lesson.location))),
        note=words[:LONGEST_NOTE],
        note_from=note.on if note else "",
        outcome=seat.outcome,
        is_cancelled=seat.is_cancelled,
    )
