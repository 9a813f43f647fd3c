"""Studios, the audit, idempotency keys: what every later table stands on."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, audited

revision = "01_kit"
down_revision = None


AUDIT_FUNCTION = """
create function audit_row() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  entry uuid := nullif(current_setting('app.audit_id', true), '')::uuid;
  studio uuid := nullif(current_setting('app.studio_id', true), '')::uuid;
  hidden text[] := coalesce(tg_argv, '{}');
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - hidden end;
  now_is jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - hidden end;
  changed text[];
  subject text := coalesce(now_is, was) ->> 'id';
begin
  if entry is null then
    if pg_has_role(session_user, current_user, 'member') then
      return null;  -- migrations and maintenance by the owner
    end if;
    raise exception 'a change outside of a Work: go through run()';
  end if;
  if tg_op = 'UPDATE' then
    select array_agg(key) into changed from jsonb_each(now_is)
      where value is distinct from was -> key;
    if changed is null then return null; end if;
    select jsonb_object_agg(key, value) into was from jsonb_each(was) where key = any(changed);
    select jsonb_object_agg(key, value) into now_is
      from jsonb_each(now_is) where key = any(changed);
  end if;
  if current_setting('app.audit_open', true) is distinct from entry::text then
    insert into audit_entry (id, studio_id, at, person_id, use_case, request_id) values (
      entry, studio, current_setting('app.now')::timestamptz,
      nullif(current_setting('app.person_id', true), '')::uuid,
      current_setting('app.use_case'), current_setting('app.request_id', true));
    perform set_config('app.audit_open', entry::text, true);
  end if;
  insert into audit_change (studio_id, entry_id, table_name, row_id, before, after)
    values (studio, entry, tg_table_name, subject::uuid, was, now_is);
  perform pg_notify('changes', concat_ws(' ', studio, tg_table_name, subject));
  return null;
end $$
"""

CURRENT_PERSON = "nullif(current_setting('app.person_id', true), '')::uuid"
POLICIES = f"""
create policy studio_fence on studio to {APP_ROLE} using (id = (select {CURRENT_STUDIO}));
create policy audit_entry_fence on audit_entry for select to {APP_ROLE}
  using (studio_id = (select {CURRENT_STUDIO}));
create policy audit_change_fence on audit_change for select to {APP_ROLE}
  using (studio_id = (select {CURRENT_STUDIO}));
create policy idempotency_fence on idempotency to {APP_ROLE} using (
  studio_id is not distinct from (select {CURRENT_STUDIO})
  and person_id is not distinct from (select {CURRENT_PERSON}));
grant select, insert, update on studio to {APP_ROLE};
grant select on audit_entry, audit_change to {APP_ROLE};
grant select, insert, update, delete on idempotency, throttle to {APP_ROLE};
grant usage on schema public to {APP_ROLE};
"""
OWN_POLICY = ("studio", "person", "audit_entry", "audit_change", "idempotency")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for extension in ("btree_gist", "pg_trgm"):
        op.execute(f"create extension if not exists {extension}")
    op.execute(
        f"do $$ begin create role {APP_ROLE} nologin nosuperuser nobypassrls; "
        "exception when duplicate_object then null; end $$"
    )
    _tables()
    op.execute(AUDIT_FUNCTION)
    for table in OWN_POLICY:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy {table}_owner on {table} to current_user using (true)")
    op.execute(POLICIES)
    for statement in [*audited("studio"), *audited("person", hide=["password_hash"])]:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "studio",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("use_case", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_entry_studio_id", "audit_entry", ["studio_id"], unique=False)
    op.create_table(
        "audit_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["audit_entry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_change_entry_id", "audit_change", ["entry_id"], unique=False)
    op.create_index("ix_audit_change_row_id", "audit_change", ["row_id"], unique=False)
    op.create_table(
        "idempotency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("use_case", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("arguments_hash", sa.String(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "idempotency_once",
        "idempotency",
        ["studio_id", "person_id", "use_case", "key"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"], unique=False)
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket"),
    )
