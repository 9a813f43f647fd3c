"""What became of each seat: marks that are only ever added."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import append_only, fence

revision = "08_attendance"
down_revision = "06_lessons"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _tables()
    for statement in [*fence("attendance_mark"), *append_only("attendance_mark")]:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "attendance_mark",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("nth > 0", name="attendance_mark_counts_from_one"),
        sa.ForeignKeyConstraint(
            ["studio_id", "seat_id"],
            ["seat.studio_id", "seat.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "seat_id", "nth", name="attendance_mark_in_order"),
    )
    op.create_index("attendance_mark_of_seat", "attendance_mark", ["seat_id", "nth"], unique=False)
