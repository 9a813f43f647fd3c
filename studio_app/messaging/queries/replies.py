"""Texts that came in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal, select, tuple_
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import ContactId, LessonId
from studio_app.kit.tables import table_of
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.listed import join_people, name_of_contact
from studio_app.messaging.models.messages import Reply
from studio_app.messaging.rules.states import Heard
from studio_app.scheduling.models.lessons import Lesson

LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One text: who wrote, when, what, and what it was understood as."""

    id: UUID
    at: datetime
    when: str
    who: str
    """The number where nobody here has it"""
    number: str
    text: str
    heard: Heard
    understood: str
    contact_id: ContactId | None
    lesson_id: LessonId | None
    lesson_at: datetime | None
    lesson_when: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """What nobody has read first, then the latest. `next_after` asks for what follows."""

    rows: list[ReplyRow]
    next_after: UUID | None


@requires(Permission.MESSAGE_VIEW)
def replies(
    work: Work,
    *,
    lesson_id: LessonId | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> ReplyPage:
    """Answers by text; about one lesson if asked."""
    unread = col(Reply.read_at).is_(None)
    order = (unread, col(Reply.received_at), col(Reply.id))
    who = func.coalesce(name_of_contact(), literal("")).label("who")
    lesson: Any = col(Lesson.starts_at)
    query = select(table_of(Reply), who, lesson.label("lesson_at"))
    query = join_people(query, col(Reply.contact_id))
    query = query.outerjoin(Lesson, col(Lesson.id) == col(Reply.lesson_id))
    if lesson_id is not None:
        query = query.where(col(Reply.lesson_id) == lesson_id)
    if after is not None:
        last = select(*order).where(col(Reply.id) == after)
        query = query.where(tuple_(*order) < last.scalar_subquery())
    size = min(max(limit, 1), LONGEST_PAGE)
    query = query.order_by(*[one.desc() for one in order]).limit(size + 1)
    found = work.session.connection().execute(query).all()
    zone, locale = studio_zone(work), work.actor.locale
    rows = [_row(one, zone, locale) for one in found[:size]]
    return ReplyPage(rows, rows[-1].id if len(found) > size else None)


def _row(row: Any, zone: ZoneInfo, locale: str) -> ReplyRow:
    heard = Heard(row.heard)
    return ReplyRow(
        id=row.id,
        at=row.received_at,
        when=say_when(row.received_at, zone, locale),
        who=row.who or row.number,
        number=row.number,
        text=row.text,
        heard=heard,
        understood=str(heard.label),
        contact_id=row.contact_id,
        lesson_id=row.lesson_id,
        lesson_at=row.lesson_at,
        lesson_when=say_when(row.lesson_at, zone, locale) if row.lesson_at else "",
        is_read=row.read_at is not None,
    )
