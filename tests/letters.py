"""What Harmony wrote to its families and heard from them, for the stage."""

from typing import Any

from studio_app.kit.access import Actor
from studio_app.messaging.access.audience import Audience
from studio_app.messaging.commands.bulk import Draft, send_to_many
from studio_app.messaging.commands.replying import Arrived, receive_text
from studio_app.messaging.queries.log import Channel, messages
from studio_app.messaging.queries.messages import message
from studio_app.messaging.queries.replies import replies

WRITTEN = "Zephyrine concert"
NUMBER = "+447700900555"


def write_and_hear(stage: Any) -> None:
    """A letter to everybody, which waits, and a text from a number nobody has."""
    olivia, ids = stage.cast.olivia, stage.ids
    draft = Draft(WRITTEN, f"{WRITTEN} on Friday", (Channel.EMAIL,))
    ids["bulk_id"] = stage.run(olivia, send_to_many, draft, Audience(), key="concert")
    ids["message_id"] = stage.run(olivia, messages, kind="by_hand").rows[0].id
    ids["contact_id"] = stage.run(olivia, message, ids["message_id"]).contact_id
    arrived = Arrived("SM1", NUMBER, f"{WRITTEN}?")
    stage.run(Actor.system(stage.cast.harmony), receive_text, arrived)
    ids["reply_id"] = stage.run(olivia, replies).rows[0].id
