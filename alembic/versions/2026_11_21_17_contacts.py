"""Whom messages reach, what a studio wants sent, and what people allowed."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, append_only, audited, fence

revision = "17_contacts"
down_revision = "16_jobs"

AUDITED = ("contact", "muted", "template", "kind_choice", "messaging_settings")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column("guardianship", sa.Column("receives_billing", sa.Boolean(), nullable=True))
    for table in (_contact, _consent, _muted, _template, _kind_choice, _messaging_settings):
        table()
    _push_subscription()
    for name in (*AUDITED, "consent", "push_subscription"):
        for statement in fence(name):
            op.execute(statement)
    for name in AUDITED:
        for statement in audited(name):
            op.execute(statement)
    for statement in (
        *append_only("consent"),
        *audited("push_subscription", hide=("endpoint", "p256dh", "auth")),
    ):
        op.execute(statement)


def owned() -> tuple[sa.schema.SchemaItem, ...]:
    """What every studio-owned table has."""
    return (
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )


def _contact() -> None:
    op.create_table(
        "contact",
        *owned(),
        sa.Column("guardian_id", sa.Uuid(), nullable=True),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("quiet_from", sa.String(), nullable=False),
        sa.Column("quiet_until", sa.String(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(guardian_id, student_id, teacher_id, person_id) = 1",
            name="contact_is_one_of_them",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(
            ["studio_id", "guardian_id"], ["guardian.studio_id", "guardian.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"], ["student.studio_id", "student.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "teacher_id"], ["teacher.studio_id", "teacher.id"], ondelete="CASCADE"
        ),
        sa.UniqueConstraint("studio_id", "guardian_id", name="contact_once_per_guardian"),
        sa.UniqueConstraint("studio_id", "person_id", name="contact_once_per_person"),
        sa.UniqueConstraint("studio_id", "student_id", name="contact_once_per_student"),
        sa.UniqueConstraint("studio_id", "teacher_id", name="contact_once_per_teacher"),
    )


def _consent() -> None:
    op.create_table(
        "consent",
        *owned(),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "contact_id"], ["contact.studio_id", "contact.id"], ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "studio_id", "contact_id", "channel", "purpose", "nth", name="consent_in_order"
        ),
    )
    op.create_index("consent_of_address", "consent", ["studio_id", "address"], unique=False)


def _muted() -> None:
    op.create_table(
        "muted",
        *owned(),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "contact_id"], ["contact.studio_id", "contact.id"], ondelete="CASCADE"
        ),
        sa.UniqueConstraint("studio_id", "contact_id", "category", "channel", name="muted_once"),
    )


def _template() -> None:
    op.create_table(
        "template",
        *owned(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("studio_id", "kind", "language", name="template_once"),
    )


def _kind_choice() -> None:
    op.create_table(
        "kind_choice",
        *owned(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("studio_id", "kind", "channel", name="kind_choice_once"),
    )


def _messaging_settings() -> None:
    op.create_table(
        "messaging_settings",
        *owned(),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("reminder_hours", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=True),
        sa.Column("sms_number", sa.String(), nullable=True),
        sa.Column("reply_to", sa.String(), nullable=False),
        sa.CheckConstraint(
            "reminder_hours <@ array[1,2,3,4,6,8,12,24,36,48,72]::smallint[]",
            name="messaging_reminder_hours",
        ),
        sa.UniqueConstraint("sms_number", name="messaging_number_is_one_studios"),
        sa.UniqueConstraint("studio_id", name="messaging_settings_one"),
    )


def _push_subscription() -> None:
    op.create_table(
        "push_subscription",
        *owned(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.UniqueConstraint("studio_id", "endpoint", name="push_subscription_once"),
    )
    op.create_index(
        "ix_push_subscription_person_id", "push_subscription", ["person_id"], unique=False
    )
