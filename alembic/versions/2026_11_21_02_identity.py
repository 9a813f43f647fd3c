"""Memberships, sessions, links, tokens, invitations."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "02_identity"
down_revision = "01_kit"


ME = "(select nullif(current_setting('app.person_id', true), '')::uuid)"
HERE = f"(select {CURRENT_STUDIO})"
POLICIES = f"""
create policy membership_fence on membership to {APP_ROLE}
  using (studio_id = {HERE} or person_id = {ME}) with check (studio_id = {HERE});
create policy person_seen on person for select to {APP_ROLE} using (id = {ME} or exists (
  select from membership m where m.person_id = person.id and m.studio_id = {HERE}));
create policy person_own on person for update to {APP_ROLE} using (id = {ME});
create policy browser_session_own on browser_session to {APP_ROLE} using (person_id = {ME});
create policy api_token_own on api_token to {APP_ROLE} using (person_id = {ME});
create policy sign_in_link_own on sign_in_link to {APP_ROLE} using (person_id = {ME})
  with check (person_id = {ME} or exists (select from membership m
    where m.person_id = sign_in_link.person_id and m.studio_id = {HERE}));
grant select (id, email, name, locale, email_verified_at, created_at) on person to {APP_ROLE};
grant update (name, locale, password_hash, email_verified_at) on person to {APP_ROLE};
grant select, insert, update on membership, browser_session, sign_in_link, api_token to {APP_ROLE};
"""
# What may be asked before anybody is known. Each answers one question and no more.
QUESTIONS = {
    "identity_session(hash text, at timestamptz)": """
      returns table (id uuid, person_id uuid, studio_id uuid, locale text, seen_at timestamptz,
        proved_at timestamptz, roles text[], allowed text[], withheld text[])
      select s.id, s.person_id, s.studio_id, coalesce(p.locale, st.locale), s.seen_at, s.proved_at,
        identity_roles(s.person_id, s.studio_id), identity_overrides(s.studio_id, true),
        identity_overrides(s.studio_id, false)
      from browser_session s join person p on p.id = s.person_id
        left join studio st on st.id = s.studio_id
      where s.token_hash = hash and s.ended_at is null and s.expires_at > at""",
    "identity_token(hash text, at timestamptz)": """
      returns table (id uuid, person_id uuid, studio_id uuid, kind text, locale text, scopes text[],
        roles text[], allowed text[], withheld text[])
      select t.id, t.person_id, t.studio_id, t.kind, coalesce(p.locale, st.locale), t.scopes::text[],
        identity_roles(t.person_id, t.studio_id), identity_overrides(t.studio_id, true),
        identity_overrides(t.studio_id, false)
      from api_token t join person p on p.id = t.person_id join studio st on st.id = t.studio_id
      where t.token_hash = hash and t.ended_at is null and (t.expires_at is null or t.expires_at > at)""",
    "identity_credentials(address text)": """
      returns table (id uuid, password_hash text)
      select id, password_hash from person where email = lower(address)""",
    "identity_link(hash text)": """
      returns table (id uuid, person_id uuid, studio_id uuid, path text, expires_at timestamptz,
        used_at timestamptz)
      select id, person_id, studio_id, path, expires_at, used_at from sign_in_link
      where token_hash = hash""",
    "identity_link_by_id(link uuid)": """
      returns table (person_id uuid, path text)
      select person_id, path from sign_in_link where id = link""",
    "identity_invitation(hash text)": """
      returns table (id uuid, studio_id uuid, studio_name text, email text, name text, role text,
        expires_at timestamptz, accepted_at timestamptz)
      select i.id, i.studio_id, s.name, i.email, i.name, i.role, i.expires_at, i.accepted_at
      from invitation i join studio s on s.id = i.studio_id where token_hash = hash""",
    "identity_studios_of(who uuid)": """
      returns table (id uuid, name text, roles text[])
      select s.id, s.name, identity_roles(who, s.id) from studio s
      where s.id in (select studio_id from membership where person_id = who and ended_at is null)
      order by s.name""",
    "identity_actor(who uuid, studio uuid)": """
      returns table (locale text, roles text[], allowed text[], withheld text[])
      select coalesce(p.locale, st.locale), identity_roles(who, studio),
        identity_overrides(studio, true), identity_overrides(studio, false)
      from person p join studio st on st.id = studio where p.id = who""",
    "identity_every_studio()": "returns table (id uuid) select id from studio order by id",
}
PARTS = """
create function identity_roles(who uuid, studio uuid) returns text[] stable language sql as
  $$ select coalesce(array_agg(role::text), '{}') from membership
     where person_id = who and studio_id = studio and ended_at is null $$;
create function identity_overrides(studio uuid, is_allowed boolean) returns text[] stable
  language sql as
  $$ select coalesce(array_agg(role || ' ' || permission), '{}') from grant_override
     where studio_id = studio and allowed = is_allowed $$;
create function identity_account(new_id uuid, address text, called text, at timestamptz)
  returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
  declare found uuid;
  begin
    insert into person (id, email, name, created_at) values (new_id, lower(address), called, at)
      on conflict (email) do nothing;
    select id into found from person where email = lower(address);
    return found;
  end $$;
"""
ACCOUNT = "identity_account(uuid, text, text, timestamptz)"
OWN_POLICY = ("membership", "browser_session", "sign_in_link", "api_token")


def upgrade() -> None:
    _tables()
    for table in OWN_POLICY:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy {table}_owner on {table} to current_user using (true)")
    op.execute(POLICIES)
    op.execute(PARTS)
    op.execute(f"revoke all on function {ACCOUNT} from public")
    op.execute(f"grant execute on function {ACCOUNT} to {APP_ROLE}")
    for signature, body in QUESTIONS.items():
        _question(signature, body)
    for table in ("grant_override", "invitation"):
        for statement in fence(table):
            op.execute(statement)
    for table in (*OWN_POLICY, "grant_override", "invitation"):
        for statement in audited(table, hide=["token_hash"]):
            op.execute(statement)


def _question(signature: str, body: str) -> None:
    """A definer function that only the application may ask."""
    head, query = body.strip().split("select", 1)
    op.execute(
        f"create function {signature} {head} stable language sql security definer "
        f"set search_path = public, pg_temp as $$ select {query} $$"
    )
    op.execute(f"revoke all on function {signature} from public")
    op.execute(f"grant execute on function {signature} to {APP_ROLE}")


def _tables() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "person_id", "role", name="membership_once_per_role"),
    )
    op.create_index("ix_membership_person_id", "membership", ["person_id"], unique=False)
    op.create_table(
        "grant_override",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("permission", sa.String(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "role", "permission", name="grant_override_once"),
    )
    op.create_table(
        "browser_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_browser_session_person_id", "browser_session", ["person_id"], unique=False)
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_sign_in_link_person_id", "sign_in_link", ["person_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("guardian_id", sa.Uuid(), nullable=True),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role <> 'system'", name="invitation_role_is_a_persons"),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_api_token_person_id", "api_token", ["person_id"], unique=False)
