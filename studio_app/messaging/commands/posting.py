"""Making messages: one for each person and way, each once for its occasion."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from studio_app.kit.ids import BulkId, ContactId, LessonId, MessageId, new_id
from studio_app.kit.work import Work
from studio_app.messaging.access import sent
from studio_app.messaging.access.recipients import Recipient, recipients
from studio_app.messaging.access.sent import Address
from studio_app.messaging.access.studio import House, house
from studio_app.messaging.access.wishes import Wishes, wishes_of
from studio_app.messaging.commands.writing import Written, write
from studio_app.messaging.events import MessageReady
from studio_app.messaging.models.messages import Message
from studio_app.messaging.parcels import address_of
from studio_app.messaging.rules.kinds import KINDS, Channel, Kind, Quiet
from studio_app.messaging.rules.states import MessageStatus


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
    return post_all(work, [(occasion, to)])


def post_all(work: Work, told: Iterable[tuple[Occasion, Collection[ContactId]]]) -> int:
    """As `post` for each, with the same number of statements however many there are."""
    told = [(occasion, to) for occasion, to in told if to]
    here = house(work) if told else None
    if here is None:
        return 0
    told = [each for each in told if here.tells_of(KINDS[each[0].kind], each[0].happened_at)]
    everybody = {contact_id for _occasion, to in told for contact_id in to}
    if not everybody:
        return 0
    known = {who.contact_id: who for who in recipients(work, everybody)}
    wishes = wishes_of(work, everybody)
    rows: list[Written] = []
    for occasion, to in told:
        reached = [known[contact_id] for contact_id in to if contact_id in known]
        rows += _rows(work, here, occasion, reached, wishes)
    announce_due(work, write(work, rows))
    return len(rows)


def _rows(
    work: Work, here: House, occasion: Occasion, to: Sequence[Recipient], wishes: Wishes
) -> list[Written]:
    """By which ways each is told: what the studio sends, they want, and can take."""
    kind = KINDS[occasion.kind]
    sends = [one for one in here.ways(kind) if occasion.ways is None or one in occasion.ways]
    rows = [
        _row(work, occasion, kind, who, channel)
        for who in to
        for channel in sends
        if wishes.want(who, kind, channel)
    ]
    if kind.about not in ONE_FOR_ALL:
        return rows
    earlier = sent.addresses_of(work, occasion.bulk_id) if occasion.bulk_id else set[Address]()
    return _once_for_each_address(rows, earlier)


def post_to_stranger(work: Work, occasion: Occasion, who: Recipient) -> None:
    """One letter to an address nobody here has yet: an invitation."""
    here, kind = house(work), KINDS[occasion.kind]
    if not here.tells_of(kind, occasion.happened_at):
        return
    row = _row(work, occasion, kind, who, Channel.EMAIL) | {"contact_id": None}
    announce(work, [message_id for message_id, _due_at in write(work, [row])])


def post_one(work: Work, occasion: Occasion, contact_id: ContactId, channel: Channel) -> MessageId:
    """A message by one way, whatever the studio and they have chosen: they asked for it now."""
    [who] = recipients(work, [contact_id])
    [(message_id, _due_at)] = write(
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
    work.emit(*(MessageReady(message_id, work.now) for message_id in ready))


def announce_due(work: Work, made: Iterable[tuple[MessageId, datetime]]) -> None:
    announce(work, [message_id for message_id, due_at in made if due_at <= work.now])


def _once_for_each_address(rows: Sequence[Written], earlier: set[Address]) -> list[Written]:
    kept: dict[object, Written] = {}
    for row in rows:
        address = sent.address_key(row["channel"], row["address"])
        if address not in earlier:
            kept.setdefault(address if row["address"] else row["id"], row)
    return list(kept.values())


def _row(work: Work, occasion: Occasion, kind: Kind, who: Recipient, channel: Channel) -> Written:
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
