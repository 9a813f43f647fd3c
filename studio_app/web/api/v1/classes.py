"""Classes and ensembles with their rosters.

Joining and leaving: `POST /series/{series_id}/students/{student_id}` and
`POST /enrolments/{enrolment_id}/leave`. Once only, a guest or a member who does not come:
`PUT` and `DELETE /lessons/{lesson_id}/students/{student_id}`.
"""

from fastapi import APIRouter

from studio_app.kit.ids import SeriesId
from studio_app.scheduling.queries.classes import ClassRow, classes
from studio_app.scheduling.queries.rosters import Roster, roster
from studio_app.web.api.caller import Asking
from studio_app.web.api.v1.bounds import NotTooFar
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["classes"])


@router.get("/classes")
def list_classes(asking: Asking, page: Paging) -> Page[ClassRow]:
    """Those that go on, by name; a teacher sees their own."""
    return page.of(asking.run(classes), by=lambda one: one.series_id)


@router.get("/classes/{series_id}")
def read_class(asking: Asking, series_id: SeriesId, on: NotTooFar | None = None) -> Roster:
    """Who takes part from when to when, and who is in its next lessons; with `on` in those of
    that day, also of one that is over. `excused` are members who do not come this once."""
    return asking.run(roster, series_id, on=on)
