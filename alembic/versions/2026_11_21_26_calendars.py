"""Links for other programs' calendars, online places, and meetings."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "26_calendars"
down_revision = "25_bookings"

SUBJECT = "coalesce(teacher_id, student_id, family_id, room_id)"
# Asked with the token alone, before a studio is known: whose link it is, and what they may do.
BEHIND = f"""
create function calendars_feed(hash text) returns table (id uuid, studio_id uuid, person_id uuid,
  about text, subject_id uuid, fetched_at timestamptz, locale text, roles text[], allowed text[],
  withheld text[])
stable security definer language sql set search_path = public, pg_temp as $$
  select f.id, f.studio_id, f.made_by, f.about, {SUBJECT}, f.fetched_at,
    coalesce(p.locale, st.locale), identity_roles(f.made_by, f.studio_id),
    identity_overrides(f.studio_id, true), identity_overrides(f.studio_id, false)
  from calendar_feed f join person p on p.id = f.made_by join studio st on st.id = f.studio_id
  where f.token_hash = hash and f.revoked_at is null
$$
"""
# For the clock: which studios have online lessons soon that do not know where they meet.
DUE = """
create function calendars_studios_meeting(at timestamptz, until timestamptz)
  returns table (id uuid)
stable security definer language sql set search_path = public, pg_temp as $$
  select s.id from studio s where exists (
    select from lesson l join lesson_type t on t.id = l.lesson_type_id
      left join room r on r.id = l.room_id left join location p on p.id = r.location_id
      left join meeting m on m.studio_id = l.studio_id and m.lesson_id = l.id
    where l.studio_id = s.id and l.starts_at <= until and l.starts_at > at - interval '1 day'
      and l.ends_at > at and l.status in ('provisional', 'scheduled')
      and (t.is_online or coalesce(p.is_online, false))
      and m.made_for is distinct from l.starts_at)
$$
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "location",
        sa.Column("is_online", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    for table in (_feed, _meeting):
        table()
    for name, hidden in (
        ("calendar_feed", ("token_hash",)),
        ("meeting", ("url",)),
    ):
        for statement in (*fence(name), *audited(name, hide=hidden)):
            op.execute(statement)
    questions = {
        "calendars_feed(text)": BEHIND,
        "calendars_studios_meeting(timestamptz, timestamptz)": DUE,
    }
    for signature, function in questions.items():
        op.execute(function)
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


def ours(column: str, table: str) -> sa.ForeignKeyConstraint:
    target = [f"{table}.studio_id", f"{table}.id"]
    return sa.ForeignKeyConstraint(["studio_id", column], target, ondelete="CASCADE")


def _feed() -> None:
    subjects = ("teacher", "student", "family", "room")
    op.create_table(
        "calendar_feed",
        *owned(),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        *(sa.Column(f"{one}_id", sa.Uuid(), nullable=True) for one in subjects),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        *(ours(f"{one}_id", one) for one in subjects),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"]),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint(
            "num_nonnulls(teacher_id, student_id, family_id, room_id)"
            " = case when about = 'own' then 0 else 1 end",
            name="calendar_feed_has_one_subject",
        ),
    )
    op.create_index(
        "calendar_feed_once_per_maker",
        "calendar_feed",
        ["studio_id", "made_by", "about", sa.text(SUBJECT)],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
        postgresql_nulls_not_distinct=True,
    )


def _meeting() -> None:
    op.create_table(
        "meeting",
        *owned(),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("made_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        ours("lesson_id", "lesson"),
        sa.UniqueConstraint("studio_id", "lesson_id", name="meeting_once_per_lesson"),
    )
