"""The work queue and the record of what the clock did."""

import sqlalchemy as sa
from procrastinate.schema import SchemaManager

from alembic import op
from studio_app.kit.settings import APP_ROLE

revision = "03_jobs"
down_revision = "02_identity"


QUEUE = (
    "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
)


def upgrade() -> None:
    # The schema of the pinned procrastinate; a new pin brings its own migrations.
    # Many statements in one go: only the driver itself takes them.
    op.get_bind().connection.driver_connection.execute(SchemaManager.get_schema())
    op.execute(f"grant select, insert, update, delete on {QUEUE} to {APP_ROLE}")
    op.execute(f"grant usage, select on all sequences in schema public to {APP_ROLE}")
    _tables()
    op.execute(f"grant select, insert, update, delete on job_run, handled_event to {APP_ROLE}")


def _tables() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("job", "slot", "studio_id", name="job_run_once_per_slot"),
    )
    op.create_table(
        "handled_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("subscriber", sa.String(), nullable=False),
        sa.Column("studio_id", sa.Uuid(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "subscriber", name="event_handled_once_per_subscriber"),
    )
    op.create_index("ix_handled_event_handled_at", "handled_event", ["handled_at"], unique=False)
