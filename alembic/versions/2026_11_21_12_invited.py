"""Whom an invitation is for is somebody of the same studio."""

from alembic import op

revision = "12_invited"
down_revision = "11_how_to_pay"

INVITED = ("teacher", "guardian")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in INVITED:
        op.create_foreign_key(
            f"invitation_{table}_is_ours",
            "invitation",
            table,
            ["studio_id", f"{table}_id"],
            ["studio_id", "id"],
            ondelete="CASCADE",
        )
