"""The ledger and prices."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from studio_app.kit.tables import append_only, audited, fence

revision = "09_billing"
down_revision = "08_attendance"


WRITTEN_ONCE = ("ledger_transaction", "ledger_entry")
CHANGED = ("price_plan", "billing_arrangement")

# The checks run as the owner: behind the fence the planner, before it has statistics, takes the
# studio for the narrowest condition and reads all of its entries for every transaction.
ZERO_SUM = """
create function ledger_sums_to_zero() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if exists (select from ledger_entry where transaction_id = new.transaction_id
             group by currency having sum(amount_minor) <> 0) then
    raise exception 'the entries of a ledger transaction must sum to zero'
      using errcode = 'check_violation', constraint = 'ledger_sums_to_zero';
  end if;
  return null;
end $$;
create constraint trigger ledger_sums_to_zero after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_sums_to_zero();
"""
WHOLE = """
create function ledger_transaction_is_whole() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from ledger_entry where transaction_id = new.id) then
    raise exception 'a ledger transaction must have entries'
      using errcode = 'check_violation', constraint = 'ledger_transaction_is_whole';
  end if;
  if new.reverses_id is not null and exists (
    select from ledger_entry where transaction_id in (new.id, new.reverses_id)
    group by account, family_id, currency having sum(amount_minor) <> 0) then
    raise exception 'a reversal must mirror what it reverses'
      using errcode = 'check_violation', constraint = 'ledger_reversal_mirrors';
  end if;
  return null;
end $$;
create constraint trigger ledger_transaction_is_whole after insert on ledger_transaction
  deferrable initially deferred for each row execute function ledger_transaction_is_whole();
"""
NEXT = """
create function ledger_next_after_reversal() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if new.nth > 1 and not exists (
    select from ledger_transaction was join ledger_transaction undo on undo.reverses_id = was.id
    where was.studio_id = new.studio_id and was.kind = new.kind and was.about_id = new.about_id
      and was.nth = new.nth - 1) then
    raise exception 'there is already a live transaction of this kind about this'
      using errcode = 'check_violation', constraint = 'ledger_next_after_reversal';
  end if;
  return new;
end $$;
create trigger ledger_next_after_reversal before insert on ledger_transaction
  for each row execute function ledger_next_after_reversal();
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _tables()
    for table in (*WRITTEN_ONCE, *CHANGED):
        _all(fence(table))
    for table in WRITTEN_ONCE:
        _all(append_only(table))
    for table in CHANGED:
        _all(audited(table))
    _all([ZERO_SUM, WHOLE, NEXT])


def _all(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "price_plan",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_type_id", sa.Uuid(), nullable=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name="price_plan_is_not_negative"),
        sa.CheckConstraint("tax_bp between 0 and 10000", name="price_plan_tax_is_a_rate"),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_type_id"],
            ["lesson_type.studio_id", "lesson_type.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"],
            ["student.studio_id", "student.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "teacher_id"],
            ["teacher.studio_id", "teacher.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("ix_price_plan_lesson_type_id", "price_plan", ["lesson_type_id"], unique=False)
    op.create_index(
        "price_plan_once_per_day",
        "price_plan",
        ["studio_id", "lesson_type_id", "teacher_id", "student_id", "minutes", "from_on"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "ledger_transaction",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("words", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("price_plan_id", sa.Uuid(), nullable=True),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id is not null)", name="ledger_reversal_has_a_target"
        ),
        sa.CheckConstraint("nth > 0", name="ledger_nth_counts_from_one"),
        sa.ForeignKeyConstraint(
            ["studio_id", "price_plan_id"],
            ["price_plan.studio_id", "price_plan.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "reverses_id"],
            ["ledger_transaction.studio_id", "ledger_transaction.id"],
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
        sa.UniqueConstraint("studio_id", "kind", "about_id", "nth", name="ledger_once"),
        sa.UniqueConstraint("studio_id", "reverses_id", name="ledger_reversed_once"),
    )
    op.create_index(
        "ix_ledger_transaction_price_plan_id", "ledger_transaction", ["price_plan_id"], unique=False
    )
    op.create_index(
        "ledger_transaction_by_day",
        "ledger_transaction",
        ["studio_id", "effective_on"],
        unique=False,
    )
    op.create_table(
        "billing_arrangement",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "enrolment_id"],
            ["enrolment.studio_id", "enrolment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "enrolment_id", name="billing_arrangement_one_each"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_table(
        "ledger_entry",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint(
            "(account = 'receivable') = (family_id is not null)",
            name="ledger_entry_family_owes_what_is_receivable",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
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
    op.create_index("ix_ledger_entry_family_id", "ledger_entry", ["family_id"], unique=False)
    op.create_index(
        "ix_ledger_entry_transaction_id", "ledger_entry", ["transaction_id"], unique=False
    )
    op.create_index(
        "ledger_entry_by_account", "ledger_entry", ["studio_id", "account"], unique=False
    )
