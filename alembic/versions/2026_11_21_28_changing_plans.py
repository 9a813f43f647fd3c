"""A lesson knows for which absence it was cancelled and whose it is; other times are proposed."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "28_changing_plans"
down_revision = "27_excused_seats"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _points_at("time_off_id", "time_off")
    _points_at("covers_for_id", "teacher")
    _proposal()
    for statement in (*fence("proposal"), *audited("proposal")):
        op.execute(statement)


def _points_at(column: str, table: str) -> None:
    op.add_column("lesson", sa.Column(column, sa.Uuid(), nullable=True))
    here, there = ["studio_id", column], ["studio_id", "id"]
    op.create_foreign_key(None, "lesson", table, here, there)
    op.create_index(op.f(f"ix_lesson_{column}"), "lesson", [column])


def _proposal() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "proposal",
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_at", instant, nullable=False),
        sa.Column("times", sa.ARRAY(instant), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("despite", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answered_at", instant, nullable=True),
        sa.Column("chosen", instant, nullable=True),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.ForeignKeyConstraint(["studio_id", "lesson_id"], ["lesson.studio_id", "lesson.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.CheckConstraint("cardinality(times) between 2 and 6", name="proposal_leaves_a_choice"),
        sa.CheckConstraint(
            "(status = 'open') = (answered_at is null)", name="proposal_answered_when"
        ),
        sa.CheckConstraint(
            "(status = 'accepted') = (chosen is not null)", name="proposal_accepted_what"
        ),
    )
    op.create_index(op.f("ix_proposal_lesson_id"), "proposal", ["lesson_id"])
    op.create_index(
        "proposal_open_once_per_lesson",
        "proposal",
        ["studio_id", "lesson_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
