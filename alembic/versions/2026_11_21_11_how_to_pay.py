"""What a studio tells families about paying it."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import audited, fence

revision = "11_how_to_pay"
down_revision = "10_imports"

TABLE = "how_to_pay"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", name="how_to_pay_one"),
    )
    for statement in [*fence(TABLE), *audited(TABLE)]:
        op.execute(statement)
