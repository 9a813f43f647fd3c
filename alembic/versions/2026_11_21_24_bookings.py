"""Lessons that are asked for and places that are held, until somebody has said yes."""

import sqlalchemy as sa

from alembic import op

revision = "24_bookings"
down_revision = "21_availability"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "enrolment",
        sa.Column("state", sa.String(), server_default=sa.text("'active'"), nullable=False),
    )
    op.create_index(
        "lesson_requested", "lesson", ["id"], postgresql_where=sa.text("status = 'requested'")
    )
