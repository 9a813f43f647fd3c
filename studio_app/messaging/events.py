"""What messaging tells itself: the work behind a message is a job like any other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from studio_app.kit.ids import BulkId, MessageId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class MessageReady(Event):
    """A message may go now."""

    message_id: MessageId
    at: datetime
    """When it was made ready; a message can become ready more than once"""


@dataclass(frozen=True, slots=True)
class BulkDue(Event):
    """A text for many has messages that are still to be written."""

    bulk_id: BulkId
    cause: UUID
    """The audit entry of whoever sent it: its parts are written one after the other"""
