"""What was sent, to whom, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, tuple_
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import ContactId, FamilyId, LessonId, MessageId, StudentId
from studio_app.kit.words import Labelled
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.listed import (
    around_family,
    around_student,
    is_called,
    named_messages,
)
from studio_app.messaging.models.messages import Message, Reply
from studio_app.messaging.rules.kinds import KINDS, Channel
from studio_app.messaging.rules.states import UNDELIVERED, MessageStatus

__all__ = ["KINDS", "Channel", "MessageStatus"]
LONGEST_PAGE = 200


class Which(Labelled):
    """What of the log is shown."""

    ALL = "all"
    WAITING = "waiting"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class About:
    """Around whom or what the messages are; everything that is given has to hold."""

    contact_id: ContactId | None = None
    student_id: StudentId | None = None
    family_id: FamilyId | None = None
    lesson_id: LessonId | None = None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message in a list. `when` is when it went or is to go: Thu 3 Sept, 16:30."""

    id: MessageId
    at: datetime
    when: str
    who: str
    kind: str
    what: str
    channel: Channel
    way: str
    status: MessageStatus
    subject: str
    reason: str
    needs_somebody: bool
    """It did not arrive, or nobody knows, and nobody has seen to it"""


@dataclass(frozen=True, slots=True)
class MessagePage:
    """The latest first. `next_after` asks for what came before; None at the end."""

    rows: list[MessageRow]
    next_after: MessageId | None


@dataclass(frozen=True, slots=True)
class Needing:
    """What waits for somebody in the office."""

    undelivered: int
    unread: int

    @property
    def all(self) -> int:
        return self.undelivered + self.unread


@requires(Permission.MESSAGE_VIEW)
def messages(
    work: Work,
    *,
    which: Which = Which.ALL,
    kind: str = "",
    channel: Channel | None = None,
    text: str = "",
    about: About = About(),
    after: MessageId | None = None,
    limit: int = 50,
) -> MessagePage:
    """The log, narrowed by state, kind, way, a name or address, and whom or what it is about."""
    wanted = [*_of(which), *_around(about)]
    if kind:
        wanted.append(col(Message.kind) == kind)
    if channel:
        wanted.append(col(Message.channel) == channel.value)
    if text.strip():
        wanted.append(is_called(text))
    if after is not None:
        last = select(col(Message.made_at), col(Message.id)).where(col(Message.id) == after)
        before = tuple_(col(Message.made_at), col(Message.id)) < last.scalar_subquery()
        wanted.append(before)
    size = min(max(limit, 1), LONGEST_PAGE)
    query = named_messages().where(*wanted)
    query = query.order_by(col(Message.made_at).desc(), col(Message.id).desc()).limit(size + 1)
    found = work.session.connection().execute(query).all()
    zone, locale = studio_zone(work), work.actor.locale
    rows = [row_of(one, zone, locale) for one in found[:size]]
    return MessagePage(rows, rows[-1].id if len(found) > size else None)


@requires(Permission.MESSAGE_VIEW)
def messages_needing_somebody(work: Work) -> Needing:
    """How many did not arrive and nobody has seen to, and how many answers nobody has read."""
    run = work.session.connection().execute
    lost = select(func.count()).select_from(Message).where(*_of(Which.UNDELIVERED))
    unread = select(func.count()).select_from(Reply).where(col(Reply.read_at).is_(None))
    return Needing(run(lost).scalar_one(), run(unread).scalar_one())


def row_of(row: Any, zone: ZoneInfo, locale: str) -> MessageRow:
    at = row.sent_at or (row.due_at if row.status == MessageStatus.WAITING else row.tried_at)
    at = at or row.made_at
    status, channel = MessageStatus(row.status), Channel(row.channel)
    return MessageRow(
        id=row.id,
        at=at,
        when=say_when(at, zone, locale),
        who=row.who or "",
        kind=row.kind,
        what=str(KINDS[row.kind].label) if row.kind in KINDS else row.kind,
        channel=channel,
        way=str(channel.label),
        status=status,
        subject=row.subject,
        reason=row.reason,
        needs_somebody=status in UNDELIVERED and row.seen_to_at is None,
    )


def _of(which: Which) -> list[Any]:
    match which:
        case Which.WAITING:
            going = [MessageStatus.WAITING.value, MessageStatus.SENDING.value]
            return [col(Message.status).in_(going)]
        case Which.UNDELIVERED:
            lost = col(Message.status).in_([one.value for one in UNDELIVERED])
            return [lost, col(Message.seen_to_at).is_(None)]
        case _:
            return []


def _around(about: About) -> list[Any]:
    wanted: list[Any] = []
    if about.contact_id:
        wanted.append(col(Message.contact_id) == about.contact_id)
    if about.lesson_id:
        wanted.append(col(Message.lesson_id) == about.lesson_id)
    if about.student_id:
        wanted.append(around_student(about.student_id))
    if about.family_id:
        wanted.append(around_family(about.family_id))
    return wanted
