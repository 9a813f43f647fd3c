"""Somebody else gives a teacher's lessons: who could, who does, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter

from studio_app.kit.ids import LessonId, TeacherId
from studio_app.scheduling.commands.covering import (
    Covered,
    assign_cover,
    end_cover,
    take_cover_back,
)
from studio_app.scheduling.queries.covers import CoverNeed, cover_suggestions
from studio_app.web.api.caller import Asking
from studio_app.web.api.v1.bounds import NotTooFar

router = APIRouter(prefix="/api/v1", tags=["cover"])


@dataclass(frozen=True, slots=True)
class CoverOf:
    lesson_id: LessonId
    teacher_id: TeacherId


@dataclass(frozen=True, slots=True)
class Cover:
    """Who gives which lesson, and which fall away; all of it or nothing. `despite` is the
    reason to go ahead where something speaks against it: without one it is refused."""

    covers: list[CoverOf] = field(default_factory=list[CoverOf])
    cancelled: list[LessonId] = field(default_factory=list[LessonId])
    reason: str = ""
    despite: str = ""


@dataclass(frozen=True, slots=True)
class Lessons:
    lesson_ids: Sequence[LessonId]


@router.get("/teachers/{teacher_id}/cover")
def suggestions(
    asking: Asking, teacher_id: TeacherId, first_on: NotTooFar, until: NotTooFar
) -> list[CoverNeed]:
    """The lessons to come of these days, both included, each with who could give it, the best
    suited first."""
    return asking.run(cover_suggestions, teacher_id, first_on, until)


@router.post("/cover")
def assign(asking: Asking, cover: Cover) -> Covered:
    """For one lesson or for many. The series, its price and the rooms stay; everybody is told.
    Answers what `take-back` takes. 409 names who is in the way."""
    covers = {one.lesson_id: one.teacher_id for one in cover.covers}
    return asking.run(
        assign_cover,
        covers,
        cancelled=cover.cancelled,
        reason=cover.reason,
        despite=cover.despite,
    )


@router.post("/cover/end")
def end(asking: Asking, lessons: Lessons) -> Covered:
    """Whoever these lessons belong to gives them after all. 409 if they are taken then."""
    return asking.run(end_cover, lessons.lesson_ids)


@router.post("/cover/take-back", status_code=204)
def take_back(asking: Asking, done: Covered) -> None:
    """All of it as it was, with what was cancelled put back. 409 if a time is taken."""
    asking.run(take_cover_back, done)
