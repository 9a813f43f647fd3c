"""Giving each online lesson its meeting, in time and anew when it moves."""

from typing import Any

from studio_app.calendars.access import meetings as access
from studio_app.calendars.models import Meeting
from studio_app.calendars.rules.video import Provider, jitsi_room
from studio_app.kit.access import Permission
from studio_app.kit.ids import LessonId
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, requires


@requires(Permission.JOBS_RUN)
def make_due_meetings(work: Work) -> str:
    """Every online lesson of the next days gets its meeting; those that have one keep it."""
    return f"{make_meetings(work)} meetings"


def make_meetings(work: Work, lesson_id: LessonId | None = None) -> int:
    """Of all lessons, or of this one; how many were made."""
    due = access.lessons_without(work, lesson_id)
    for lesson in due:
        _meet(work, lesson)
    work.session.flush()
    return len(due)


def _meet(work: Work, lesson: access.Homeless) -> None:
    """Another room for another time: who knew the old one is not expected in the new."""
    made: dict[str, Any] = {
        "provider": Provider.JITSI,
        "url": jitsi_room(settings().studio_jitsi_url),
        "made_for": lesson.starts_at,
        "made_at": work.now,
    }
    known = access.meeting_of(work, lesson.lesson_id)
    if known is None:
        work.session.add(Meeting(lesson_id=lesson.lesson_id, created_at=work.now, **made))
        return
    known.sqlmodel_update(made)
