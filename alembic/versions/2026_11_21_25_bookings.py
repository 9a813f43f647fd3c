"""Lessons that are asked for and places that are held, until somebody has said yes."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "25_bookings"
down_revision = "24_bulk_to"

# Ids of studios, and nothing else about them.
DUE = "bookings_studios_due(at timestamptz, soon timestamptz)"
CHECKS = {
    "booking_lasts_within_a_day": "minutes between 5 and 1440",
    "booking_of_a_weekly_place": "(kind = 'weekly') = (enrolment_id is not null)",
    "booking_knows_its_series": "(series_id is null) = (enrolment_id is null)",
    "booking_decided_when": "(state in ('requested', 'provisional')) = (decided_at is null)",
}


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "enrolment",
        sa.Column("state", sa.String(), server_default=sa.text("'active'"), nullable=False),
    )
    op.create_index(
        "lesson_requested", "lesson", ["id"], postgresql_where=sa.text("status = 'requested'")
    )
    _booking()
    for statement in (*fence("booking"), *audited("booking")):
        op.execute(statement)
    op.execute(
        f"create function {DUE} returns table (id uuid) stable security definer language sql "
        "set search_path = public, pg_temp as $$ select distinct studio_id from booking "
        "where decided_at is null and (expires_at <= at or expires_at <= soon "
        "and alerted_at is null and settled_at is not null) $$"
    )
    op.execute(f"revoke all on function {DUE} from public")
    op.execute(f"grant execute on function {DUE} to {APP_ROLE}")


def _booking() -> None:
    instants = ("starts_at", "asked_at", "expires_at")
    perhaps = ("settled_at", "decided_at", "alerted_at")
    of = ("student", "lesson_type", "teacher", "lesson")
    perhaps_of = ("room", "series", "enrolment")
    op.create_table(
        "booking",
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        *(sa.Column(f"{name}_id", sa.Uuid(), nullable=False) for name in of),
        *(sa.Column(f"{name}_id", sa.Uuid(), nullable=True) for name in perhaps_of),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in instants),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in perhaps),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        *(
            sa.ForeignKeyConstraint(
                ["studio_id", f"{name}_id"], [f"{name}.studio_id", f"{name}.id"]
            )
            for name in (*of, *perhaps_of)
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        *(sa.CheckConstraint(check, name=name) for name, check in CHECKS.items()),
    )
    for name in ("student", "lesson", "series"):
        op.create_index(f"booking_of_{name}", "booking", ["studio_id", f"{name}_id"])
    for name in ("lesson_type", "teacher"):
        op.create_index(op.f(f"ix_booking_{name}_id"), "booking", [f"{name}_id"])
    op.create_index(
        "booking_waiting",
        "booking",
        ["studio_id", "expires_at"],
        postgresql_where=sa.text("decided_at is null"),
    )
