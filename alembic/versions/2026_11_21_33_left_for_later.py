"""Lessons about which somebody decides later: who said so, when, and for how long."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "33_left_for_later"
down_revision = "32_rollover"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "left_for_later",
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_by", sa.Uuid(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until > left_at", name="left_for_later_ends"),
        sa.ForeignKeyConstraint(["studio_id", "seat_id"], ["seat.studio_id", "seat.id"]),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.ForeignKeyConstraint(["left_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "seat_id", name="left_for_later_once"),
    )
    for statement in (*fence("left_for_later"), *audited("left_for_later")):
        op.execute(statement)
