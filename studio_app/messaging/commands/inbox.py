"""Reading what came into one's own inbox."""

from sqlalchemy import select, update
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import MessageId
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.own import in_my_inbox
from studio_app.messaging.models.messages import Message


@requires(Permission.OWN_ACCOUNT)
def read_message(work: Work, message_id: MessageId) -> str:
    """Mark one's own message as read; the path it leads to."""
    query = select(Message).where(col(Message.id) == message_id, in_my_inbox(work))
    message = work.session.scalars(query.with_for_update(of=Message)).one_or_none()
    if message is None:
        raise NotFound
    message.read_at = message.read_at or work.now
    work.session.flush()
    return message.path


@requires(Permission.OWN_ACCOUNT)
def read_everything(work: Work) -> int:
    """Mark everything in one's inbox as read; how many that were."""
    unread = update(Message).where(in_my_inbox(work), col(Message.read_at).is_(None))
    return work.session.connection().execute(unread.values(read_at=work.now)).rowcount
