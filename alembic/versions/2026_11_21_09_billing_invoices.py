"""Invoices, what is on them, and payments that settle them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import append_only, audited, fence

revision = "09_billing_invoices"
down_revision = "09_billing"


WRITTEN_ONCE = ("payment", "fee", "invoice_line", "allocation")
CHANGED = ("invoice", "invoice_item", "invoice_counter")

# Of a numbered document only these may ever change.
STATES = {"invoice": "sent_at, voided_at", "invoice_item": "released_at"}


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _tables()
    for table in (*WRITTEN_ONCE, *CHANGED):
        _all(fence(table))
    for table in WRITTEN_ONCE:
        _all(append_only(table))
    for table in CHANGED:
        _all(audited(table))
    for table, columns in STATES.items():
        _all(append_only(table))
        op.execute(f"grant update ({columns}) on {table} to {APP_ROLE}")


def _all(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "invoice_counter",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", name="invoice_counter_one"),
    )
    op.create_table(
        "invoice",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("billed_to", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_until", sa.Date(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("due_on >= issued_on", name="invoice_due_after_it_is_issued"),
        sa.ForeignKeyConstraint(
            ["studio_id", "corrects_id"],
            ["invoice.studio_id", "invoice.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "number", name="invoice_number_once"),
    )
    op.create_index("invoice_by_day", "invoice", ["studio_id", "issued_on"], unique=False)
    op.create_index("ix_invoice_corrects_id", "invoice", ["corrects_id"], unique=False)
    op.create_index("ix_invoice_family_id", "invoice", ["family_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name="payment_is_positive"),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "key", name="payment_once_per_key"),
    )
    op.create_index("ix_payment_family_id", "payment", ["family_id"], unique=False)
    op.create_table(
        "fee",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"],
            ["student.studio_id", "student.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("ix_fee_family_id", "fee", ["family_id"], unique=False)
    op.create_table(
        "invoice_line",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_minor", sa.BigInteger(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "unit_minor is null or unit_minor * quantity = amount_minor",
            name="invoice_line_is_quantity_times_price",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "corrects_id"],
            ["invoice_line.studio_id", "invoice_line.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "invoice_id"],
            ["invoice.studio_id", "invoice.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"],
            ["student.studio_id", "student.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint(
            "studio_id", "invoice_id", "position", name="invoice_line_in_its_place"
        ),
    )
    op.create_index("ix_invoice_line_corrects_id", "invoice_line", ["corrects_id"], unique=False)
    op.create_index("ix_invoice_line_invoice_id", "invoice_line", ["invoice_id"], unique=False)
    op.create_table(
        "allocation",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=True),
        sa.Column("credit_note_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(amount_minor < 0) = (reverses_id is not null)", name="allocation_negative_reverses"
        ),
        sa.CheckConstraint(
            "num_nonnulls(transaction_id, credit_note_id) = 1", name="allocation_has_one_source"
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "credit_note_id"],
            ["invoice.studio_id", "invoice.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "invoice_id"],
            ["invoice.studio_id", "invoice.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "reverses_id"],
            ["allocation.studio_id", "allocation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "transaction_id"],
            ["ledger_transaction.studio_id", "ledger_transaction.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "reverses_id", name="allocation_reversed_once"),
    )
    op.create_index("ix_allocation_credit_note_id", "allocation", ["credit_note_id"], unique=False)
    op.create_index("ix_allocation_invoice_id", "allocation", ["invoice_id"], unique=False)
    op.create_index("ix_allocation_transaction_id", "allocation", ["transaction_id"], unique=False)
    op.create_table(
        "invoice_item",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "line_id"],
            ["invoice_line.studio_id", "invoice_line.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "transaction_id"],
            ["ledger_transaction.studio_id", "ledger_transaction.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(
        "invoice_item_billed_once",
        "invoice_item",
        ["studio_id", "transaction_id"],
        unique=True,
        postgresql_where=sa.text("released_at is null"),
    )
    op.create_index("ix_invoice_item_line_id", "invoice_item", ["line_id"], unique=False)
