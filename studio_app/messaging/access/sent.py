"""What has been said already."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from studio_app.kit.ids import BulkId, ContactId, LessonId, StudentId
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
    found = work.session.connection().execute(_heard(kind, about)).scalars()
    return [contact_id for contact_id in found if contact_id]


def who_heard_it_is_off(work: Work, lesson_id: LessonId) -> list[ContactId]:
    """Which teachers were told that a lesson is cancelled: what says when it is, says another."""
    says_when = col(Message.facts)[f"at {lesson_id}"].astext
    query = _heard("teacher_day_changed", lesson_id).where(says_when.is_(None))
    found = work.session.connection().execute(query).scalars()
    return [contact_id for contact_id in found if contact_id]


def _heard(kind: str, about: UUID) -> Any:
    query = select(col(Message.contact_id)).where(
        col(Message.kind) == kind,
        col(Message.about_ids).contains(literal([about], ARRAY(Uuid))),
        col(Message.status).in_(GONE_OUT),
        col(Message.contact_id).is_not(None),
    )
    return query.distinct()


def spoken_of(work: Work, kind: str, lessons: Collection[LessonId]) -> set[UUID]:
    """Which of these lessons a message of this kind names already, wherever it is by now."""
    named = func.unnest(col(Message.about_ids)).label("named")
    query = select(named).where(
        col(Message.kind) == kind,
        col(Message.about_ids).op("&&")(literal(list(lessons), ARRAY(Uuid))),
    )
    return set(work.session.connection().execute(query).scalars())


def unheard_was(work: Work, kind: str, lesson_id: LessonId) -> dict[ContactId, datetime]:
    """Where a lesson was before the moves that wait, for each whom no way has told of them."""
    was = col(Message.facts)[f"was {lesson_id}"].astext
    found = _unheard(work, kind, lesson_id, was)
    return {contact_id: datetime.fromisoformat(said) for contact_id, said in found.items()}


def believed(work: Work, kind: str, about: UUID, of: str) -> dict[ContactId, str]:
    """How a thing was before the news that waits, for each whom no way has told of it."""
    facts = col(Message.facts)
    return _unheard(work, kind, about, facts["before"].astext, facts["of"].astext == of)


def unheard_of(work: Work, kind: str, about: UUID, student_id: StudentId) -> set[ContactId]:
    """Whom nothing has told yet what such a message, which waits, says of this student."""
    students = col(Message.facts)["students"]
    mine = students.contains([str(student_id)])
    return set(_unheard(work, kind, about, students.astext, mine))


def _unheard(work: Work, kind: str, about: UUID, said: Any, *which: Any) -> dict[ContactId, str]:
    query = (
        select(col(Message.contact_id), said, col(Message.status))
        .where(
            col(Message.kind) == kind,
            col(Message.about_ids).contains(literal([about], ARRAY(Uuid))),
            col(Message.contact_id).is_not(None),
            said.is_not(None),
            *which,
        )
        .order_by(col(Message.made_at), col(Message.status).in_(GONE_OUT))
    )
    found: dict[ContactId, str] = {}
    for contact_id, was, status in work.session.connection().execute(query):
        if contact_id is None:
            continue
        if status in GONE_OUT:
            found.pop(contact_id, None)
        elif status == MessageStatus.WAITING:
            found.setdefault(contact_id, was)
    return found


Address = tuple[str, str]


def address_key(channel: str, address: str) -> Address:
    """What two messages that reach the same mailbox or telephone share."""
    return channel, address.casefold()


def addresses_of(work: Work, bulk_id: BulkId) -> set[Address]:
    """Which have their message of a text for many."""
    query = select(col(Message.channel), col(Message.address)).where(
        col(Message.bulk_id) == bulk_id, col(Message.address) != ""
    )
    return {address_key(*row) for row in work.session.connection().execute(query)}


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
