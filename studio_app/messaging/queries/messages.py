"""One message, whole: the words as they left, and everything that led to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.audit import AuditEntry
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_when
from studio_app.kit.ids import BulkId, ContactId, LessonId, MessageId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.listed import named_messages
from studio_app.messaging.models.messages import Message
from studio_app.messaging.queries.log import MessageRow, row_of
from studio_app.messaging.rules.states import UNDELIVERED
from studio_app.scheduling.models.lessons import Lesson

_BEHIND = {
    "SignInLinkAsked": _("Somebody asked for a link to sign in."),
    "InvitationSent": _("Somebody was invited."),
    "InvoiceSent": _("An invoice was sent."),
    "PaymentReceived": _("A payment was recorded."),
    "AttendanceMarked": _("A student was marked as not having come."),
    "FocusWritten": _("It was written down what to practise."),
    "DeliveryDied": _("Something in the background failed."),
    "send_to_many": _("It was written to many."),
    "say_running_late": _("The teacher said so."),
    "receive_text": _("A text came in."),
    "answer_reply": _("A text was answered."),
    "test": _("Somebody tried out the words."),
}


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message with its history in words; times are the studio's, empty where they never were."""

    row: MessageRow
    contact_id: ContactId | None
    address: str
    caused_by: str
    """Who did what it tells of; empty where Cadenza did it by itself"""
    why: str
    made: str
    due: str
    tried: str
    sent: str
    read: str
    seen_to: str
    attempts: int
    template_version: int
    """0: the words Cadenza comes with"""
    language: str
    provider_id: str
    body: str
    """As it left; empty until then"""
    is_urgent: bool
    can_send_again: bool
    lesson_id: LessonId | None
    lesson_at: datetime | None
    lesson_when: str
    bulk_id: BulkId | None


@requires(Permission.MESSAGE_VIEW)
def message(work: Work, message_id: MessageId) -> MessageView:
    """Raises NotFound where there is none."""
    query = named_messages().where(col(Message.id) == message_id)
    row = work.session.connection().execute(query).first()
    if row is None:
        raise NotFound
    zone, locale = studio_zone(work), work.actor.locale

    def said(at: datetime | None) -> str:
        return say_when(at, zone, locale) if at else ""

    lesson = work.session.get(Lesson, row.lesson_id) if row.lesson_id else None
    return MessageView(
        row=row_of(row, zone, locale),
        contact_id=row.contact_id,
        address=row.address,
        caused_by=_person_behind(work, row.cause),
        why=str(_said_why(row.why, row.kind)),
        made=said(row.made_at),
        due=said(row.due_at),
        tried=said(row.tried_at),
        sent=said(row.sent_at),
        read=said(row.read_at),
        seen_to=said(row.seen_to_at),
        attempts=row.attempts,
        template_version=row.template_version,
        language=row.language,
        provider_id=row.provider_id,
        body=row.body,
        is_urgent=row.urgent,
        can_send_again=row.status in {one.value for one in UNDELIVERED},
        lesson_id=row.lesson_id,
        lesson_at=lesson.starts_at if lesson else None,
        lesson_when=said(lesson.starts_at) if lesson else "",
        bulk_id=row.bulk_id,
    )


def _person_behind(work: Work, cause: UUID | None) -> str:
    if cause is None:
        return ""
    query = (
        select(col(Person.name))
        .join(AuditEntry, col(AuditEntry.person_id) == col(Person.id))
        .where(col(AuditEntry.id) == cause)
    )
    return work.session.connection().execute(query).scalar_one_or_none() or ""


def _said_why(why: str, kind: str) -> Text | str:
    hours, _space, rest = why.partition(" ")
    if rest == "hours before" and hours.isdigit():
        n = int(hours)
        return many("{n} hour before the lesson.", "{n} hours before the lesson.", n=n)
    return _BEHIND.get(why, "" if why == kind else why)
