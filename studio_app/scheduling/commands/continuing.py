"""A weekly lesson goes on in the next term, or does not: held, kept, given back, taken again.

A lesson that ends with its term goes on as a series of its own, which is held until its
students are sure. One that has no end goes on by itself, unless a student stops.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import EnrolmentId, LessonId, SeriesId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.continuing import members_after
from studio_app.scheduling.access.series import horizon_of, plan_of
from studio_app.scheduling.access.setup import one
from studio_app.scheduling.access.wishes import series_for
from studio_app.scheduling.cautions import keep_reason
from studio_app.scheduling.commands.enrolments import leave_series, sit, stand_up
from studio_app.scheduling.commands.holding import enrolments_of, release_weekly
from studio_app.scheduling.commands.series import end_from, take_up
from studio_app.scheduling.events import PlaceReleased, StudentEnrolled
from studio_app.scheduling.generation import generate, hold
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.rules.states import CancelledBy, EnrolmentState, LessonStatus
from studio_app.scheduling.wishes import NewSeries

DAY = timedelta(days=1)


class NoDayFree(Conflict):
    message = _("None of its days in the new term is free. Choose another time, or leave it out.")


class NotThereAnyMore(Conflict):
    message = _("This weekly lesson is not in the calendar any more.")


@dataclass(frozen=True, slots=True)
class HeldNext:
    """A weekly lesson of the next term, and the place that is held for each student."""

    series_id: SeriesId
    enrolment_ids: Mapping[StudentId, EnrolmentId]


@dataclass(frozen=True, slots=True)
class Stopped:
    """What `stop_after` took away, for `go_on_after_all` to give back."""

    lesson_ids: tuple[LessonId, ...] = ()
    was_ended_on: date | None = None
    whole: bool = False
    """The lesson ended, not only the student's place in it"""


@requires(Permission.CALENDAR_MANAGE)
def hold_next(
    work: Work,
    series_id: SeriesId,
    wish: NewSeries,
    members: Mapping[StudentId, EnrolmentId],
    *,
    despite: str = "",
) -> HeldNext:
    """Hold what follows a series for its students; nobody hears of it.

    Days that are closed or taken are left out, as with any series; NoDayFree if all are.
    """
    following = series_for(work, wish)
    following.follows_id = series_id
    work.session.add(following)
    work.session.flush()
    places = {
        student_id: Enrolment(
            student_id=student_id,
            series_id=following.id,
            starts_on=following.first_on,
            state=EnrolmentState.PROVISIONAL,
            follows_id=enrolment_id,
            created_at=work.now,
        )
        for student_id, enrolment_id in members.items()
    }
    work.session.add_all(places.values())
    work.session.flush()
    hold(work, following)
    made = generate(work, following, until=horizon_of(work, following, plan_of(work, following)))
    if not made.lesson_ids:
        raise NoDayFree
    keep_reason(work, made.lesson_ids, following.lesson_type_id, despite=despite)
    return HeldNext(following.id, {who: place.id for who, place in places.items()})


@requires(Permission.LESSON_BOOK)
def keep_next(work: Work, enrolment_id: EnrolmentId) -> None:
    """The held place is the student's, in whatever its series has become meanwhile."""
    places = enrolments_of(work, enrolment_id)
    for place in places:
        place.state = EnrolmentState.ACTIVE
    work.session.flush()
    _take_place(work, places)
    work.emit(StudentEnrolled(places[-1].id))


@requires(Permission.LESSON_BOOK)
def give_back_next(work: Work, enrolment_id: EnrolmentId) -> None:
    """The student does not come. A lesson that is nobody's any more is taken off the calendar."""
    places = enrolments_of(work, enrolment_id)
    first = _first_ahead(work, places)
    alone = True
    for place in places:
        series = _series(work, place.series_id)
        last = max(series.first_on - DAY, _today(work))
        stand_up(work, [row.id for row in _ahead(work, series)], place.student_id)
        place.starts_on, place.ends_on = min(place.starts_on, last), last
        work.session.flush()
        alone = alone and not series.name and not members_after(work, series.id, last)
    if alone:
        release_weekly(work, enrolment_id, as_=LessonStatus.DECLINED)
    if first is not None:
        work.emit(PlaceReleased(places[-1].id, first.id, weekly=alone))


@requires(Permission.LESSON_BOOK)
def take_next_again(work: Work, enrolment_id: EnrolmentId) -> None:
    """After all: SlotTaken or Full if somebody else has the time, or the place, meanwhile."""
    places = enrolments_of(work, enrolment_id)
    for place in places:
        series = hold(work, _series(work, place.series_id), place.student_id)
        declined = [r for r in _ahead(work, series) if r.status == LessonStatus.DECLINED]
        if series.ended_on is not None:
            if not declined:
                raise NotThereAnyMore
            series.ended_on = None
            work.session.flush()
            diary.put_back(work, declined)
        place.starts_on, place.ends_on = series.first_on, None
        place.state = EnrolmentState.ACTIVE
        work.session.flush()
        sit(work, _ahead(work, series), place.student_id, place.id)
    _take_place(work, places)
    work.emit(StudentEnrolled(places[-1].id))


@requires(Permission.LESSON_BOOK)
def stop_after(
    work: Work, enrolment_id: EnrolmentId, *, last_on: date, reason: str = ""
) -> Stopped:
    """A student leaves a weekly lesson that goes on; without students it ends."""
    place = access.enrolment(work, enrolment_id)
    series = hold(work, _series(work, place.series_id))
    if _is_over(series.ended_on, last_on) or _is_over(place.ends_on, last_on):
        return Stopped(was_ended_on=place.ends_on)
    others = members_after(work, series.id, last_on) - {place.student_id}
    if series.name or others:
        was = place.ends_on
        leave_series(work, enrolment_id, last_on=max(last_on, place.starts_on))
        return Stopped(was_ended_on=was)
    ended = end_from(work, series, last_on + DAY, by=CancelledBy.FAMILY, reason=reason)
    return Stopped(ended.lesson_ids, ended.was_ended_on, whole=True)


@requires(Permission.LESSON_BOOK)
def go_on_after_all(work: Work, enrolment_id: EnrolmentId, stopped: Stopped) -> None:
    """Undo of `stop_after`: SlotTaken or Full if somebody else has the time, or the place."""
    place = access.enrolment(work, enrolment_id)
    series = hold(work, _series(work, place.series_id), place.student_id)
    if stopped.whole:
        query = select(Lesson).where(col(Lesson.id).in_(sorted(stopped.lesson_ids)))
        lessons = work.session.exec(query.order_by(col(Lesson.id)).with_for_update()).all()
        take_up(work, series, lessons, ends_on=stopped.was_ended_on)
        return
    place = access.enrolment(work, enrolment_id, lock=True)
    place.ends_on = stopped.was_ended_on
    work.session.flush()
    excused = access.excused_from(work, place.id)
    coming = [row for row in _ahead(work, series) if row.id not in excused]
    sit(work, coming, place.student_id, place.id)
    work.emit(StudentEnrolled(place.id))


def _is_over(ends_on: date | None, day: date) -> bool:
    return ends_on is not None and ends_on <= day


def _take_place(work: Work, places: Sequence[Enrolment]) -> None:
    """Lessons in which somebody is sure to come are no longer provisional."""
    seats = select(Seat.lesson_id).where(
        col(Seat.enrolment_id).in_([place.id for place in places]), col(Seat.left_at).is_(None)
    )
    held = select(Lesson).where(
        col(Lesson.id).in_(seats), Lesson.status == LessonStatus.PROVISIONAL
    )
    for lesson in work.session.exec(held.order_by(col(Lesson.id)).with_for_update()):
        lesson.status = LessonStatus.SCHEDULED
    work.session.flush()


def _ahead(work: Work, series: Series) -> list[Lesson]:
    rows = access.lessons_from(work, series.id, series.first_on)
    return [row for row in rows if row.starts_at > work.now]


def _first_ahead(work: Work, places: Sequence[Enrolment]) -> Lesson | None:
    """The first lesson that they give up: it stands for all of them."""
    seats = select(Seat.lesson_id).where(
        col(Seat.enrolment_id).in_([place.id for place in places]), col(Seat.left_at).is_(None)
    )
    query = select(Lesson).where(
        col(Lesson.id).in_(seats), Lesson.starts_at > work.now, col(Lesson.blocking)
    )
    return work.session.exec(query.order_by(col(Lesson.starts_at)).limit(1)).first()


def _series(work: Work, series_id: SeriesId) -> Series:
    """Whoever asks: a family, too, answers for its own place in it."""
    return one(work, select(Series).where(Series.id == series_id), lock=False)


def _today(work: Work) -> date:
    return local_date(work.now, studio_zone(work))
