"""A member of a class who does not come one time keeps the enrolment, and not the place."""

import sqlalchemy as sa

from alembic import op

revision = "27_excused_seats"
down_revision = "26_calendars"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "seat",
        sa.Column("excused", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.create_check_constraint("seat_excused_is_free", "seat", "not excused or left_at is not null")
