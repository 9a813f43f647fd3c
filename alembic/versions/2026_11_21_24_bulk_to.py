"""A text for many keeps whom it is for: its messages are written part by part after the request."""

import sqlalchemy as sa

from alembic import op

revision = "24_bulk_to"
down_revision = "23_forgetting_runs"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    nobody = sa.text("'{}'")
    op.add_column("bulk", sa.Column("to_ids", sa.ARRAY(sa.Uuid()), server_default=nobody))
    op.add_column("bulk", sa.Column("prepared", sa.Integer(), server_default=sa.text("0")))
    for column in ("to_ids", "prepared"):
        op.alter_column("bulk", column, nullable=False, server_default=None)
