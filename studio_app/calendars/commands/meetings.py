"""Giving each online lesson its meeting, in time and anew when it moves."""

from collections.abc import Collection
from typing import Any

from studio_app.calendars.access import meetings as access
from studio_app.calendars.access import video
from studio_app.calendars.events import MeetingDue, MeetingLeft
from studio_app.calendars.models import Meeting, MeetingRequest
from studio_app.calendars.rules.video import Provider, RequestState, Why, jitsi_room
from studio_app.kit.access import Permission
from studio_app.kit.ids import LessonId, MeetingRequestId
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, requires


@requires(Permission.JOBS_RUN)
def make_due_meetings(work: Work) -> str:
    """Every online lesson of the next days gets its meeting; those that have one keep it."""
    work.emit(*(MeetingLeft(one) for one in video.to_remove(work)))
    return f"{make_meetings(work)} meetings"


def make_meetings(work: Work, lesson_id: LessonId | None = None) -> int:
    """Of all lessons, or of this one; how many were made, or are now asked for.

    A studio without accounts has them at once; others are asked once this transaction is over.
    """
    leave(work, video.left_over(work, lesson_id))
    due = access.lessons_without(work, lesson_id)
    if video.accounts(work):
        work.emit(*(MeetingDue(lesson.lesson_id) for lesson in due))
        return len(due)
    for lesson in due:
        meet_on_jitsi(work, lesson)
    return len(due)


def leave(work: Work, requests: Collection[MeetingRequest]) -> None:
    """Nobody is sent there any more, and the provider is told so afterwards."""
    for request in requests:
        request.state = RequestState.LEFT
        work.session.add(request)
        video.forget_answer(work, request.id)
    work.session.flush()
    work.emit(*(MeetingLeft(request.id) for request in requests))


def meet_on_jitsi(
    work: Work, lesson: access.Homeless, passed_over: Collection[tuple[Provider, Why]] = ()
) -> None:
    room = jitsi_room(settings().studio_jitsi_url)
    meet(work, lesson, Provider.JITSI, room, passed_over=passed_over)


def meet(
    work: Work,
    lesson: access.Homeless,
    provider: Provider,
    url: str,
    *,
    request_id: MeetingRequestId | None = None,
    passed_over: Collection[tuple[Provider, Why]] = (),
) -> None:
    """Another room for another time: who knew the old one is not expected in the new."""
    made: dict[str, Any] = {
        "provider": provider,
        "url": url,
        "made_for": lesson.starts_at,
        "made_at": work.now,
        "request_id": request_id,
        "passed_over": [[who.value, why.value] for who, why in passed_over],
    }
    known = access.meeting_of(work, lesson.lesson_id)
    if known is None:
        known = Meeting(lesson_id=lesson.lesson_id, created_at=work.now, **made)
    known.sqlmodel_update(made)
    work.session.add(known)
    work.session.flush()
