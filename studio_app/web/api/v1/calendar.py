"""Series and lessons. Staff move and cancel here; what families may do comes with policies."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Body

from studio_app.kit.ids import EnrolmentId, LessonId, RoomId, SeriesId, StudentId, TeacherId
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import join_series, leave_series
from studio_app.scheduling.commands.lessons import (
    CancelledBy,
    NewLesson,
    cancel_lesson,
    move_lesson,
    restore_lesson,
    schedule_lesson,
)
from studio_app.scheduling.commands.series import end_series, schedule_series
from studio_app.scheduling.diary import Placement
from studio_app.scheduling.wishes import Decision, NewSeries, Scope, SeriesChange
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made

router = APIRouter(prefix="/api/v1", tags=["calendar"])


@dataclass(frozen=True, slots=True)
class Move:
    """Where a lesson goes. `to` without an offset is wall time of the studio; `expected` is
    where the caller saw it: 409 if somebody moved it meanwhile."""

    to: datetime
    teacher_id: TeacherId | None = None
    room_id: RoomId | None = None
    no_room: bool = False
    minutes: int | None = None
    expected: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cancellation:
    by: CancelledBy = CancelledBy.SCHOOL
    reason: str = ""
    scope: Scope = Scope.THIS


@dataclass(frozen=True, slots=True)
class SeriesWish:
    series: NewSeries
    decisions: dict[date, Decision] = field(default_factory=dict[date, Decision])
    """What to do with single days: skip, keep on a closure, or move."""


@router.post("/lessons", status_code=201)
def create_lesson(asking: Asking, wish: NewLesson) -> Made:
    """A single lesson. 409 says who and where stands in its way."""
    return Made(asking.run(schedule_lesson, wish))


@router.post("/lessons/{lesson_id}/move")
def move(asking: Asking, lesson_id: LessonId, move: Move) -> Placement:
    """Answers where it was: sending that back undoes the move."""
    return asking.run(
        move_lesson,
        lesson_id,
        to=move.to,
        teacher_id=move.teacher_id,
        room_id=move.room_id,
        no_room=move.no_room,
        minutes=move.minutes,
        expected=move.expected,
    )


@router.post("/lessons/{lesson_id}/cancel", status_code=204)
def cancel(asking: Asking, lesson_id: LessonId, cancellation: Cancellation) -> None:
    """This lesson, or with a scope the following or all to come."""
    if cancellation.scope is Scope.THIS:
        asking.run(cancel_lesson, lesson_id, by=cancellation.by, reason=cancellation.reason)
        return
    asking.run(
        end_series,
        lesson_id,
        scope=cancellation.scope,
        by=cancellation.by,
        reason=cancellation.reason,
    )


@router.post("/lessons/{lesson_id}/restore", status_code=204)
def restore(asking: Asking, lesson_id: LessonId) -> None:
    asking.run(restore_lesson, lesson_id)


@router.post("/lessons/{lesson_id}/change-series")
def change(
    asking: Asking,
    lesson_id: LessonId,
    change: SeriesChange,
    scope: Annotated[Scope, Body()] = Scope.FOLLOWING,
) -> Made:
    """From this lesson on, or for all to come: answers the series that follows the new rule."""
    return Made(asking.run(change_series, lesson_id, change, scope=scope))


@router.post("/series", status_code=201)
def create_series(asking: Asking, wish: SeriesWish) -> Made:
    return Made(asking.run(schedule_series, wish.series, decisions=wish.decisions))


@router.post("/series/{series_id}/students/{student_id}", status_code=201)
def join(
    asking: Asking,
    *,
    series_id: SeriesId,
    student_id: StudentId,
    starts_on: Annotated[date, Body()],
    ends_on: Annotated[date | None, Body()] = None,
) -> Made:
    return Made(
        asking.run(join_series, series_id, student_id, starts_on=starts_on, ends_on=ends_on)
    )


@router.post("/enrolments/{enrolment_id}/leave", status_code=204)
def leave(
    asking: Asking, enrolment_id: EnrolmentId, last_on: Annotated[date, Body(embed=True)]
) -> None:
    asking.run(leave_series, enrolment_id, last_on=last_on)
