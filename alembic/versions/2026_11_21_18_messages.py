"""Messages, what was sent to many, and what came back."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "18_messages"
down_revision = "17_contacts"

PERSONAL = ("address", "subject", "body", "facts", "reason")
# What the clock and a vendor's call may ask before a studio is known: ids, and nothing else.
QUESTIONS = {
    "messaging_studios_due(at timestamptz)": """
      returns table (id uuid)
      select distinct studio_id from message
      where status in ('waiting', 'sending') and due_at <= at""",
    "messaging_studios_teaching(from_at timestamptz, until_at timestamptz)": """
      returns table (id uuid)
      select s.id from studio s where exists (select from lesson l where l.studio_id = s.id
        and l.starts_at >= from_at and l.starts_at < until_at)""",
    "messaging_studios_at_morning(at timestamptz)": """
      returns table (id uuid)
      select m.studio_id from messaging_settings m join studio s on s.id = m.studio_id
      where m.started_at is not null and m.digest_at is not null
        and (at at time zone s.timezone)::time >= m.digest_at
        and (at at time zone s.timezone)::time - m.digest_at < interval '2 hours'""",
    "messaging_studio_of_number(number text)": """
      returns table (id uuid)
      select studio_id from messaging_settings where sms_number = number""",
    "messaging_studios_texted(number text)": """
      returns table (id uuid)
      select studio_id from message where channel = 'text' and address = number
        and tried_at is not null
      group by studio_id order by max(tried_at) desc""",
}


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column("seat", sa.Column("confirmed_for", sa.DateTime(timezone=True), nullable=True))
    for table in (_bulk, _message, _reply):
        table()
    for name, hidden in (("bulk", ()), ("message", PERSONAL), ("reply", ("number", "text"))):
        for statement in (*fence(name), *audited(name, hide=hidden)):
            op.execute(statement)
    for signature, body in QUESTIONS.items():
        returns, query = body.split(")", 1)
        op.execute(
            f"create function {signature}{returns}) stable security definer language sql"
            f" set search_path = public, pg_temp as $${query}$$"
        )
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {APP_ROLE}")


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


def _bulk() -> None:
    op.create_table(
        "bulk",
        *owned(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("is_news", sa.Boolean(), nullable=False),
        sa.Column("channels", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("chosen", JSONB(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("studio_id", "key", name="bulk_once"),
    )


def _message() -> None:
    op.create_table(
        "message",
        *owned(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("about_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=True),
        sa.Column("bulk_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("cause", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("seen_to_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["studio_id", "bulk_id"], ["bulk.studio_id", "bulk.id"]),
        sa.ForeignKeyConstraint(
            ["studio_id", "contact_id"],
            ["contact.studio_id", "contact.id"],
            ondelete="SET NULL (contact_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_id"],
            ["lesson.studio_id", "lesson.id"],
            ondelete="SET NULL (lesson_id)",
        ),
        sa.UniqueConstraint("studio_id", "dedupe_key", name="message_once"),
    )
    op.create_index(
        "message_by_provider",
        "message",
        ["provider_id"],
        unique=False,
        postgresql_where=sa.text("provider_id <> ''"),
    )
    op.create_index(
        "message_due",
        "message",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("status in ('waiting', 'sending')"),
    )
    op.create_index("message_of_bulk", "message", ["studio_id", "bulk_id"], unique=False)
    op.create_index(
        "message_of_contact", "message", ["studio_id", "contact_id", "made_at"], unique=False
    )
    op.create_index("message_of_lesson", "message", ["studio_id", "lesson_id"], unique=False)
    op.create_index("message_of_studio", "message", ["studio_id", "made_at"], unique=False)
    op.create_index(
        "message_texted",
        "message",
        ["address"],
        unique=False,
        postgresql_where=sa.text("channel = 'text'"),
    )
    op.create_index(
        "message_undelivered",
        "message",
        ["studio_id"],
        unique=False,
        postgresql_where=sa.text("status in ('failed', 'doubtful') and seen_to_at is null"),
    )


def _reply() -> None:
    op.create_table(
        "reply",
        *owned(),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("heard", sa.String(), nullable=False),
        sa.Column("choices", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "contact_id"],
            ["contact.studio_id", "contact.id"],
            ondelete="SET NULL (contact_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_id"],
            ["lesson.studio_id", "lesson.id"],
            ondelete="SET NULL (lesson_id)",
        ),
        sa.UniqueConstraint("studio_id", "provider_id", name="reply_once"),
    )
    op.create_index(
        "reply_of_number", "reply", ["studio_id", "number", "received_at"], unique=False
    )
    op.create_index("reply_of_studio", "reply", ["studio_id", "received_at"], unique=False)
