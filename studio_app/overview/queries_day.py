"""A teacher's own day: the lessons in order, what was said of each, and what is left to say."""

from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.attendance.queries import SeatMark, day_sheet, unmarked_before
from studio_app.attendance.rules import Outcome
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_day
from studio_app.kit.formats import say_when
from studio_app.kit.ids import SeatId, StudentId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.queries.lessons import DayLesson, SeatRow, lessons_on
from studio_app.scheduling.queries.notes import LastNote, last_notes
from studio_app.scheduling.rules.states import LessonStatus

FORGOTTEN_FOR = timedelta(days=60)
"""How far back a teacher is reminded of lessons without a mark."""


@dataclass(frozen=True, slots=True)
class TaughtSeat:
    """One student in one of the day's lessons."""

    seat_id: SeatId
    student_id: StudentId
    student: str
    instrument: str
    lesson: DayLesson
    outcome: Outcome
    is_cancelled: bool
    has_begun: bool
    is_over: bool
    will_come: bool
    """The family said so"""
    last_note: LastNote | None


@dataclass(frozen=True, slots=True)
class TeachingDay:
    """`marked` of `to_mark`: of the lessons that take place."""

    on: date
    day: str
    seats: tuple[TaughtSeat, ...]
    marked: int
    to_mark: int


@dataclass(frozen=True, slots=True)
class ForgottenSeat:
    """A lesson of an earlier day of which nobody has said what became of it."""

    seat_id: SeatId
    student_id: StudentId
    student: str
    lesson_type: str
    when: str


@requires(Permission.ATTENDANCE_MARK)
def my_day(work: Work, on: date | None = None) -> TeachingDay:
    """One's own lessons of a day, of today if none is named; the office's too see their own."""
    on = on or local_date(work.now, studio_zone(work))
    day = lessons_on(work, on)
    marks = {seat.seat_id: seat.outcome for seat in day_sheet(work, on, own=True)}
    taught = [one for one in day.lessons if one.status is not LessonStatus.REQUESTED]
    places = [(lesson, seat) for lesson in taught for seat in lesson.students]
    notes = last_notes(work, {seat.student_id for _lesson, seat in places})
    seats = tuple(_seat(work, lesson, seat, marks, notes) for lesson, seat in places)
    said = sum(outcome is not Outcome.UNMARKED for outcome in marks.values())
    return TeachingDay(on, day.day, seats, said, len(marks))


@requires(Permission.ATTENDANCE_MARK)
def my_forgotten(work: Work) -> list[ForgottenSeat]:
    """One's own lessons of earlier days without a mark, the newest first."""
    zone, locale = studio_zone(work), work.actor.locale
    today = local_day(local_date(work.now, zone), zone).starts_at
    found = unmarked_before(work, today, since=today - FORGOTTEN_FOR, own=True)
    return [_forgotten(seat, say_when(seat.starts_at, zone, locale)) for seat in reversed(found)]


def _seat(
    work: Work,
    lesson: DayLesson,
    seat: SeatRow,
    marks: dict[SeatId, Outcome],
    notes: dict[StudentId, LastNote],
) -> TaughtSeat:
    return TaughtSeat(
        seat_id=seat.seat_id,
        student_id=seat.student_id,
        student=seat.student,
        instrument=seat.instrument,
        lesson=lesson,
        outcome=marks.get(seat.seat_id, Outcome.UNMARKED),
        is_cancelled=lesson.status is LessonStatus.CANCELLED,
        has_begun=lesson.starts_at <= work.now,
        is_over=lesson.ends_at <= work.now,
        will_come=seat.will_come,
        last_note=notes.get(seat.student_id),
    )


def _forgotten(seat: SeatMark, when: str) -> ForgottenSeat:
    return ForgottenSeat(seat.seat_id, seat.student_id, seat.student, seat.lesson_type, when)
