"""Studios' own accounts with Zoom and Teams, and what was asked of them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "31_video"
down_revision = "30_latest_changes"

# Of lessons l: online, and taking place.
NEEDED = (
    "l.status in ('provisional', 'scheduled') and (t.is_online or coalesce(p.is_online, false))"
)
# For the clock: which studios have online lessons soon that do not know where they meet, or
# meetings that nobody needs any more.
DUE = f"""
create or replace function calendars_studios_meeting(at timestamptz, until timestamptz)
  returns table (id uuid)
stable security definer language sql set search_path = public, pg_temp as $$
  select s.id from studio s where exists (
    select from lesson l join lesson_type t on t.id = l.lesson_type_id
      left join room r on r.id = l.room_id left join location p on p.id = r.location_id
      left join meeting m on m.studio_id = l.studio_id and m.lesson_id = l.id
    where l.studio_id = s.id and l.starts_at <= until and l.starts_at > at - interval '1 day'
      and l.ends_at > at and {NEEDED} and m.made_for is distinct from l.starts_at)
  or exists (
    select from meeting_request q join lesson l on l.id = q.lesson_id
      join lesson_type t on t.id = l.lesson_type_id
      left join room r on r.id = l.room_id left join location p on p.id = r.location_id
    where q.studio_id = s.id and q.made_for > at - interval '1 day' and (q.state = 'left'
      or q.state = 'made' and not (l.starts_at = q.made_for and {NEEDED})))
$$
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _table(
        "meeting_request",
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        _instant("made_for"),
        sa.Column("state", sa.String(), nullable=False),
        _instant("asked_at"),
        _instant("ended_at", nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_id"], ["lesson.studio_id", "lesson.id"], ondelete="CASCADE"
        ),
    )
    op.create_index(
        "meeting_request_once",
        "meeting_request",
        ["studio_id", "lesson_id", "made_for", "provider"],
        unique=True,
        postgresql_where=sa.text("state in ('asking', 'made', 'refused', 'doubtful')"),
    )
    op.create_index("meeting_request_time", "meeting_request", ["studio_id", "made_for"])
    _accounts()
    _meetings()
    for statement in (
        *fence("meeting_request"),
        *audited("meeting_request"),
        *fence("video_account"),
        *audited("video_account", hide=("sealed_secret",)),
        DUE,
    ):
        op.execute(statement)


def _accounts() -> None:
    _table(
        "video_account",
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("account", "client_id", "sealed_secret", "host")
        ),
        sa.Column("why", sa.String(), nullable=True),
        *(_instant(name, nullable=True) for name in ("resting_until", "trying_since", "worked_at")),
        sa.UniqueConstraint("studio_id", "provider", name="video_account_once_per_provider"),
    )


def _meetings() -> None:
    op.add_column("meeting", sa.Column("request_id", sa.Uuid(), nullable=True))
    op.add_column(
        "meeting",
        sa.Column("passed_over", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
    )
    op.create_foreign_key(
        None,
        "meeting",
        "meeting_request",
        ["studio_id", "request_id"],
        ["studio_id", "id"],
        ondelete="SET NULL (request_id)",
    )


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


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
