"""What changed in a studio since some moment is asked for often: found without reading its past.

That a program asked for a calendar is no change of anything, so it is not in the audit.
"""

from alembic import op
from studio_app.kit.tables import audited

revision = "30_latest_changes"
down_revision = "29_waiting"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_index("ix_audit_entry_studio_id_id", "audit_entry", ["studio_id", "id"])
    op.drop_index("ix_audit_entry_studio_id", table_name="audit_entry")
    op.execute("drop trigger calendar_feed_audit on calendar_feed")
    for statement in audited("calendar_feed", hide=["token_hash", "fetched_at"]):
        op.execute(statement)
