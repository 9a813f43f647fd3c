"""Where online lessons meet, for who takes part in them."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select

from studio_app.calendars.access.meetings import addresses
from studio_app.kit.access import Permission
from studio_app.kit.ids import LessonId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access.lessons import visible
from studio_app.scheduling.models.lessons import Lesson


@requires(Permission.LESSON_VIEW)
def meeting_links(work: Work, lesson_ids: Collection[LessonId]) -> Mapping[LessonId, str]:
    """The addresses of those of these lessons that have one and that the actor may see."""
    query = select(col(Lesson.id)).where(col(Lesson.id).in_(lesson_ids), visible(work))
    return addresses(work, list(work.session.exec(query)))
