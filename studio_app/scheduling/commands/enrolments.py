"""Who takes part: in a series from one date to another, or in a single lesson."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, NotFound, Refused, constraint
from studio_app.kit.formats import say_day
from studio_app.kit.ids import (
    EnrolmentId,
    LessonId,
    LessonTypeId,
    RoomId,
    SeriesId,
    StudentId,
)
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.bookings import students_of
from studio_app.scheduling.access.setup import room_if_any, row
from studio_app.scheduling.events import EnrolmentEnded, SeatsChanged, StudentEnrolled
from studio_app.scheduling.generation import hold
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.clashes import Wanted, too_many
from studio_app.scheduling.rules.rosters import Days, most_at_once


class AlreadyEnrolled(Conflict):
    message = _("This student already takes part in that series then.")


class TooLateToUndo(Conflict):
    message = _("Too much has happened since. Say until when they take part instead.")


class LeavesBeforeJoining(Refused):
    message = _("The last day comes before the first.")


@requires(Permission.CALENDAR_MANAGE)
def join_series(
    work: Work,
    series_id: SeriesId,
    student_id: StudentId,
    *,
    starts_on: date,
    ends_on: date | None = None,
) -> EnrolmentId:
    """A student takes part from one date to another, both included, and gets their seats."""
    series = access.series(work, series_id)
    student = people.student(work, student_id)
    if ends_on is not None and ends_on < starts_on:
        raise LeavesBeforeJoining
    series = hold(work, series, student.id)
    _require_place(work, series, (starts_on, ends_on))
    enrolment = Enrolment(
        student_id=student.id,
        series_id=series.id,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=work.now,
    )
    with constraint({"enrolment_once_at_a_time": AlreadyEnrolled}):
        work.session.add(enrolment)
        work.session.flush()
    lessons = _lessons_between(work, series.id, starts_on, ends_on)
    sit(work, lessons, student.id, enrolment.id)
    work.emit(StudentEnrolled(enrolment.id))
    return enrolment.id


UNDO_FOR = timedelta(hours=1)
"""How long joining can be undone as if it had never been."""
_AGREED = {
    "billing_arrangement_studio_id_enrolment_id_fkey": TooLateToUndo,
    "booking_studio_id_enrolment_id_fkey": TooLateToUndo,
}


@requires(Permission.CALENDAR_MANAGE)
def take_joining_back(work: Work, enrolment_id: EnrolmentId) -> None:
    """Undo of `join_series`, shortly after it: as if they had never joined."""
    enrolment = access.enrolment(work, enrolment_id, lock=True)
    if enrolment.follows_id is not None or work.now - enrolment.created_at > UNDO_FOR:
        raise TooLateToUndo
    given = update(Seat).where(col(Seat.enrolment_id) == enrolment.id)
    gone = given.values(left_at=work.now, excused=False, enrolment_id=None)
    with constraint(_AGREED):
        work.session.connection().execute(gone)
        work.session.connection().execute(
            delete(Enrolment).where(col(Enrolment.id) == enrolment.id)
        )


@requires(Permission.CALENDAR_MANAGE)
def leave_series(work: Work, enrolment_id: EnrolmentId, *, last_on: date) -> None:
    """A student takes part up to and including this date; later seats are given back."""
    enrolment = access.enrolment(work, enrolment_id, lock=True)
    if last_on < enrolment.starts_on:
        raise LeavesBeforeJoining
    enrolment.ends_on = last_on
    work.session.flush()
    later = _lessons_between(work, enrolment.series_id, last_on, None)
    ids = [lesson.id for lesson in later if lesson.occurs_on and lesson.occurs_on > last_on]
    stand_up(work, ids, enrolment.student_id)
    work.emit(EnrolmentEnded(enrolment.id))


@requires(Permission.CALENDAR_MANAGE)
def stay_in_series(work: Work, enrolment_id: EnrolmentId, *, ends_on: date | None = None) -> None:
    """Undo of `leave_series`: the student goes on, to another last day or without one."""
    enrolment = access.enrolment(work, enrolment_id)
    series = access.series(work, enrolment.series_id)
    hold(work, series, enrolment.student_id)
    enrolment = access.enrolment(work, enrolment_id, lock=True)
    if ends_on is not None and ends_on < enrolment.starts_on:
        raise LeavesBeforeJoining
    _require_place(work, series, (enrolment.starts_on, ends_on), without=enrolment.id)
    with constraint({"enrolment_once_at_a_time": AlreadyEnrolled}):
        enrolment.ends_on = ends_on
        work.session.flush()
    lessons = _lessons_between(work, series.id, enrolment.starts_on, ends_on)
    excused = access.excused_from(work, enrolment.id)
    coming = [lesson for lesson in lessons if lesson.id not in excused]
    sit(work, coming, enrolment.student_id, enrolment.id)
    work.emit(StudentEnrolled(enrolment.id))


@requires(Permission.CALENDAR_MANAGE)
def seat_student(work: Work, lesson_id: LessonId, student_id: StudentId) -> None:
    """One more student in a single lesson: a guest, or a member who comes after all."""
    lesson = access.lesson_to_change(work, lesson_id)
    student = people.student(work, student_id)
    diary.lock_ids(work, [lesson.teacher_id, lesson.room_id, student.id])
    lesson = access.lesson_to_change(work, lesson_id, lock=True)
    sit(work, [lesson], student.id, membership(work, lesson, student.id))
    work.emit(SeatsChanged(lesson_id))


@requires(Permission.CALENDAR_MANAGE)
def unseat_student(work: Work, lesson_id: LessonId, student_id: StudentId) -> None:
    """Not this once: the place is free on this day only, a member stays enrolled."""
    lesson = access.lesson_to_change(work, lesson_id, lock=True)
    if student_id not in access.students_in(work, lesson.id):
        raise NotFound
    member = membership(work, lesson, student_id) is not None
    stand_up(work, [lesson.id], student_id, excused=member)
    work.emit(SeatsChanged(lesson.id))


def membership(work: Work, lesson: Lesson, student_id: StudentId) -> EnrolmentId | None:
    """With which enrolment a student sits in this lesson; None for a guest."""
    if lesson.series_id is None or lesson.occurs_on is None:
        return None
    return access.enrolment_on(work, lesson.series_id, student_id, lesson.occurs_on)


def _require_place(
    work: Work, series: Series, span: Days, *, without: EnrolmentId | None = None
) -> None:
    """One more fits on every day, also on those that are not in the diary yet."""
    others = [
        (one.starts_on, one.ends_on)
        for one in access.enrolments(work, series.id)
        if one.id != without
    ]
    kind, room = row(work, LessonType, series.lesson_type_id), room_if_any(work, series.room_id)
    diary.require_seats(most_at_once(others, span) + 1, kind, room)


_BACK: dict[str, Any] = {"left_at": None, "excused": False}


def _lessons_between(
    work: Work, series_id: SeriesId, first: date, last: date | None
) -> list[Lesson]:
    found = access.lessons_from(work, series_id, first)
    return [row for row in found if last is None or (row.occurs_on and row.occurs_on <= last)]


def sit(
    work: Work, lessons: Sequence[Lesson], student_id: StudentId, enrolment_id: EnrolmentId | None
) -> None:
    """Give a student a seat in each of these lessons, where they have none yet."""
    seated = students_of(work, [lesson.id for lesson in lessons])
    new = [lesson for lesson in lessons if student_id not in seated[lesson.id]]
    if not new:
        return
    taking_place = [row for row in new if row.takes_time]
    _require_room_for_one_more(work, taking_place, seated)
    wants = [
        Wanted(lesson.slot, lesson.teacher_id, student_ids=frozenset({student_id}))
        for lesson in taking_place
    ]
    diary.require_free(work, wants, without={lesson.id for lesson in new})
    seats = [diary.seat(lesson, student_id, enrolment_id=enrolment_id) for lesson in new]
    values = [seat.model_dump(exclude={"studio_id"}) for seat in seats]
    statement = insert(Seat).values(values)
    again = statement.on_conflict_do_update(
        constraint="seat_once_per_student",
        set_={**_BACK, "enrolment_id": statement.excluded.enrolment_id},
    )
    with diary.keeping_promises():
        work.session.connection().execute(again)


def _require_room_for_one_more(
    work: Work, lessons: Sequence[Lesson], seated: Mapping[UUID, frozenset[StudentId]]
) -> None:
    fullest: dict[tuple[LessonTypeId, RoomId | None], Lesson] = {}
    for lesson in lessons:
        limits = (lesson.lesson_type_id, lesson.room_id)
        most = fullest.setdefault(limits, lesson)
        if len(seated[lesson.id]) > len(seated[most.id]):
            fullest[limits] = lesson
    for (type_id, room_id), lesson in fullest.items():
        kind, room = row(work, LessonType, type_id), room_if_any(work, room_id)
        limit = room.max_capacity if room else None
        problem = too_many(len(seated[lesson.id]) + 1, for_type=kind.capacity, in_room=limit)
        if problem:
            raise diary.Full(_full_on(work, lesson, problem))


def _full_on(work: Work, lesson: Lesson, problem: Text) -> Text:
    day = local_date(lesson.starts_at, studio_zone(work))
    said = say_day(day, work.actor.locale)
    return _("{problem} There is no place left on {day}.", problem=problem, day=said)


def stand_up(
    work: Work, lesson_ids: Sequence[LessonId], student_id: StudentId, *, excused: bool = False
) -> None:
    seats = update(Seat).where(
        col(Seat.lesson_id).in_(lesson_ids),
        col(Seat.student_id) == student_id,
        col(Seat.left_at).is_(None),
    )
    work.session.connection().execute(seats.values(left_at=work.now, excused=excused))
