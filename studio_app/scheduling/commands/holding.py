"""What was booked is held at once, and becomes lessons or is given back when somebody decided.

The caller has locked teacher, rooms and students and has found the time open. Nobody is told
before it is confirmed: that is when lessons are scheduled for everybody else.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, local_date
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import (
    EnrolmentId,
    LessonId,
    LessonTypeId,
    RoomId,
    SeriesId,
    StudentId,
    TeacherId,
)
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.series import horizon_of, plan_of
from studio_app.scheduling.access.setup import one, room_if_any
from studio_app.scheduling.access.wishes import series_for
from studio_app.scheduling.commands.enrolments import membership, sit, stand_up
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.events import LessonScheduled, SeatsChanged, SeriesScheduled
from studio_app.scheduling.generation import generate
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.rules.states import EnrolmentState, LessonStatus
from studio_app.scheduling.wishes import Choice, Decision, NewSeries

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A weekly place that is held, and its first lesson."""

    series_id: SeriesId
    enrolment_id: EnrolmentId
    lesson_id: LessonId


@requires(Permission.LESSON_BOOK)
def hold_lesson(
    work: Work,
    student_id: StudentId,
    lesson_type_id: LessonTypeId,
    teacher_id: TeacherId,
    slot: Slot,
    *,
    room_id: RoomId | None = None,
) -> LessonId:
    """Ask for a lesson of one's own; SlotTaken where the database knows better."""
    room = room_if_any(work, room_id)
    wants = diary.wanted(slot, teacher_id, room, [student_id])
    about = diary.About(lesson_type_id, status=LessonStatus.REQUESTED)
    return diary.write_one(work, wants, about)


@requires(Permission.LESSON_BOOK)
def hold_weekly(
    work: Work, student_id: StudentId, wish: NewSeries, *, skipping: Collection[date] = ()
) -> Held:
    """A place every week, but for some days. SlotTaken if any of the others is, without saying
    by whom."""
    skip = Decision(Choice.SKIP)
    series = series_for(work, wish)
    work.session.add(series)
    work.session.flush()
    enrolment = Enrolment(
        student_id=student_id,
        series_id=series.id,
        starts_on=series.first_on,
        state=EnrolmentState.PROVISIONAL,
        created_at=work.now,
    )
    work.session.add(enrolment)
    work.session.flush()
    try:
        until = horizon_of(work, series, plan_of(work, series))
        skipped = dict.fromkeys(skipping, skip)
        made = generate(work, series, until=until, decisions=skipped, refuse_clashes=True)
    except SlotTaken:
        raise SlotTaken from None  # its sentence names other students
    if not made.lesson_ids:
        raise SlotTaken
    return Held(series.id, enrolment.id, made.lesson_ids[0])


@requires(Permission.LESSON_BOOK)
def hold_seat(work: Work, lesson_id: LessonId, student_id: StudentId) -> None:
    """A place in a group that takes place; Full if there is none left."""
    lesson = one(work, select(Lesson).where(Lesson.id == lesson_id), lock=True)
    if not lesson.takes_time:
        raise SlotTaken
    sit(work, [lesson], student_id, membership(work, lesson, student_id))


@requires(Permission.LESSON_BOOK)
def confirm_held_lesson(work: Work, lesson_id: LessonId) -> None:
    """It takes place as any other lesson, and everybody hears of it."""
    lesson = _lesson(work, lesson_id)
    if lesson.takes_time and lesson.status != LessonStatus.SCHEDULED:
        lesson.status = LessonStatus.SCHEDULED
        work.session.flush()
        work.emit(LessonScheduled(lesson.id))


@requires(Permission.LESSON_BOOK)
def keep_provisional(work: Work, lesson_id: LessonId) -> None:
    """It takes place unless somebody says otherwise."""
    lesson = _lesson(work, lesson_id)
    if lesson.status == LessonStatus.REQUESTED:
        lesson.status = LessonStatus.PROVISIONAL


@requires(Permission.LESSON_BOOK)
def confirm_held_weekly(work: Work, enrolment_id: EnrolmentId) -> None:
    """The place is the student's, in whatever its series has become meanwhile."""
    held = enrolments_of(work, enrolment_id)
    for enrolment in held:
        enrolment.state = EnrolmentState.ACTIVE
    ids = select(col(Seat.lesson_id)).where(col(Seat.enrolment_id).in_([row.id for row in held]))
    theirs = update(Lesson).where(
        col(Lesson.id).in_(ids), col(Lesson.status) == LessonStatus.PROVISIONAL
    )
    work.session.flush()
    work.session.connection().execute(theirs.values(status=LessonStatus.SCHEDULED))
    work.emit(SeriesScheduled(held[-1].series_id))


@requires(Permission.LESSON_BOOK)
def confirm_held_seat(work: Work, lesson_id: LessonId, student_id: StudentId) -> None:
    """Who books a place comes: that is said, and everybody hears of it."""
    query = select(Seat).where(Seat.lesson_id == lesson_id, Seat.student_id == student_id)
    seat = work.session.exec(query.with_for_update()).one_or_none()
    if seat is None or seat.left_at is not None:
        raise NotFound
    seat.confirmed_for = seat.starts_at
    work.session.flush()
    work.emit(SeatsChanged(lesson_id))


@requires(Permission.LESSON_BOOK)
def release_lesson(work: Work, lesson_id: LessonId, *, as_: LessonStatus) -> None:
    """Give the time back: declined or expired. A lesson that began stays what it was."""
    _release(work, [_lesson(work, lesson_id)], as_)


@requires(Permission.LESSON_BOOK)
def release_weekly(work: Work, enrolment_id: EnrolmentId, *, as_: LessonStatus) -> None:
    """Give every week to come back, and let no more be made."""
    for enrolment in enrolments_of(work, enrolment_id):
        series = one(work, select(Series).where(Series.id == enrolment.series_id), lock=True)
        today = local_date(work.now, plan_of(work, series).zone)
        found = access.lessons_from(work, series.id, today)
        _release(work, found, as_)
        ahead = [row.occurs_on for row in found if row.starts_at > work.now and row.occurs_on]
        last = min(ahead, default=today + DAY) - DAY
        series.ended_on = min(series.ended_on or last, last)
    work.session.flush()


@requires(Permission.LESSON_BOOK)
def release_seat(work: Work, lesson_id: LessonId, student_id: StudentId) -> None:
    lesson = _lesson(work, lesson_id)
    if lesson.starts_at > work.now:
        stand_up(work, [lesson.id], student_id)


@requires(Permission.LESSON_BOOK)
def hold_lesson_again(work: Work, lesson_id: LessonId, *, as_: LessonStatus) -> None:
    """What was decided about it is taken back; SlotTaken if its time is not free any more."""
    lesson = _lesson(work, lesson_id)
    with diary.keeping_promises():
        lesson.status = as_
        work.session.flush()


@requires(Permission.LESSON_BOOK)
def hold_weekly_again(work: Work, enrolment_id: EnrolmentId) -> None:
    """Every week to come is held again, and more are made."""
    held = enrolments_of(work, enrolment_id)
    for enrolment in held:
        enrolment.state = EnrolmentState.PROVISIONAL
        series = one(work, select(Series).where(Series.id == enrolment.series_id), lock=True)
        series.ended_on = None
    work.session.flush()
    ids = select(col(Seat.lesson_id)).where(col(Seat.enrolment_id).in_([row.id for row in held]))
    theirs = update(Lesson).where(
        col(Lesson.id).in_(ids),
        col(Lesson.starts_at) > work.now,
        col(Lesson.status).in_((LessonStatus.SCHEDULED, LessonStatus.DECLINED)),
    )
    with diary.keeping_promises():
        work.session.connection().execute(theirs.values(status=LessonStatus.PROVISIONAL))


@requires(Permission.LESSON_BOOK)
def hold_seat_again(work: Work, lesson_id: LessonId, student_id: StudentId) -> None:
    """The place is held and nobody has said that they come; Full if it was given away."""
    hold_seat(work, lesson_id, student_id)
    theirs = update(Seat).where(
        col(Seat.lesson_id) == lesson_id, col(Seat.student_id) == student_id
    )
    work.session.connection().execute(theirs.values(confirmed_for=None))


def enrolments_of(work: Work, enrolment_id: EnrolmentId) -> Sequence[Enrolment]:
    """An enrolment and what followed it whenever its series was split, in that order."""
    found: list[Enrolment] = []
    ids: Collection[EnrolmentId] = [enrolment_id]
    while ids:
        query = select(Enrolment).where(
            col(Enrolment.id).in_(ids) if not found else col(Enrolment.follows_id).in_(ids)
        )
        rows = work.session.exec(query.with_for_update()).all()
        found += rows
        ids = [row.id for row in rows]
    if not found:
        raise NotFound
    return found


def _lesson(work: Work, lesson_id: LessonId) -> Lesson:
    return one(work, select(Lesson).where(Lesson.id == lesson_id), lock=True)


def _release(work: Work, lessons: Sequence[Lesson], as_: LessonStatus) -> None:
    for lesson in lessons:
        if lesson.takes_time and lesson.starts_at > work.now:
            lesson.status = as_
    work.session.flush()
