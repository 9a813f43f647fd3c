"""Imports: batches, rows, what they made, what they propose."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from studio_app.kit.tables import audited, fence

revision = "10_imports"
down_revision = "09_billing_invoices"


# The rows of a file are copies on their way in: the audit keeps what becomes of them, not them.
HIDDEN = {
    "import_row": ("cells", "fixes", "parsed", "problems", "family_key"),
    "import_balance": ("family_key",),
    "import_made": ("filled",),
    "import_todo": ("params",),
}
TABLES = (
    "import_batch",
    "import_row",
    "import_balance",
    "import_made",
    "series_proposal",
    "import_todo",
)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _tables()
    for table in TABLES:
        for statement in [*fence(table), *audited(table, hide=HIDDEN.get(table, ()))]:
            op.execute(statement)


def _tables() -> None:
    op.create_table(
        "import_batch",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("delimiter", sa.String(), nullable=False),
        sa.Column("headings", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("preamble", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("order_chosen", sa.String(), nullable=True),
        sa.Column("order_found", sa.String(), nullable=False),
        sa.Column("order_evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("opening_on", sa.Date(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_on_undo", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at is not null)", name="import_batch_undone_when"
        ),
        sa.CheckConstraint(
            "(state in ('applied', 'undone')) = (applied_at is not null)",
            name="import_batch_applied_when",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(
        "import_batch_by_file", "import_batch", ["studio_id", "file_hash"], unique=False
    )
    op.create_table(
        "import_balance",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("family_key", sa.String(), nullable=False),
        sa.Column("lines", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("typed", sa.Boolean(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("posted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "batch_id"],
            ["import_batch.studio_id", "import_batch.id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "batch_id", "family_key", name="import_balance_once"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_table(
        "import_made",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_id", sa.Uuid(), nullable=False),
        sa.Column("filled", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "batch_id"],
            ["import_batch.studio_id", "import_batch.id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("import_made_in_batch", "import_made", ["studio_id", "batch_id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("fixes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("parsed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("suggested", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("family_key", sa.String(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=True),
        sa.Column("same_as_line", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "batch_id"],
            ["import_batch.studio_id", "import_batch.id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "batch_id", "line", name="import_row_once_per_line"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(
        "import_row_in_group",
        "import_row",
        ["studio_id", "batch_id", "outcome", "line"],
        unique=False,
    )
    op.create_table(
        "import_todo",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "batch_id"],
            ["import_batch.studio_id", "import_batch.id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"], ["student.studio_id", "student.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("import_todo_open", "import_todo", ["studio_id", "done_at"], unique=False)
    op.create_table(
        "series_proposal",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'confirmed') = (series_id is not null)", name="proposal_confirmed_as"
        ),
        sa.CheckConstraint("weekday between 1 and 7", name="proposal_weekday_is_iso"),
        sa.ForeignKeyConstraint(
            ["studio_id", "batch_id"],
            ["import_batch.studio_id", "import_batch.id"],
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "series_id"],
            ["series.studio_id", "series.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"], ["student.studio_id", "student.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "teacher_id"], ["teacher.studio_id", "teacher.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint(
            "studio_id", "student_id", "teacher_id", "weekday", "at", name="proposal_made_once"
        ),
    )
