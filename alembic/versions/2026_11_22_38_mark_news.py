"""Open pages hear that a lesson was marked or a payment came in, which no audit trigger tells
them: such rows are only ever added."""

from alembic import op

revision = "38_mark_news"
down_revision = "37_rulings"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in ("attendance_mark", "payment"):
        op.execute(
            f"create trigger {table}_news after insert on {table} "
            "for each statement execute function ledger_tell()"
        )
