"""Series: lessons that repeat, who takes part in them, and changes to what follows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body

from studio_app.kit.ids import EnrolmentId, LessonId, SeriesId, StudentId
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import (
    join_series,
    leave_series,
    stay_in_series,
    take_joining_back,
)
from studio_app.scheduling.commands.lessons import CancelledBy
from studio_app.scheduling.commands.series import (
    Ended,
    end_series,
    resume_series,
    schedule_series,
)
from studio_app.scheduling.queries.planning import (
    SeriesPreview,
    Unplaced,
    series_preview,
    unplaced_days,
)
from studio_app.scheduling.wishes import Decision, NewSeries, Scope, SeriesChange
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["series"])


@dataclass(frozen=True, slots=True)
class SeriesWish:
    series: NewSeries
    decisions: dict[date, Decision] = field(default_factory=dict[date, Decision])
    """What to do with single days: skip, keep on a closure, or move."""
    despite: str = ""
    """The reason to go ahead where the preview has warnings: without one it is refused"""


@dataclass(frozen=True, slots=True)
class End:
    """From this lesson on, or all to come; what was taught stays."""

    scope: Scope = Scope.FOLLOWING
    by: CancelledBy = CancelledBy.SCHOOL
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resumption:
    """Exactly what ending it answered."""

    lesson_ids: Sequence[LessonId]
    ends_on: date | None = None


@router.post("/series/preview")
def preview(asking: Asking, wish: NewSeries) -> SeriesPreview:
    """Every day that the series would have, with closures and conflicts in sentences. Nothing
    changes. `at` and all days are the studio's wall time; weekdays are ISO (Monday is 1)."""
    return asking.run(series_preview, wish)


@router.post("/series", status_code=201)
def create_series(asking: Asking, wish: SeriesWish) -> Made:
    """409 names the first day that is taken and not decided."""
    made = asking.run(schedule_series, wish.series, decisions=wish.decisions, despite=wish.despite)
    return Made(made)


@router.get("/series/unplaced")
def unplaced(asking: Asking, page: Paging) -> Page[Unplaced]:
    """Days on which a series should have a lesson and found somebody taken."""
    return page.of(asking.run(unplaced_days), by=lambda one: f"{one.series_id}.{one.on}")


@router.post("/lessons/{lesson_id}/change-series")
def change(
    asking: Asking,
    lesson_id: LessonId,
    change: SeriesChange,
    scope: Annotated[Scope, Body()] = Scope.FOLLOWING,
    despite: Annotated[str, Body(max_length=500)] = "",
) -> Made:
    """From this lesson on, or for all to come: answers the series that follows the new rule.
    `despite` is the reason to go ahead where something speaks against a new time."""
    return Made(asking.run(change_series, lesson_id, change, scope=scope, despite=despite))


@router.post("/lessons/{lesson_id}/end-series")
def end(asking: Asking, lesson_id: LessonId, end: End) -> Ended:
    """Answers what `resume` takes to undo it."""
    return asking.run(end_series, lesson_id, scope=end.scope, by=end.by, reason=end.reason)


@router.post("/series/{series_id}/resume", status_code=204)
def resume(asking: Asking, series_id: SeriesId, resumption: Resumption) -> None:
    """Takes an end back. 409 if a time was given to another meanwhile."""
    asking.run(resume_series, series_id, resumption.lesson_ids, ends_on=resumption.ends_on)


@router.post("/series/{series_id}/students/{student_id}", status_code=201)
def join(
    asking: Asking,
    *,
    series_id: SeriesId,
    student_id: StudentId,
    starts_on: Annotated[date, Body()],
    ends_on: Annotated[date | None, Body()] = None,
) -> Made:
    """Answers the enrolment. Both days are included."""
    return Made(
        asking.run(join_series, series_id, student_id, starts_on=starts_on, ends_on=ends_on)
    )


@router.delete("/enrolments/{enrolment_id}", status_code=204)
def unjoin(asking: Asking, enrolment_id: EnrolmentId) -> None:
    """As if the student had never joined: within the hour, else 409, and they `leave`."""
    asking.run(take_joining_back, enrolment_id)


@router.post("/enrolments/{enrolment_id}/leave", status_code=204)
def leave(
    asking: Asking, enrolment_id: EnrolmentId, last_on: Annotated[date, Body(embed=True)]
) -> None:
    """`last_on` is the last day with a lesson."""
    asking.run(leave_series, enrolment_id, last_on=last_on)


@router.post("/enrolments/{enrolment_id}/stay", status_code=204)
def stay(
    asking: Asking,
    enrolment_id: EnrolmentId,
    ends_on: Annotated[date | None, Body(embed=True)] = None,
) -> None:
    """Takes leaving back."""
    asking.run(stay_in_series, enrolment_id, ends_on=ends_on)
