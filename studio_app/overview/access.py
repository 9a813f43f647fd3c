"""What depends on somebody, across everything below."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import is_latest
from studio_app.attendance.models import AttendanceMark, LeftForLater
from studio_app.attendance.rules import Outcome
from studio_app.bookings.models.bookings import Booking
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.ids import EnrolmentId, LessonId, SeriesId, StudentId, TeacherId
from studio_app.kit.work import Work
from studio_app.scheduling.access.dependants import Dependants, dependants
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.rules.states import LessonStatus


@dataclass(frozen=True, slots=True)
class SeatToCome:
    """A student's place in a lesson that has not begun; `alone`: nobody else sits there."""

    lesson_id: LessonId
    series_id: SeriesId | None
    starts_at: datetime
    alone: bool


@dataclass(frozen=True, slots=True)
class Taking:
    """A series a student takes part in from now on."""

    enrolment_id: EnrolmentId
    series_id: SeriesId
    starts_on: date
    ends_on: date | None
    alone: bool


def seats_to_come(work: Work, student_id: StudentId) -> list[SeatToCome]:
    """In the order of time; only lessons that take place."""
    other = aliased(Seat)
    others = (
        select(func.count())
        .select_from(other)
        .where(col(other.lesson_id) == Lesson.id, col(other.student_id) != student_id)
        .where(col(other.left_at).is_(None))
        .scalar_subquery()
    )
    query = (
        select(col(Lesson.id), col(Lesson.series_id), col(Lesson.starts_at), others)
        .join(Seat, col(Seat.lesson_id) == Lesson.id)
        .where(col(Seat.student_id) == student_id, col(Seat.left_at).is_(None))
        .where(col(Lesson.starts_at) > work.now)
        .where(col(Lesson.blocking))
        .order_by(col(Lesson.starts_at), col(Lesson.id))
    )
    found = work.session.connection().execute(query)
    return [SeatToCome(i, series, at, alone=n == 0) for i, series, at, n in found]


def taking_part(work: Work, student_id: StudentId) -> list[Taking]:
    today = local_date(work.now, studio_zone(work))
    other = aliased(Enrolment)
    others = (
        select(func.count())
        .select_from(other)
        .where(col(other.series_id) == Enrolment.series_id, col(other.student_id) != student_id)
        .where(or_(col(other.ends_on).is_(None), col(other.ends_on) > today))
        .scalar_subquery()
    )
    query = (
        select(
            col(Enrolment.id),
            col(Enrolment.series_id),
            col(Enrolment.starts_on),
            col(Enrolment.ends_on),
            others,
        )
        .join(Series, col(Series.id) == Enrolment.series_id)
        .where(col(Enrolment.student_id) == student_id)
        .where(or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) > today))
        .where(or_(col(Series.ended_on).is_(None), col(Series.ended_on) > today))
        .order_by(col(Enrolment.id))
    )
    found = work.session.connection().execute(query)
    return [Taking(i, s, first, last, alone=n == 0) for i, s, first, last, n in found]


def lessons_of_teacher(work: Work, teacher_id: TeacherId) -> Dependants:
    return dependants(
        work, col(Lesson.teacher_id) == teacher_id, col(Series.teacher_id) == teacher_id
    )


def waiting_for_the_office(work: Work, since: datetime) -> tuple[int, int]:
    """How many bookings nobody has decided about, and how many lessons that began `since` are
    over and not marked, without those left for later; one statement.

    Lesson by lesson, so that the cost grows with these lessons and not with the past.
    """
    undecided = (
        select(func.count())
        .select_from(Booking)
        .where(col(Booking.decided_at).is_(None), col(Booking.settled_at).is_not(None))
        .scalar_subquery()
    )
    marked = select(col(AttendanceMark.seat_id)).where(
        col(AttendanceMark.seat_id) == col(Seat.id),
        col(AttendanceMark.outcome) != Outcome.UNMARKED,
        is_latest(),
    )
    later = select(col(LeftForLater.id)).where(
        col(LeftForLater.seat_id) == col(Seat.id), col(LeftForLater.until) > work.now
    )
    silent = (
        select(col(Seat.id))
        .where(col(Seat.lesson_id) == col(Lesson.id), col(Seat.left_at).is_(None))
        .where(~marked.exists(), ~later.exists())
        .limit(1)
        .lateral()
    )
    unmarked = (
        select(func.count())
        .select_from(Lesson)
        .join(silent, true())
        .where(col(Lesson.starts_at) >= since, col(Lesson.starts_at) < work.now)
        .where(col(Lesson.ends_at) <= work.now, col(Lesson.blocking))
        .where(col(Lesson.status) != LessonStatus.REQUESTED)
        .scalar_subquery()
    )
    [found] = work.session.connection().execute(select(undecided, unmarked))
    return found[0], found[1]
