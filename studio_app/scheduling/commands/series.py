"""Series: schedule one, keep it going, end it and take it up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, or_, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import LessonId, SeriesId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.people import require_students
from studio_app.scheduling.access.series import horizon_of, plan_of
from studio_app.scheduling.access.setup import room_if_any, row
from studio_app.scheduling.access.wishes import series_for
from studio_app.scheduling.cautions import keep_reason
from studio_app.scheduling.events import (
    SeriesChanged,
    SeriesEnded,
    SeriesScheduled,
)
from studio_app.scheduling.generation import Generated, generate, hold
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus
from studio_app.scheduling.wishes import Decision, NewSeries, Scope


class NothingToCome(Refused):
    message = _("This series has no lessons to come.")


@dataclass(frozen=True, slots=True)
class Ended:
    """What `end_series` called off, for `resume_series` to take up again."""

    series_id: SeriesId
    lesson_ids: tuple[LessonId, ...]
    was_ended_on: date | None


@requires(Permission.CALENDAR_MANAGE)
def schedule_series(
    work: Work,
    wish: NewSeries,
    *,
    decisions: Mapping[date, Decision] | None = None,
    despite: str = "",
) -> SeriesId:
    """Start a series with its students and put its lessons into the diary, as far as is known.

    Days on closures and bank holidays are skipped unless decided otherwise; a day that
    somebody or something is taken must be skipped or moved, or all is refused with SlotTaken.
    What else speaks against some of its days needs a reason (`despite`), or it is Cautioned.
    """
    people.teacher(work, wish.teacher_id)
    require_students(work, wish.student_ids)
    room = room_if_any(work, wish.room_id)
    kind = row(work, LessonType, wish.lesson_type_id)
    diary.require_seats(len(wish.student_ids), kind, room)
    series = series_for(work, wish)
    work.session.add(series)
    work.session.flush()
    for student_id in wish.student_ids:
        enrolment = Enrolment(
            student_id=student_id,
            series_id=series.id,
            starts_on=series.first_on,
            created_at=work.now,
        )
        work.session.add(enrolment)
    work.session.flush()
    hold(work, series)
    chosen = {day: _in_utc(work, what) for day, what in (decisions or {}).items()}
    until = horizon_of(work, series, plan_of(work, series))
    until = max([until, *(day + timedelta(days=1) for day in chosen)])
    made = generate(work, series, until=until, decisions=chosen, refuse_clashes=True)
    keep_reason(work, made.lesson_ids, series.lesson_type_id, despite=despite)
    work.emit(SeriesScheduled(series.id))
    return series.id


@requires(Permission.CALENDAR_MANAGE)
def extend_series(work: Work, series_id: SeriesId) -> int:
    """Put what has come within the horizon into the diary; how many lessons that were."""
    return len(_extend(work, access.series(work, series_id)).lesson_ids)


@requires(Permission.JOBS_RUN)
def extend_every_series(work: Work) -> str:
    """The clock's use case: keep every series that goes on ahead of today."""
    query = select(Series).where(
        or_(col(Series.ended_on).is_(None), col(Series.ended_on) > Series.generated_until)
    )
    running = work.session.exec(query.order_by(col(Series.id))).all()
    made = [_extend(work, series) for series in running if _may_grow(work, series)]
    lessons = sum(len(each.lesson_ids) for each in made)
    clashes = sum(len(each.clashes) for each in made)
    return f"{lessons} lessons in {len(made)} series, {clashes} clashes"


@requires(Permission.CALENDAR_MANAGE)
def end_series(
    work: Work,
    lesson_id: LessonId,
    *,
    scope: Scope = Scope.FOLLOWING,
    by: CancelledBy = CancelledBy.SCHOOL,
    reason: str = "",
) -> Ended:
    """Call off this lesson and the following, or all to come, and let no more be made.

    Students stay enrolled in what there was; `resume_series` takes it up again.
    """
    _lesson, series, day = access.lesson_in_series(work, lesson_id)
    hold(work, series)
    return end_from(work, series, first_changed(work, series.id, day, scope), by=by, reason=reason)


@requires(Permission.CALENDAR_MANAGE)
def resume_series(
    work: Work, series_id: SeriesId, lesson_ids: Sequence[LessonId], *, ends_on: date | None = None
) -> None:
    """Undo `end_series`: these lessons take place again and the series goes on."""
    series = hold(work, access.series(work, series_id))
    lessons = [
        access.lesson_to_change(work, lesson_id, lock=True) for lesson_id in sorted(lesson_ids)
    ]
    if any(lesson.series_id != series_id for lesson in lessons):
        raise NotFound
    take_up(work, series, lessons, ends_on=ends_on)


def end_from(
    work: Work, series: Series, from_on: date, *, by: CancelledBy, reason: str = ""
) -> Ended:
    """No lesson of this series any more from that day on. Hold it first."""
    was = series.ended_on
    called_off = [
        lesson
        for lesson in access.lessons_from(work, series.id, from_on)
        if lesson.takes_time and lesson.starts_at > work.now
    ]
    told = [diary.call_off(work, lesson, by=by, reason=reason) for lesson in called_off]
    last = from_on - timedelta(days=1)
    series.ended_on = min(last, was or last)
    work.session.flush()
    work.emit(SeriesEnded(series.id, from_on=from_on), *told)
    return Ended(series.id, tuple(lesson.id for lesson in called_off), was)


def take_up(
    work: Work, series: Series, lessons: Sequence[Lesson], *, ends_on: date | None = None
) -> None:
    """What `end_from` called off takes place again, and the series goes on. Hold it first."""
    diary.put_back(work, [row for row in lessons if row.status == LessonStatus.CANCELLED])
    ended_on, series.ended_on = series.ended_on, ends_on
    work.session.flush()
    if ended_on and series.generated_until and series.generated_until > ended_on:
        first = ended_on + timedelta(days=1)
        generate(work, series, first=first, until=series.generated_until + timedelta(days=1))
    work.emit(SeriesChanged(series.id, series.id, from_on=series.first_on, resumed=True))


def first_changed(work: Work, series_id: SeriesId, day: date, scope: Scope) -> date:
    """The first day of a series that a change is about; nothing that has begun."""
    to_come = access.first_to_come(work, series_id)
    if to_come is None:
        raise NothingToCome
    return to_come if scope is Scope.ALL else max(day, to_come)


def _extend(work: Work, series: Series) -> Generated:
    hold(work, series)
    until = horizon_of(work, series, plan_of(work, series))
    return generate(work, series, until=until)


def _may_grow(work: Work, series: Series) -> bool:
    plan = plan_of(work, series)
    done = series.generated_until
    if done is not None and plan.last_on is not None and plan.last_on <= done:
        return False
    return done is None or horizon_of(work, series, plan) > done + timedelta(days=1)


def _in_utc(work: Work, decision: Decision) -> Decision:
    to = decision.to and diary.instant_of(work, decision.to)
    return Decision(decision.choice, to)
