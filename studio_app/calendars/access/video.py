"""A studio's accounts with those who make meetings, and what they were asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, not_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.calendars.access.meetings import MOST
from studio_app.calendars.models import Meeting, MeetingRequest, VideoAccount
from studio_app.calendars.rules.video import REMOVED_UNTIL, Provider, RequestState
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId, MeetingRequestId
from studio_app.kit.work import Work
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, takes_place
from studio_app.scheduling.models.setup import LessonType, Location, Room

COUNTS = (RequestState.ASKING, RequestState.MADE, RequestState.REFUSED, RequestState.DOUBTFUL)
"""These stand against asking the same provider once more"""


def accounts(work: Work, *, lock: bool = False) -> Sequence[VideoAccount]:
    """In the order in which they are asked."""
    query = select(VideoAccount).order_by(col(VideoAccount.rank), col(VideoAccount.id))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return work.session.exec(query).all()


def account_with(work: Work, provider: Provider, *, lock: bool = False) -> VideoAccount | None:
    return next((one for one in accounts(work, lock=lock) if one.provider == provider), None)


def own_account(work: Work, provider: Provider) -> VideoAccount:
    """To be changed. NotFound where nothing is connected."""
    found = account_with(work, provider, lock=True)
    if found is None:
        raise NotFound
    return found


def asked_for(work: Work, lesson_id: LessonId, made_for: datetime) -> Sequence[MeetingRequest]:
    """Who was asked for the meeting of that lesson at that time. The lesson is locked before."""
    query = select(MeetingRequest).where(
        MeetingRequest.lesson_id == lesson_id,
        MeetingRequest.made_for == made_for,
        col(MeetingRequest.state).in_(COUNTS),
    )
    return work.session.exec(query.execution_options(populate_existing=True)).all()


def request(work: Work, request_id: MeetingRequestId) -> MeetingRequest | None:
    """To be changed."""
    query = select(MeetingRequest).where(MeetingRequest.id == request_id).with_for_update()
    return work.session.exec(query.execution_options(populate_existing=True)).one_or_none()


def left_over(work: Work, lesson_id: LessonId | None = None) -> Sequence[MeetingRequest]:
    """What was made for a lesson that is cancelled now, at another time, or not online; to be
    changed. The lessons are locked first; the clock leaves out what somebody has in hand."""
    lessons = _no_longer_needed(select(col(Lesson.id)), work)
    if lesson_id is not None:
        lessons = lessons.where(Lesson.id == lesson_id)
    lessons = lessons.order_by(col(Lesson.id)).limit(MOST)
    locked = lessons.with_for_update(of=Lesson, skip_locked=lesson_id is None)
    ids = list(work.session.exec(locked))
    if not ids:
        return []
    made = _no_longer_needed(select(MeetingRequest), work).where(col(Lesson.id).in_(ids))
    return work.session.exec(made.with_for_update(of=MeetingRequest)).all()


Q = TypeVar("Q")


def _no_longer_needed(query: SelectOfScalar[Q], work: Work) -> SelectOfScalar[Q]:
    needed = (col(Lesson.starts_at) == col(MeetingRequest.made_for)) & takes_place() & is_online()
    return (
        query.select_from(MeetingRequest)
        .join(Lesson, col(Lesson.id) == col(MeetingRequest.lesson_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .where(
            MeetingRequest.state == RequestState.MADE,
            MeetingRequest.made_for > work.now - REMOVED_UNTIL,
            not_(needed),
        )
    )


def to_remove(work: Work) -> Sequence[MeetingRequestId]:
    """What still stands at a provider although nobody needs it."""
    query = select(col(MeetingRequest.id)).where(
        MeetingRequest.state == RequestState.LEFT,
        MeetingRequest.made_for > work.now - REMOVED_UNTIL,
    )
    return work.session.exec(query.limit(MOST)).all()


def forget_answer(work: Work, request_id: MeetingRequestId) -> None:
    """Nobody is sent to that meeting any more."""
    gone = delete(Meeting).where(col(Meeting.request_id) == request_id)
    work.session.connection().execute(gone)
