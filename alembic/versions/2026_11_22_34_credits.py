"""Credits: lots, entries, and the warnings before they run out. All written once."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, append_only, fence

revision = "34_credits"
down_revision = "33_left_for_later"

# The same key as `studio_app.kit.locks`, so that a command that has locked already does not wait.
# It runs as the owner for the same reason as the ledger's checks.
FITS = """
create function credit_entry_fits() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare lot credit_lot; remains bigint; undone credit_entry;
begin
  perform pg_advisory_xact_lock(k) from (select distinct k from (
      select ('x' || right(replace(id::text, '-', ''), 16))::bit(64)::bigint as k
      from unnest(array[new.lot_id, new.target_id]) as id where id is not null) as keys
    order by k) as sorted;
  select * into lot from credit_lot where id = new.lot_id;
  select lot.amount + new.amount + coalesce(sum(amount), 0) into remains
    from credit_entry where lot_id = new.lot_id;
  if remains < 0 then
    raise exception 'more than there is'
      using errcode = 'check_violation', constraint = 'credit_lot_not_overused';
  end if;
  if new.act = 'used' and exists (
    select from credit_entry e join credit_lot l on l.id = e.lot_id
    where e.studio_id = new.studio_id and e.target_id = new.target_id and e.act = 'used'
      and (e.lot_id = new.lot_id or (l.kind <> 'money' and lot.kind <> 'money'))
      and not exists (select from credit_entry u where u.reverses_id = e.id)) then
    raise exception 'it is paid for by credit already'
      using errcode = 'check_violation', constraint = 'credit_used_once';
  end if;
  if new.reverses_id is not null then
    select * into undone from credit_entry where id = new.reverses_id;
    if undone.lot_id <> new.lot_id or undone.amount <> -new.amount
      or undone.target_id is distinct from new.target_id
      or (new.act = 'released') <> (undone.act = 'used') then
      raise exception 'what gives back mirrors what was taken'
        using errcode = 'check_violation', constraint = 'credit_reversal_mirrors';
    end if;
  end if;
  return new;
end $$;
create trigger credit_entry_fits before insert on credit_entry
  for each row execute function credit_entry_fits();
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _lot()
    _entry()
    _warning()
    op.execute(FITS)
    for table in ("credit_lot", "credit_entry"):
        op.execute(
            f"create trigger {table}_news after insert on {table} "
            "for each statement execute function ledger_tell()"
        )


def _lot() -> None:
    _table(
        "credit_lot",
        *_ids("family_id"),
        *_ids("student_id", "lesson_type_id", "teacher_id", "about_id", "given_by", nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("aligned", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("paid_for", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _instant("made_at"),
        *_of(family_id="family", student_id="student"),
        *_of(lesson_type_id="lesson_type", teacher_id="teacher"),
        sa.UniqueConstraint(
            "studio_id", "source", "about_id", "nth", name="credit_lot_once_per_source"
        ),
        sa.CheckConstraint("amount > 0", name="credit_lot_is_positive"),
        sa.CheckConstraint(
            "(kind = 'money') = (currency is not null)", name="credit_lot_money_has_a_currency"
        ),
        sa.CheckConstraint("minutes > 0", name="credit_lot_minutes_are_positive"),
        sa.CheckConstraint(
            "aligned = (weekday is not null) and aligned = (at is not null)",
            name="credit_lot_aligned_knows_when",
        ),
        sa.CheckConstraint("valid_until >= valid_from", name="credit_lot_begins_before_it_ends"),
    )
    for column in ("family_id", "student_id"):
        op.create_index(op.f(f"ix_credit_lot_{column}"), "credit_lot", [column])


def _entry() -> None:
    _table(
        "credit_entry",
        *_ids("lot_id"),
        *_ids("target_id", "reverses_id", "by", nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("booked", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        _instant("at"),
        *_of(lot_id="credit_lot", reverses_id="credit_entry"),
        sa.UniqueConstraint("studio_id", "reverses_id", name="credit_entry_reversed_once"),
        sa.CheckConstraint(
            "(act in ('released', 'reinstated')) = (reverses_id is not null)",
            name="credit_entry_gives_back_what_was_taken",
        ),
        sa.CheckConstraint(
            "(amount > 0) = (act in ('released', 'reinstated')) and amount <> 0",
            name="credit_entry_sign",
        ),
        sa.CheckConstraint(
            "(act in ('used', 'released')) = (target_id is not null)",
            name="credit_entry_use_has_a_target",
        ),
    )
    op.create_index(op.f("ix_credit_entry_lot_id"), "credit_entry", ["lot_id"])
    op.create_index("credit_entry_of_target", "credit_entry", ["studio_id", "target_id"])


def _warning() -> None:
    _table(
        "credit_warning",
        *_ids("lot_id"),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        _instant("warned_at"),
        *_of(lot_id="credit_lot"),
        sa.UniqueConstraint("studio_id", "lot_id", "until", "days", name="credit_warning_once"),
    )
    op.create_index(op.f("ix_credit_warning_lot_id"), "credit_warning", ["lot_id"])


def _table(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        _instant("created_at"),
        sa.Column("id", sa.Uuid(), nullable=False),
        *items,
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    for statement in (*fence(name), *append_only(name)):
        op.execute(statement)


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _of(**columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["studio_id", column], [f"{table}.studio_id", f"{table}.id"])
        for column, table in columns.items()
    ]
