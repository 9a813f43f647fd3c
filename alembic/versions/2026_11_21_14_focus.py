"""What to practise, which the family reads, apart from the staff's own notes of a lesson."""

import sqlalchemy as sa

from alembic import op

revision = "14_focus"
down_revision = "12_invited"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "lesson", sa.Column("focus", sa.String(), nullable=False, server_default=sa.text("''"))
    )
