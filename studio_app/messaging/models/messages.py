"""Who is written to, what was written, and what came back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from studio_app.kit.ids import (
    BulkId,
    ContactId,
    GuardianId,
    LessonId,
    MessageId,
    PersonId,
    StudentId,
    TeacherId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import Heard, MessageStatus


class Contact(StudioOwned, table=True):
    """Somebody messages can reach: a guardian, a student, a teacher, or a member of the office.

    Addresses stay where they are kept; here is what only messages need to know.
    """

    __table_args__ = studio_table(
        same_studio("guardian_id", "guardian", ondelete="CASCADE"),
        same_studio("student_id", "student", ondelete="CASCADE"),
        same_studio("teacher_id", "teacher", ondelete="CASCADE"),
        UniqueConstraint("studio_id", "guardian_id", name="contact_once_per_guardian"),
        UniqueConstraint("studio_id", "student_id", name="contact_once_per_student"),
        UniqueConstraint("studio_id", "teacher_id", name="contact_once_per_teacher"),
        UniqueConstraint("studio_id", "person_id", name="contact_once_per_person"),
        CheckConstraint(
            "num_nonnulls(guardian_id, student_id, teacher_id, person_id) = 1",
            name="contact_is_one_of_them",
        ),
    )

    id: ContactId = key()
    guardian_id: GuardianId | None = ref(default=None, index=False)
    student_id: StudentId | None = ref(default=None, index=False)
    teacher_id: TeacherId | None = ref(default=None, index=False)
    person_id: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    quiet_from: str = Field(default="", description="own quiet hours, as 21:00; wall time")
    quiet_until: str = ""


class Message(StudioOwned, table=True):
    """One message to one person by one way. Its words are written when it leaves."""

    __table_args__ = studio_table(
        same_studio("contact_id", "contact", ondelete="SET NULL (contact_id)"),
        same_studio("lesson_id", "lesson", ondelete="SET NULL (lesson_id)"),
        same_studio("bulk_id", "bulk"),
        UniqueConstraint("studio_id", "dedupe_key", name="message_once"),
        Index("message_of_studio", "studio_id", "made_at"),
        Index("message_of_lesson", "studio_id", "lesson_id"),
        Index("message_of_contact", "studio_id", "contact_id", "made_at"),
        Index("message_of_bulk", "studio_id", "bulk_id"),
        Index("message_by_provider", "provider_id", postgresql_where=text("provider_id <> ''")),
        Index("message_texted", "address", postgresql_where=text("channel = 'text'")),
        Index("message_due", "due_at", postgresql_where=text("status in ('waiting', 'sending')")),
        Index(
            "message_unread",
            "studio_id",
            "contact_id",
            postgresql_where=text("channel = 'inbox' and status = 'sent' and read_at is null"),
        ),
        Index(
            "message_undelivered",
            "studio_id",
            postgresql_where=text("status in ('failed', 'doubtful') and seen_to_at is null"),
        ),
    )

    id: MessageId = key()
    kind: str
    channel: Channel = Field(sa_type=String)
    contact_id: ContactId | None = ref(default=None, index=False)
    dedupe_key: str
    about_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))  # type: ignore[call-overload]
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """What only the moment knew: where a lesson was, how late somebody runs. Personal"""
    lesson_id: LessonId | None = ref(default=None, index=False)
    bulk_id: BulkId | None = ref(default=None, index=False)
    why: str = Field(default="", description="the event or the person behind it")
    cause: UUID | None = Field(default=None, sa_type=Uuid, description="an audit entry")
    status: MessageStatus = Field(default=MessageStatus.WAITING, sa_type=String)
    made_at: datetime = instant()
    due_at: datetime = instant()
    queued_at: datetime | None = instant(default=None)
    tried_at: datetime | None = instant(default=None)
    sent_at: datetime | None = instant(default=None)
    read_at: datetime | None = instant(default=None)
    attempts: int = 0
    address: str = Field(default="", description="personal")
    subject: str = Field(default="", description="personal")
    body: str = Field(default="", description="personal")
    path: str = ""
    language: str = ""
    template_version: int = 0
    provider_id: str = ""
    reason: str = Field(default="", description="why it was not sent, or what the vendor said")
    urgent: bool = False
    quiet: list[str] = Field(default_factory=list, sa_type=ARRAY(String))  # type: ignore[call-overload]
    zone: str = Field(default="", description="with `quiet`: what I12 is checked by")
    seen_to_at: datetime | None = instant(default=None)


class Bulk(StudioOwned, table=True):
    """One text for many: who asked for it, whom it went to."""

    __table_args__ = studio_table(UniqueConstraint("studio_id", "key", name="bulk_once"))

    id: BulkId = key()
    key: str
    subject: str
    body: str
    is_news: bool = False
    channels: list[str] = Field(sa_type=ARRAY(String))  # type: ignore[call-overload]
    chosen: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    to_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))  # type: ignore[call-overload]
    """The contacts of those it is for, as they were when the button was pressed"""
    prepared: int = 0
    """How many of them have been gone through, in their order: their messages are there"""
    recipients: int = 0
    """Whom it could reach when the button was pressed"""
    made_by: PersonId | None = ref(default=None, index=False)
    made_at: datetime = instant()


class Reply(StudioOwned, table=True):
    """A text that came in: what it said, what it was understood as, what it is about."""

    __table_args__ = studio_table(
        same_studio("contact_id", "contact", ondelete="SET NULL (contact_id)"),
        same_studio("lesson_id", "lesson", ondelete="SET NULL (lesson_id)"),
        UniqueConstraint("studio_id", "provider_id", name="reply_once"),
        Index("reply_of_studio", "studio_id", "received_at"),
        Index("reply_of_number", "studio_id", "number", "received_at"),
    )

    id: UUID = key()
    provider_id: str
    number: str = Field(description="personal")
    contact_id: ContactId | None = ref(default=None, index=False)
    lesson_id: LessonId | None = ref(default=None, index=False)
    text: str = Field(description="personal")
    heard: Heard = Field(sa_type=String)
    choices: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))  # type: ignore[call-overload]
    """The seats asked about, in the order of their numbers"""
    received_at: datetime = instant()
    read_at: datetime | None = instant(default=None)


class PushSubscription(StudioOwned, table=True):
    """A browser that wants notifications for somebody of this studio."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "endpoint", name="push_subscription_once"),
    )

    id: UUID = key()
    person_id: PersonId = ref(foreign_key="person.id")
    endpoint: str
    p256dh: str
    auth: str
    device: str = ""
    ended_at: datetime | None = instant(default=None)
