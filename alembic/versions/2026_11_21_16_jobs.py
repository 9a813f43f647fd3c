"""Why deliveries failed and what was decided about them; the queue can be asked by studio."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, append_only, audited, fence

revision = "16_jobs"
down_revision = "15_ledger_news"

STUDIO = "coalesce(args->>'studio_id', args->'payload'->>'studio_id')"
# What is open is little and asked for by every page; what is done is much and only forgotten.
INDEXES = (
    f"create index queue_open_of_studio on procrastinate_jobs (({STUDIO})) "
    "where status in ('todo', 'doing', 'failed')",
    f"create index queue_done_of_studio on procrastinate_jobs (({STUDIO})) "
    "where status in ('succeeded', 'cancelled', 'aborted')",
)
# For the clock: which studios have a dead job that nobody has been told of, and nothing else.
TO_ALERT = f"""
create function jobs_studios_to_alert() returns table (id uuid) stable language sql
security definer set search_path = public, pg_temp as $$
  select distinct ({STUDIO})::uuid from procrastinate_jobs as job
  where status = 'failed' and not exists (
    select from delivery_failure as failure
    where failure.job_id = job.id and failure.told_at is not null) $$
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column("job_run", sa.Column("asked_by", sa.Uuid(), nullable=True))
    op.create_index("job_run_of_studio", "job_run", ["studio_id", "job", "slot"])
    _tables()
    for table in ("delivery_failure", "dead_letter_decision"):
        for statement in fence(table):
            op.execute(statement)
    decided = "dead_letter_decision"
    for statement in (*audited(decided), *append_only(decided), *INDEXES):
        op.execute(statement)
    op.execute(TO_ALERT)
    op.execute("revoke all on function jobs_studios_to_alert() from public")
    op.execute(f"grant execute on function jobs_studios_to_alert() to {APP_ROLE}")
    for table in ("delivery_failure", "job_run"):
        op.execute(
            f"create trigger {table}_news after insert or update on {table} "
            "for each statement execute function ledger_tell()"
        )


def _tables() -> None:
    op.create_table(
        "delivery_failure",
        *_studio_owned(),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("error_type", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("delivery_failure_of_job", "delivery_failure", ["studio_id", "job_id"])
    # The clock asks across all studios.
    op.create_index("delivery_failure_told", "delivery_failure", ["job_id"])
    op.create_table(
        "dead_letter_decision",
        *_studio_owned(),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    op.create_index("dead_letter_decision_of_job", "dead_letter_decision", ["studio_id", "job_id"])


def _studio_owned() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
