"""Changing a series from one lesson on: other time, day, length, teacher, room or kind.

The series is split there. What was taught keeps its rule; the lessons to come stay the same
lessons (what was charged or noted for them holds) and follow the new rule. A lesson that
somebody had moved by itself stays where it was moved.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot, to_instant
from studio_app.kit.ids import LessonId, SeriesId
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.access.series import plan_of
from studio_app.scheduling.access.setup import room_if_any, row
from studio_app.scheduling.cautions import keep_reason
from studio_app.scheduling.commands.lessons import move_lesson
from studio_app.scheduling.commands.series import first_changed
from studio_app.scheduling.events import SeriesChanged
from studio_app.scheduling.generation import generate, hold
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Room
from studio_app.scheduling.refitting import Split, refit
from studio_app.scheduling.rules.changes import shifted
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.splitting import follow_on, rekey
from studio_app.scheduling.wishes import Scope, SeriesChange


@requires(Permission.CALENDAR_MANAGE)
def change_series(
    work: Work,
    lesson_id: LessonId,
    change: SeriesChange,
    *,
    scope: Scope = Scope.FOLLOWING,
    despite: str = "",
) -> SeriesId:
    """Change this lesson, it and the following, or all to come; the series they are in after.

    Refused with SlotTaken if any of them does not fit. Lessons whose new day is closed are
    called off; days that were closed and now are not get their lesson. What else speaks against
    some of their new times needs a reason (`despite`), or it is Cautioned.
    """
    lesson, series, day = access.lesson_in_series(work, lesson_id)
    if scope is Scope.THIS:
        _move_one(work, lesson, change, despite)
        return series.id
    if lesson.covers_for_id and change.teacher_id == lesson.teacher_id:
        change = replace(change, teacher_id=None)  # who covers one lesson does not get them all
    room = _room(work, series, change)
    teacher_id = people.teacher(work, change.teacher_id or series.teacher_id).id
    hold(work, series, teacher_id, room and room.id)
    split = _split(work, series, lesson, day, change, scope)
    following = follow_on(work, series, split)
    if change.lesson_type_id is not None:
        following.lesson_type_id = row(work, LessonType, change.lesson_type_id).id
    following.teacher_id, following.room_id = teacher_id, room and room.id
    work.session.flush()
    rekey(work, series, following, split)
    moved = refit(work, following, split, room)
    until = max((row.occurs_on for row in split.lessons if row.occurs_on), default=split.from_on)
    known = max(series.generated_until or until, until)
    made = generate(work, following, first=following.first_on, until=known + timedelta(days=1))
    _keep_reason(work, following, [*moved, *made.lesson_ids], despite)
    following.generated_until = known  # also where the series was ended: its lessons go on
    work.session.flush()
    work.emit(SeriesChanged(following.id, was_series_id=series.id, from_on=following.first_on))
    return following.id


def _keep_reason(
    work: Work, following: Series, lesson_ids: Sequence[LessonId], despite: str
) -> None:
    """The reasons of where they were do not count where they are now."""
    old = update(Lesson).where(col(Lesson.id).in_(lesson_ids), col(Lesson.despite) != "")
    work.session.connection().execute(old.values(despite=""))
    keep_reason(work, lesson_ids, following.lesson_type_id, despite=despite)


def _move_one(work: Work, lesson: Lesson, change: SeriesChange, despite: str) -> None:
    move_lesson(
        work,
        lesson.id,
        to=change.to or lesson.starts_at,
        teacher_id=change.teacher_id,
        room_id=change.room_id,
        no_room=change.no_room,
        minutes=change.minutes,
        despite=despite,
    )


def _room(work: Work, series: Series, change: SeriesChange) -> Room | None:
    return room_if_any(work, None if change.no_room else change.room_id or series.room_id)


def _split(
    work: Work, series: Series, lesson: Lesson, day: date, change: SeriesChange, scope: Scope
) -> Split:
    was = plan_of(work, series, as_ended=False)
    from_on = first_changed(work, series.id, day, scope)
    to = _wall(change.to, was) or datetime.combine(day, was.at)
    minutes = change.minutes or was.minutes
    diary.lasting(minutes)
    tail = shifted(was, from_on, day, to.date(), at=to.time(), minutes=minutes)
    rows = access.lessons_from(work, series.id, from_on)
    alike = {row.id for row in rows if _is_alike(row, series, was)}
    if lesson.takes_time and day >= from_on:
        alike.add(lesson.id)
    return Split(was, tail, from_on, rows, frozenset(alike))


def _wall(at: datetime | None, plan: Plan) -> datetime | None:
    if at is None or at.tzinfo is None:
        return at
    return at.astimezone(plan.zone).replace(tzinfo=None)


def _is_alike(lesson: Lesson, series: Series, plan: Plan) -> bool:
    assert lesson.occurs_on is not None  # noqa: S101  lessons of a series have their day
    start = to_instant(lesson.occurs_on, plan.at, plan.zone)
    return (
        lesson.takes_time
        and lesson.slot == Slot(start, start + plan.lasting)
        and (lesson.teacher_id, lesson.room_id) == (series.teacher_id, series.room_id)
    )
