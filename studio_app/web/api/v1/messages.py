"""What was sent, what came back, and writing to many. Times in words are the studio's."""

from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body

from studio_app.kit.ids import (
    BulkId,
    ContactId,
    FamilyId,
    LessonId,
    MessageId,
    StudentId,
    TeacherId,
    new_id,
)
from studio_app.messaging.commands.answering import answer_reply
from studio_app.messaging.commands.bulk import Draft, send_to_many
from studio_app.messaging.commands.replying import mark_reply_read
from studio_app.messaging.commands.resending import retry_bulk, see_to, send_again
from studio_app.messaging.queries.bulk import Audience, BulkProgress, Channel, bulk_progress
from studio_app.messaging.queries.deliverability import Delivered, deliverability
from studio_app.messaging.queries.log import About, MessagePage, Which, messages
from studio_app.messaging.queries.messages import MessageView, message
from studio_app.messaging.queries.replies import ReplyPage, replies
from studio_app.people.queries.students import StudentStatus
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit, Words

router = APIRouter(prefix="/api/v1", tags=["messages"])


@dataclass(frozen=True, slots=True)
class Letter:
    """A text for many. `body` may say {{ name }}, {{ first_name }} and {{ studio }}; by text or
    notification at most 600 characters. Without `student_ids` everything else given holds."""

    subject: str
    body: str
    channels: list[Channel]
    is_news: bool = False
    statuses: list[StudentStatus] = field(default_factory=lambda: [StudentStatus.ACTIVE])
    teacher_id: TeacherId | None = None
    instrument: str = ""
    student_ids: list[StudentId] = field(default_factory=list[StudentId])

    def audience(self) -> Audience:
        return Audience(
            tuple(self.statuses), self.teacher_id, self.instrument, tuple(self.student_ids)
        )


@dataclass(frozen=True, slots=True)
class TriedAgain:
    """How many messages are on their way again."""

    messages: int


@router.get("/messages")
def list_messages(
    asking: Asking,
    *,
    which: Which = Which.ALL,
    kind: Words = "",
    channel: Channel | None = None,
    text: Words = "",
    contact_id: ContactId | None = None,
    student_id: StudentId | None = None,
    family_id: FamilyId | None = None,
    lesson_id: LessonId | None = None,
    after: MessageId | None = None,
    limit: Limit = 50,
) -> MessagePage:
    """The log, the latest first: all, `waiting`, or `undelivered` and not seen to; `text` is part
    of a name or address. Ask for `after=next_after` until it is null."""
    about = About(contact_id, student_id, family_id, lesson_id)
    return asking.run(
        messages,
        which=which,
        kind=kind,
        channel=channel,
        text=text,
        about=about,
        after=after,
        limit=limit,
    )


@router.get("/messages/deliverability")
def read_deliverability(asking: Asking) -> list[Delivered]:
    """Of the last thirty days, by each way that leaves the house."""
    return asking.run(deliverability)


@router.post("/messages/bulk", status_code=201)
def write_to_many(asking: Asking, letter: Letter) -> Made:
    """Send with an Idempotency-Key: the same key again is the same text, sent once. 422 where
    nobody would get it."""
    draft = Draft(letter.subject, letter.body, tuple(letter.channels), letter.is_news)
    key = asking.key or str(new_id())
    return Made(asking.run(send_to_many, draft, letter.audience(), key=key))


@router.get("/messages/bulk/{bulk_id}")
def read_progress(asking: Asking, bulk_id: BulkId) -> BulkProgress:
    """How far it has come; `lost` names what failed and what nobody knows of."""
    return asking.run(bulk_progress, bulk_id)


@router.post("/messages/bulk/{bulk_id}/retry")
def retry(asking: Asking, bulk_id: BulkId) -> TriedAgain:
    """Tries again what failed, and only that; 422 where nothing did."""
    return TriedAgain(asking.run(retry_bulk, bulk_id))


@router.get("/messages/{message_id}")
def read_message(asking: Asking, message_id: MessageId) -> MessageView:
    """One message with who caused it, its words as they left, and what became of it."""
    return asking.run(message, message_id)


@router.post("/messages/{message_id}/send-again", status_code=204)
def send_once_more(asking: Asking, message_id: MessageId) -> None:
    """One that failed, or of which nobody knows; 422 for any other."""
    asking.run(send_again, message_id)


@router.post("/messages/{message_id}/seen-to", status_code=204)
def take_care(asking: Asking, message_id: MessageId) -> None:
    """Somebody has taken care of it another way."""
    asking.run(see_to, message_id)


@router.get("/message-replies")
def list_replies(
    asking: Asking,
    lesson_id: LessonId | None = None,
    after: UUID | None = None,
    limit: Limit = 50,
) -> ReplyPage:
    """Texts that came in: what nobody has read first, then the latest."""
    return asking.run(replies, lesson_id=lesson_id, after=after, limit=limit)


@router.post("/message-replies/{reply_id}/read", status_code=204)
def read_reply(asking: Asking, reply_id: UUID) -> None:
    asking.run(mark_reply_read, reply_id)


@router.post("/message-replies/{reply_id}/answer", status_code=204)
def answer(asking: Asking, reply_id: UUID, words: Annotated[str, Body(embed=True)]) -> None:
    """A text back, at most 600 characters; 422 where they have not allowed texts."""
    asking.run(answer_reply, reply_id, words)
