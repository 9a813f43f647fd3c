"""One's own inbox: what came, the newest first, and how much of it is unread."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.own import in_my_inbox
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.kinds import KINDS, Category

KEPT = timedelta(days=180)
"""How far back the inbox reaches."""
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A message as it was written to oneself; `path` is the page of ours it is about."""

    id: UUID
    category: Category
    subject: str
    body: str
    when: str
    path: str
    is_letter: bool
    """Somebody wrote it by hand: it is about nothing but itself"""
    is_read: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of it: `more` says whether there are older ones."""

    rows: tuple[InboxRow, ...]
    unread: int
    more: bool


@requires(Permission.OWN_ACCOUNT)
def my_inbox(work: Work, *, most: int = 50) -> Inbox:
    """The newest messages of the last half year, at most so many."""
    recent = col(Message.sent_at) >= work.now - KEPT
    query = (
        select(Message)
        .where(in_my_inbox(work), recent)
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
        .limit(most + 1)
    )
    found = list(work.session.scalars(query))
    zone, locale = studio_zone(work), work.actor.locale
    rows = tuple(
        InboxRow(
            id=one.id,
            category=KINDS[one.kind].category,
            subject=one.subject,
            body=one.body,
            when=say_when(one.sent_at or one.made_at, zone, locale),
            path=one.path,
            is_letter=KINDS[one.kind].about == "by_hand",
            is_read=one.read_at is not None,
        )
        for one in found[:most]
    )
    return Inbox(rows, unread_messages(work), len(found) > most)


@requires(Permission.OWN_ACCOUNT)
def unread_messages(work: Work) -> int:
    """How many messages one has not opened yet; 99 stands for as many and more."""
    unread: Any = (
        select(col(Message.id))
        .where(
            in_my_inbox(work),
            col(Message.read_at).is_(None),
            col(Message.sent_at) >= work.now - KEPT,
        )
        .limit(MOST_COUNTED)
    )
    counted = select(func.count()).select_from(unread.subquery())
    return work.session.connection().execute(counted).scalar_one()
