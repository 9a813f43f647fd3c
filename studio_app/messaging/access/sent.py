"""What has been said already."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from studio_app.kit.ids import ContactId, LessonId
from studio_app.kit.work import Work
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.states import MessageStatus

GONE_OUT = (
    MessageStatus.SENDING,
    MessageStatus.SENT,
    MessageStatus.DELIVERED,
    MessageStatus.DOUBTFUL,
)


def who_heard(work: Work, kind: str, about: UUID) -> list[ContactId]:
    """To whom a message of this kind about this thing has gone."""
    query = select(col(Message.contact_id)).where(
        col(Message.kind) == kind,
        col(Message.about_ids).contains(literal([about], ARRAY(Uuid))),
        col(Message.status).in_(GONE_OUT),
        col(Message.contact_id).is_not(None),
    )
    found = work.session.connection().execute(query.distinct()).scalars()
    return [contact_id for contact_id in found if contact_id]


def waiting_was(work: Work, lesson_id: LessonId) -> str | None:
    """Where a lesson was before moves that nobody has heard of yet."""
    query = (
        select(col(Message.facts)[f"was {lesson_id}"].astext)
        .where(
            col(Message.kind) == "lesson_moved",
            col(Message.status) == MessageStatus.WAITING,
            col(Message.about_ids).contains(literal([lesson_id], ARRAY(Uuid))),
        )
        .order_by(col(Message.made_at))
    )
    return work.session.connection().execute(query).scalars().first()


def latest_news(
    work: Work, lessons: Collection[LessonId]
) -> dict[tuple[LessonId, ContactId], datetime]:
    """When each person was last told of the booking or the moving of each lesson."""
    query = (
        select(col(Message.lesson_id), col(Message.contact_id), func.max(col(Message.made_at)))
        .where(
            col(Message.lesson_id).in_(lessons),
            col(Message.kind).in_(("lesson_booked", "lesson_moved", "lesson_restored")),
            col(Message.contact_id).is_not(None),
        )
        .group_by(col(Message.lesson_id), col(Message.contact_id))
    )
    rows = work.session.connection().execute(query)
    return {(lesson, who): told_at for lesson, who, told_at in rows if lesson and who}
