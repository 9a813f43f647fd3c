"""Making messages: one for each person and way, each once for its occasion."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.kit.ids import BulkId, ContactId, LessonId, MessageId, new_id
from studio_app.kit.work import Work
from studio_app.messaging.access import consents
from studio_app.messaging.access.recipients import Recipient, recipients
from studio_app.messaging.access.studio import House, house
from studio_app.messaging.events import MessageReady
from studio_app.messaging.models.messages import Message
from studio_app.messaging.parcels import address_of
from studio_app.messaging.rules.kinds import KINDS, Category, Channel, Kind, Quiet
from studio_app.messaging.rules.states import MessageStatus, Purpose


@dataclass(frozen=True, slots=True)
class Occasion:
    """What there is to tell: a kind, what it is about, and what makes it happen only once."""

    kind: str
    about: tuple[UUID, ...]
    happened_at: datetime
    key: str
    """Within the kind: the same occasion twice is one message. What one command did to many
    lessons is one occasion, and the lessons are added to its message while it waits"""
    why: str = ""
    lesson_id: LessonId | None = None
    bulk_id: BulkId | None = None
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    urgent: bool = False
    due_at: datetime | None = None
    """When it is to go; else as soon as its kind is no longer held back"""
    ways: tuple[Channel, ...] | None = None
    """Fewer ways than the kind takes"""


ONE_FOR_ALL = frozenset({"by_hand", "invoice", "payment"})
"""What says the same to everybody: two who share a telephone or a mailbox get it once."""


def post(work: Work, occasion: Occasion, to: Collection[ContactId]) -> int:
    """Make the messages of an occasion; how many there are. What is due goes out at once."""
    here, kind = house(work), KINDS[occasion.kind]
    if not to or not here.tells_of(kind, occasion.happened_at):
        return 0
    rows = [
        _row(work, occasion, kind, who, channel)
        for who in recipients(work, to)
        for channel in _ways(work, here, kind, occasion, who)
    ]
    if kind.about in ONE_FOR_ALL:
        rows = _once_for_each_address(rows)
    ready = _write(work, rows) if rows else []
    announce(work, [message_id for message_id, due_at in ready if due_at <= work.now])
    return len(rows)


def post_to_stranger(work: Work, occasion: Occasion, who: Recipient) -> None:
    """One letter to an address nobody here has yet: an invitation."""
    here, kind = house(work), KINDS[occasion.kind]
    if not here.tells_of(kind, occasion.happened_at):
        return
    row = _row(work, occasion, kind, who, Channel.EMAIL) | {"contact_id": None}
    announce(work, [message_id for message_id, _due_at in _write(work, [row])])


def post_one(work: Work, occasion: Occasion, contact_id: ContactId, channel: Channel) -> MessageId:
    """A message by one way, whatever the studio and they have chosen: they asked for it now."""
    [who] = recipients(work, [contact_id])
    [(message_id, _due_at)] = _write(
        work, [_row(work, occasion, KINDS[occasion.kind], who, channel)]
    )
    announce(work, [message_id])
    return message_id


def announce(work: Work, ready: Sequence[MessageId]) -> None:
    """Write the jobs that send these; until one is done the clock leaves them alone."""
    if not ready:
        return
    queued = update(Message).where(col(Message.id).in_(ready)).values(queued_at=work.now)
    work.session.connection().execute(queued)
    for message_id in ready:
        work.emit(MessageReady(message_id, work.now))


def _once_for_each_address(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: dict[object, dict[str, Any]] = {}
    for row in rows:
        address = str(row["address"]).casefold()
        kept.setdefault((row["channel"], address) if address else row["id"], row)
    return list(kept.values())


def _ways(work: Work, here: House, kind: Kind, occasion: Occasion, who: Recipient) -> list[Channel]:
    """By which ways this person is told: what the studio sends, they want, and can take.

    A letter without an address is made all the same, so that the log says who was not reached.
    """
    wanted = [one for one in here.ways(kind) if occasion.ways is None or one in occasion.ways]
    muted: set[consents.Wish] = set()
    if kind.can_be_muted:
        muted = consents.muted(work, [who.contact_id])
    return [
        one
        for one in wanted
        if (who.contact_id, kind.category, one) not in muted and _can_take(work, kind, who, one)
    ]


def texts_reach(work: Work, who: Recipient) -> bool:
    """Whether this person may be sent texts about lessons, to the number they have now."""
    given = consents.allowed(work, [who.contact_id], Channel.TEXT, Purpose.SERVICE)
    return bool(who.phone) and given.get(who.contact_id) == who.phone


def _can_take(work: Work, kind: Kind, who: Recipient, channel: Channel) -> bool:
    news = kind.category is Category.NEWS
    purpose = Purpose.MARKETING if news else Purpose.SERVICE
    match channel:
        case Channel.TEXT if kind.about == "reply":
            return True
        case Channel.TEXT:
            given = consents.allowed(work, [who.contact_id], channel, purpose)
            return bool(who.phone) and given.get(who.contact_id) == who.phone
        case Channel.EMAIL if news:
            given = consents.allowed(work, [who.contact_id], channel, purpose)
            return given.get(who.contact_id) == who.email
        case Channel.EMAIL:
            return True
        case Channel.PUSH:
            return who.browsers > 0
        case Channel.INBOX:
            return who.person_id is not None


def _row(
    work: Work, occasion: Occasion, kind: Kind, who: Recipient, channel: Channel
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": work.now,
        "made_at": work.now,
        "kind": kind.name,
        "channel": channel.value,
        "contact_id": who.contact_id,
        "dedupe_key": f"{kind.name} {occasion.key} {who.contact_id} {channel.value}",
        "about_ids": list(occasion.about),
        "facts": dict(occasion.facts),
        "lesson_id": occasion.lesson_id,
        "bulk_id": occasion.bulk_id,
        "why": occasion.why,
        "cause": work.cause or work.id,
        "status": MessageStatus.WAITING.value,
        "due_at": occasion.due_at or work.now + kind.held,
        "address": address_of(who, channel),
        "urgent": occasion.urgent or kind.quiet is Quiet.URGENT,
        "attempts": 0,
        "subject": "",
        "body": "",
        "path": "",
        "language": "",
        "template_version": 0,
        "provider_id": "",
        "reason": "",
        "quiet": [],
        "zone": "",
    }


def _write(work: Work, rows: Sequence[dict[str, Any]]) -> list[tuple[MessageId, datetime]]:
    """The messages that are new, with when they are due; others were added to, or are there."""
    made: list[tuple[MessageId, datetime]] = []
    for row in rows:
        written = _insert(work, row)
        if written is None and not _added_or_said(work, row):
            # Its message has left already: what comes late is a message of its own.
            about = row["about_ids"][0] if row["about_ids"] else ""
            written = _insert(work, {**row, "dedupe_key": f"{row['dedupe_key']} {about}"})
        if written is not None:
            made.append(written)
    return made


def _insert(work: Work, row: dict[str, Any]) -> tuple[MessageId, datetime] | None:
    statement = insert(Message).values(**row).on_conflict_do_nothing(constraint="message_once")
    found = (
        work.session.connection()
        .execute(statement.returning(col(Message.id), col(Message.due_at)))
        .first()
    )
    return (MessageId(found.id), found.due_at) if found else None


def _added_or_said(work: Work, row: dict[str, Any]) -> bool:
    """Whether the occasion's message says this already, or waits and says it from now on."""
    here = select(Message).where(col(Message.dedupe_key) == row["dedupe_key"]).with_for_update()
    fresh = here.execution_options(populate_existing=True)
    message = work.session.scalars(fresh).one_or_none()
    if message is None:
        return False
    new = [each for each in row["about_ids"] if each not in message.about_ids]
    facts = _both(message.facts, row["facts"])
    if not new and facts.get("students") == message.facts.get("students"):
        return True
    if message.status != MessageStatus.WAITING:
        return False
    message.about_ids, message.facts = [*message.about_ids, *new], facts
    message.urgent = message.urgent or row["urgent"]
    work.session.flush()
    return True


def _both(said: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """What was said stands; the students of both are told of, or all where one names none."""
    facts = {**more, **said}
    if "students" in said and "students" in more:
        facts["students"] = list(dict.fromkeys([*said["students"], *more["students"]]))
    else:
        facts.pop("students", None)
    return facts
