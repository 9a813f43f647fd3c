"""Whom an invitation is for is somebody of the same studio."""

from alembic import op

revision = "12_invited"
down_revision = "11_how_to_pay"

INVITED = ("teacher", "guardian")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in INVITED:
        # Until now somebody could be removed whose invitation stayed.
        op.execute(
            f"delete from invitation where {table}_id is not null and not exists (select from"
            f" {table} as who where who.id = {table}_id and who.studio_id = invitation.studio_id)"
        )
        op.create_foreign_key(
            f"invitation_{table}_is_ours",
            "invitation",
            table,
            ["studio_id", f"{table}_id"],
            ["studio_id", "id"],
            ondelete="CASCADE",
        )
