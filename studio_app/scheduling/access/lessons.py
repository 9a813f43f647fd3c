"""Lessons, series and enrolments, found only among those the actor may see or change."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select, true

from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import EnrolmentId, LessonId, SeriesId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.people.access import visible_students
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.access.setup import one
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series, SeriesException


class NotInSeries(Refused):
    message = _("This lesson is not part of a series.")


def visible(work: Work) -> ColumnElement[bool]:
    """Which lessons the actor may see: all of them for staff, a family those of its students."""
    if work.actor.may(Permission.CALENDAR_VIEW):
        return true()
    seats = select(Seat.lesson_id).where(col(Seat.left_at).is_(None))
    return col(Lesson.id).in_(seats.where(col(Seat.student_id).in_(visible_students(work))))


def lesson(work: Work, lesson_id: LessonId) -> Lesson:
    """A lesson the actor may see."""
    return one(work, select(Lesson).where(Lesson.id == lesson_id, visible(work)), lock=False)


def lesson_to_change(work: Work, lesson_id: LessonId, *, lock: bool = False) -> Lesson:
    """A lesson the actor may change: any for who manages the calendar, a teacher their own."""
    query = select(Lesson).where(Lesson.id == lesson_id)
    if not work.actor.may(Permission.CALENDAR_MANAGE):
        query = query.where(col(Lesson.teacher_id).in_(own_teachers(work)))
    return one(work, query, lock=lock)


def series(work: Work, series_id: SeriesId, *, lock: bool = False) -> Series:
    query = select(Series).where(Series.id == series_id)
    if not work.actor.may(Permission.CALENDAR_MANAGE):
        query = query.where(col(Series.teacher_id).in_(own_teachers(work)))
    return one(work, query, lock=lock)


def lesson_in_series(work: Work, lesson_id: LessonId) -> tuple[Lesson, Series, date]:
    """A lesson the actor may change, its series, and the day the series gave it."""
    found = lesson_to_change(work, lesson_id)
    if found.series_id is None or found.occurs_on is None:
        raise NotInSeries
    return found, series(work, found.series_id), found.occurs_on


def students_in(work: Work, lesson_id: LessonId) -> list[StudentId]:
    query = select(col(Seat.student_id)).where(
        Seat.lesson_id == lesson_id, col(Seat.left_at).is_(None)
    )
    return list(work.session.exec(query))


def enrolments(work: Work, series_id: SeriesId) -> Sequence[Enrolment]:
    query = select(Enrolment).where(Enrolment.series_id == series_id)
    fresh = query.execution_options(populate_existing=True)
    return work.session.exec(fresh.order_by(col(Enrolment.starts_on))).all()


def enrolment(work: Work, enrolment_id: EnrolmentId, *, lock: bool = False) -> Enrolment:
    return one(work, select(Enrolment).where(Enrolment.id == enrolment_id), lock=lock)


def enrolment_on(
    work: Work, series_id: SeriesId, student_id: StudentId, day: date
) -> EnrolmentId | None:
    """With which enrolment a student takes part in a series on a day of it, if at all."""
    query = select(col(Enrolment.id)).where(
        Enrolment.series_id == series_id,
        Enrolment.student_id == student_id,
        Enrolment.starts_on <= day,
        or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) >= day),
    )
    return work.session.exec(query).one_or_none()


def excused_from(work: Work, enrolment_id: EnrolmentId) -> frozenset[LessonId]:
    """The lessons a member said not to come to."""
    query = select(col(Seat.lesson_id)).where(Seat.enrolment_id == enrolment_id, col(Seat.excused))
    return frozenset(work.session.exec(query))


def lessons_from(work: Work, series_id: SeriesId, day: date) -> Sequence[Lesson]:
    """The lessons of a series that belong to this day of it or a later one, locked, in order."""
    query = (
        select(Lesson)
        .where(Lesson.series_id == series_id, col(Lesson.occurs_on) >= day)
        .order_by(col(Lesson.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return sorted(work.session.exec(query), key=lambda row: row.occurs_on or day)


def exceptions_from(work: Work, series_id: SeriesId, day: date) -> Sequence[SeriesException]:
    query = select(SeriesException).where(
        SeriesException.series_id == series_id, col(SeriesException.occurs_on) >= day
    )
    return work.session.exec(query.with_for_update()).all()


def first_to_come(work: Work, series_id: SeriesId) -> date | None:
    """The first day of a series whose lesson takes place and has not begun yet."""
    query = select(col(Lesson.occurs_on)).where(
        Lesson.series_id == series_id,
        Lesson.starts_at > work.now,
        col(Lesson.blocking),
    )
    return work.session.exec(query.order_by(col(Lesson.occurs_on)).limit(1)).first()
