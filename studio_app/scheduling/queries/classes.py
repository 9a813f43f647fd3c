"""Classes and ensembles: weekly lessons for several students."""

from sqlalchemy import ColumnElement
from sqlmodel import col, or_

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.classes import ClassRow, class_rows
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType

INDIVIDUAL = 1


@requires(Permission.CALENDAR_VIEW)
def classes(work: Work) -> list[ClassRow]:
    """Those that go on, by name: the office sees all, a teacher their own. Three statements."""
    today = local_date(work.now, studio_zone(work))
    shown = class_rows(work, [_for_several(), *_mine(work)])
    return [row for row, last in shown if last is None or last >= today]


def _for_several() -> ColumnElement[bool]:
    alone = col(LessonType.capacity).is_not_distinct_from(INDIVIDUAL)
    return or_(~alone, col(Series.name) != "")


def _mine(work: Work) -> list[ColumnElement[bool]]:
    if work.actor.may(Permission.CALENDAR_MANAGE):
        return []
    return [col(Series.teacher_id).in_(own_teachers(work))]
