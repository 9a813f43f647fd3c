"""When teachers teach, when they are away, and by which rules families may book."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "21_availability"
down_revision = "20_inbox_news"

TABLES = ("availability", "time_off", "booking_rule")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _availability()
    _time_off()
    _booking_rule()
    for table in TABLES:
        for statement in (*fence(table), *audited(table)):
            op.execute(statement)


def owned() -> tuple[sa.schema.SchemaItem, ...]:
    """What every studio-owned table has."""
    return (
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )


def whose() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id", "teacher_id"], ["teacher.studio_id", "teacher.id"]),
    )


def minute(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), nullable=False)


def _availability() -> None:
    op.create_table(
        "availability",
        *owned(),
        *whose(),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("weekday", sa.SmallInteger(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        minute("from_minute"),
        minute("until_minute"),
        sa.Column("slot_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "location_id"], ["location.studio_id", "location.id"]
        ),
        sa.CheckConstraint(
            "from_minute >= 0 and from_minute < until_minute and until_minute <= 1440",
            name="availability_within_a_day",
        ),
        sa.CheckConstraint(
            "num_nonnulls(weekday, dated_on) = 1", name="availability_weekly_or_dated"
        ),
        sa.CheckConstraint("weekday between 1 and 7", name="availability_on_an_iso_day"),
        sa.CheckConstraint("ends_on >= starts_on", name="availability_ends_after_it_starts"),
        sa.CheckConstraint(
            "slot_minutes between 5 and 1440", name="availability_slot_within_a_day"
        ),
    )
    op.create_index(
        op.f("ix_availability_location_id"), "availability", ["location_id"], unique=False
    )
    op.create_index("availability_of_teacher", "availability", ["studio_id", "teacher_id"])


def _time_off() -> None:
    op.create_table(
        "time_off",
        *owned(),
        *whose(),
        sa.Column("first_on", sa.Date(), nullable=False),
        minute("from_minute"),
        sa.Column("last_on", sa.Date(), nullable=False),
        minute("until_minute"),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "from_minute between 0 and 1439 and until_minute between 1 and 1440",
            name="time_off_within_days",
        ),
        sa.CheckConstraint(
            "(last_on, until_minute) > (first_on, from_minute)", name="time_off_ends_later"
        ),
    )
    op.create_index("time_off_of_teacher", "time_off", ["studio_id", "teacher_id", "last_on"])


def _booking_rule() -> None:
    whole = ("lead_minutes", "horizon_days", "most_a_week", "buffer_minutes", "travel_minutes")
    limits = {
        "booking_rule_lead": "lead_minutes >= 0",
        "booking_rule_horizon": "horizon_days between 1 and 730",
        "booking_rule_most_a_week": "most_a_week >= 0",
        "booking_rule_buffer": "buffer_minutes between 0 and 1440",
        "booking_rule_travel": "travel_minutes between 0 and 1440",
        "booking_rule_step": "step_minutes between 5 and 240",
        "booking_rule_expiry": "expire_days between 1 and 365",
    }
    op.create_table(
        "booking_rule",
        *owned(),
        sa.Column("lesson_type_id", sa.Uuid(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in (*whole, "step_minutes")),
        sa.Column("confirming", sa.String(), nullable=True),
        sa.Column("one_active", sa.Boolean(), nullable=True),
        sa.Column("expire_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_type_id"], ["lesson_type.studio_id", "lesson_type.id"]
        ),
        sa.UniqueConstraint(
            "studio_id",
            "lesson_type_id",
            name="booking_rule_once",
            postgresql_nulls_not_distinct=True,
        ),
        *(sa.CheckConstraint(limit, name=name) for name, limit in limits.items()),
    )
    op.create_index(op.f("ix_booking_rule_lesson_type_id"), "booking_rule", ["lesson_type_id"])
