"""Sending one message: decide and write, hand over outside of any transaction, note what became.

At most once: what may have left is never sent again by itself. A worker that died between the
vendor's taking the message and our noting it leaves it SENDING; whoever finds it so asks the
vendor, and else marks it for a person to look at.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from studio_app.kit.access import Actor
from studio_app.kit.ids import MessageId
from studio_app.kit.outbox import TryLater, outside
from studio_app.kit.work import Work, open_work
from studio_app.messaging.events import MessageReady
from studio_app.messaging.handing import NobodyListens, Parcel, hand_over, was_taken
from studio_app.messaging.models.messages import Message, PushSubscription
from studio_app.messaging.parcels import prepare
from studio_app.messaging.rules.states import MessageStatus
from studio_app.messaging.vendors import Accepted, Doubtful, Undeliverable

log = logging.getLogger(__name__)
GIVES_UP_AFTER = timedelta(hours=24)
"""How long a vendor may be out of reach before the message counts as failed."""
LONGEST_PAUSE = timedelta(hours=1)
DEAD_AFTER = timedelta(minutes=2)
"""Longer than any vendor is waited for: who was sending then is not sending any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt."""

    status: MessageStatus
    provider_id: str = ""
    reason: str = ""
    again_in: timedelta | None = None
    ended: tuple[str, ...] = ()
    """Browsers that are gone"""


@outside
def send_message(engine: Engine, actor: Actor, event: MessageReady) -> None:
    """Bring one message on its way, if it still is to be sent and may be sent now."""
    try:
        with open_work(engine, actor, send_message) as work:
            found = prepare(work, event.message_id)
    except DBAPIError:
        raise
    except Exception as error:  # words that cannot be said must not be tried for ever
        log.exception("message %s could not be written", event.message_id)
        with open_work(engine, actor, send_message) as work:
            give_up(work, event.message_id, type(error).__name__)
        return
    if found is None:
        return
    parcel, is_new = found
    outcome = _hand_over(parcel) if is_new else _settle(parcel)
    with open_work(engine, actor, send_message) as work:
        note(work, event.message_id, outcome)


def _hand_over(parcel: Parcel) -> Outcome:
    try:
        accepted, gone = hand_over(parcel)
    except Undeliverable as refusal:
        gone = refusal.gone if isinstance(refusal, NobodyListens) else ()
        said = refusal.sentence.say(parcel.language)
        return Outcome(MessageStatus.FAILED, reason=said, ended=gone)
    except TryLater as later:
        return Outcome(MessageStatus.WAITING, reason=str(later), again_in=later.after)
    except Doubtful as doubt:
        taken = _ask(parcel)
        return taken or Outcome(MessageStatus.DOUBTFUL, reason=str(doubt))
    except Exception as error:  # a fault of ours must not send it again and again
        log.exception("message %s could not be handed over", parcel.message_id)
        return Outcome(MessageStatus.FAILED, reason=type(error).__name__)
    return Outcome(MessageStatus.SENT, accepted.provider_id, ended=gone)


def _settle(parcel: Parcel) -> Outcome:
    """Somebody had it in hand before us and said no more: was it taken?"""
    return _ask(parcel) or Outcome(MessageStatus.DOUBTFUL)


def _ask(parcel: Parcel) -> Outcome | None:
    try:
        accepted: Accepted | None = was_taken(parcel)
    except (TryLater, Undeliverable, Doubtful):
        return None
    return Outcome(MessageStatus.SENT, accepted.provider_id) if accepted else None


def note(work: Work, message_id: MessageId, outcome: Outcome) -> None:
    """Write down what became of an attempt; what is settled already stays."""
    query = select(col(Message.tried_at), col(Message.attempts), col(Message.made_at)).where(
        col(Message.id) == message_id
    )
    row = work.session.connection().execute(query).first()
    if row is None:
        return
    values: dict[str, object] = {"status": outcome.status, "reason": outcome.reason[:500]}
    if outcome.status is MessageStatus.SENT:
        values |= {"sent_at": row.tried_at or work.now, "provider_id": outcome.provider_id}
    if outcome.status is MessageStatus.WAITING:
        values |= _once_more(work.now, row.made_at, row.attempts, outcome)
    mine = update(Message).where(
        col(Message.id) == message_id,
        col(Message.status).in_([MessageStatus.SENDING, MessageStatus.DOUBTFUL]),
    )
    work.session.connection().execute(mine.values(**values))
    if outcome.ended:
        ended = update(PushSubscription).where(
            col(PushSubscription.endpoint).in_(outcome.ended),
            col(PushSubscription.ended_at).is_(None),
        )
        work.session.connection().execute(ended.values(ended_at=work.now))


def give_up(work: Work, message_id: MessageId, reason: str) -> None:
    failed = update(Message).where(
        col(Message.id) == message_id, col(Message.status) == MessageStatus.WAITING
    )
    work.session.connection().execute(failed.values(status=MessageStatus.FAILED, reason=reason))


def _once_more(
    now: datetime, made_at: datetime, attempts: int, outcome: Outcome
) -> dict[str, object]:
    if now - made_at > GIVES_UP_AFTER:
        return {"status": MessageStatus.FAILED}
    pause = min(timedelta(minutes=2 ** min(attempts - 1, 6)), LONGEST_PAUSE)
    wait = max(pause if not outcome.again_in else outcome.again_in, timedelta(seconds=5))
    return {"due_at": now + min(wait, LONGEST_PAUSE), "queued_at": None}
