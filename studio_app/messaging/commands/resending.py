"""Seeing to messages that did not arrive."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import BulkId, MessageId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.messaging.commands.posting import announce
from studio_app.messaging.models.messages import Bulk, Message
from studio_app.messaging.rules.states import UNDELIVERED, MessageStatus


class NothingFailed(Refused):
    message = _("There is nothing here that failed.")


@requires(Permission.MESSAGE_SEND)
def send_again(work: Work, message_id: MessageId) -> None:
    """Try a message again that failed, or of which nobody knows: then a person decided it."""
    query = select(Message).where(col(Message.id) == message_id).with_for_update()
    message = work.session.scalars(query).one_or_none()
    if message is None:
        raise NotFound
    if message.status not in UNDELIVERED:
        raise NothingFailed
    _put_back(work, [message.id])


@requires(Permission.MESSAGE_SEND)
def retry_bulk(work: Work, bulk_id: BulkId) -> int:
    """Try again what failed of a bulk, and only that: what may have arrived is left alone."""
    if work.session.get(Bulk, bulk_id) is None:
        raise NotFound
    query = select(col(Message.id)).where(
        col(Message.bulk_id) == bulk_id, col(Message.status) == MessageStatus.FAILED
    )
    failed: Sequence[MessageId] = (
        work.session.connection().execute(query.with_for_update()).scalars().all()
    )
    if not failed:
        raise NothingFailed
    _put_back(work, failed)
    return len(failed)


@requires(Permission.MESSAGE_SEND)
def see_to(work: Work, message_id: MessageId) -> None:
    """Somebody has taken care of an undelivered message: it waits for nobody any more."""
    seen = update(Message).where(
        col(Message.id) == message_id, col(Message.status).in_(list(UNDELIVERED))
    )
    if work.session.connection().execute(seen.values(seen_to_at=work.now)).rowcount != 1:
        raise NotFound


@requires(Permission.MESSAGE_SEND)
def look_at_again(work: Work, message_id: MessageId) -> None:
    """Take back that somebody has taken care of it."""
    seen = update(Message).where(
        col(Message.id) == message_id, col(Message.status).in_(list(UNDELIVERED))
    )
    if work.session.connection().execute(seen.values(seen_to_at=None)).rowcount != 1:
        raise NotFound


def _put_back(work: Work, ids: Sequence[MessageId]) -> None:
    waiting = update(Message).where(col(Message.id).in_(ids))
    work.session.connection().execute(
        waiting.values(
            status=MessageStatus.WAITING,
            due_at=work.now,
            made_at=work.now,
            reason="",
            seen_to_at=None,
        )
    )
    announce(work, ids)
