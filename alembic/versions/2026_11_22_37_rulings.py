"""What a lesson costs although somebody cancelled it."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, append_only, fence

revision = "37_rulings"
down_revision = "36_policies"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "seat_ruling",
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=True),
        sa.Column("forfeits", sa.Boolean(), nullable=False),
        sa.Column("because_id", sa.Uuid(), nullable=True),
        sa.Column("ruled_by", sa.Uuid(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.ForeignKeyConstraint(["studio_id", "seat_id"], ["seat.studio_id", "seat.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "seat_id", "nth", name="seat_ruling_in_order"),
        sa.CheckConstraint("nth > 0", name="seat_ruling_counts_from_one"),
        sa.CheckConstraint("minor >= 0", name="seat_ruling_is_not_negative"),
    )
    for statement in (*fence("seat_ruling"), *append_only("seat_ruling")):
        op.execute(statement)
