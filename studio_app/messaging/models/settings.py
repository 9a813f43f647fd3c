"""What a studio wants sent, in which words; who wants to hear of what."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, SmallInteger, String, UniqueConstraint
from sqlmodel import Field

from studio_app.kit.ids import ContactId, PersonId
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table
from studio_app.messaging.rules.kinds import Category, Channel
from studio_app.messaging.rules.states import Purpose


class MessagingSettings(StudioOwned, table=True):
    """One row for a studio, once it has chosen something."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", name="messaging_settings_one"),
        UniqueConstraint("sms_number", name="messaging_number_is_one_studios"),
        CheckConstraint(
            "reminder_hours <@ array[1,2,3,4,6,8,12,24,36,48,72]::smallint[]",
            name="messaging_reminder_hours",
        ),
    )

    id: UUID = key()
    started_at: datetime | None = instant(default=None)
    """From when on families are told of changes by themselves; empty: not yet"""
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    reminder_hours: list[int] = Field(default_factory=lambda: [24, 2], sa_type=ARRAY(SmallInteger))  # type: ignore[call-overload]
    digest_at: time | None = Field(default=time(8))
    sms_number: str | None = None
    reply_to: str = ""


class KindChoice(StudioOwned, table=True):
    """Where a studio's choice of ways differs from what ships."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "kind", "channel", name="kind_choice_once"),
    )

    id: UUID = key()
    kind: str
    channel: Channel = Field(sa_type=String)
    is_on: bool


class Template(StudioOwned, table=True):
    """A studio's own words for one kind in one language."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "kind", "language", name="template_once"),
    )

    id: UUID = key()
    kind: str
    language: str
    subject: str
    body: str
    short: str
    version: int = 1


class Muted(StudioOwned, table=True):
    """What somebody does not want to hear of by one way. Kept as they last chose."""

    __table_args__ = studio_table(
        same_studio("contact_id", "contact", ondelete="CASCADE"),
        UniqueConstraint("studio_id", "contact_id", "category", "channel", name="muted_once"),
    )

    id: UUID = key()
    contact_id: ContactId = ref(index=False)
    category: Category = Field(sa_type=String)
    channel: Channel = Field(sa_type=String)


class Consent(StudioOwned, table=True):
    """Somebody allowed, or forbade, messages by a way to an address. Only ever added to."""

    __table_args__ = studio_table(
        same_studio("contact_id", "contact", ondelete="CASCADE"),
        UniqueConstraint(
            "studio_id", "contact_id", "channel", "purpose", "nth", name="consent_in_order"
        ),
        Index("consent_of_address", "studio_id", "address"),
    )

    id: UUID = key()
    contact_id: ContactId = ref(index=False)
    channel: Channel = Field(sa_type=String)
    purpose: Purpose = Field(sa_type=String)
    nth: int = 1
    given: bool
    address: str = Field(description="personal")
    wording: str
    source: str
    recorded_at: datetime = instant()
    recorded_by: PersonId | None = ref(default=None, index=False)
