"""What Harmony wrote to its families and heard from them, for the stage."""

from typing import Any

from sqlmodel import col, select

from studio_app.kit.access import Actor, Permission
from studio_app.kit.audit import AuditChange
from studio_app.kit.ids import BulkId
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.audience import Audience
from studio_app.messaging.commands.bulk import Draft, send_to_many, write_the_next
from studio_app.messaging.commands.replying import Arrived, receive_text
from studio_app.messaging.events import BulkDue
from studio_app.messaging.queries.log import Channel, messages
from studio_app.messaging.queries.messages import message
from studio_app.messaging.queries.replies import replies

WRITTEN = "Zephyrine concert"
NUMBER = "+447700900555"


@requires(Permission.JOBS_RUN)
def write_to_all(work: Work, bulk_id: BulkId) -> None:
    """As the queue does after a text for many was sent to a few."""
    pressed = select(AuditChange.entry_id).where(AuditChange.row_id == bulk_id)
    first = work.session.exec(pressed.order_by(col(AuditChange.id)).limit(1)).one()
    write_the_next(work, BulkDue(bulk_id, first))


def write_and_hear(stage: Any) -> None:
    """A letter to everybody, which waits, and a text from a number nobody has."""
    olivia, ids = stage.cast.olivia, stage.ids
    draft = Draft(WRITTEN, f"{WRITTEN} on Friday", (Channel.EMAIL,))
    ids["bulk_id"] = stage.run(olivia, send_to_many, draft, Audience(), key="concert")
    stage.run(Actor.system(stage.cast.harmony), write_to_all, ids["bulk_id"])
    ids["message_id"] = next(
        row.id for row in stage.run(olivia, messages, kind="by_hand").rows if "Gray" in row.who
    )
    ids["contact_id"] = stage.run(olivia, message, ids["message_id"]).contact_id
    arrived = Arrived("SM1", NUMBER, f"{WRITTEN}?")
    stage.run(Actor.system(stage.cast.harmony), receive_text, arrived)
    ids["reply_id"] = stage.run(olivia, replies).rows[0].id
