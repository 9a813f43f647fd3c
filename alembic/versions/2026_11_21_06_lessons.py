"""Lessons and seats."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from studio_app.kit.tables import audited, fence

revision = "06_lessons"
down_revision = "05_scheduling"


TABLES = ("lesson", "seat")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _tables()
    for table in TABLES:
        for statement in [*fence(table), *audited(table)]:
            op.execute(statement)


def _tables() -> None:
    op.create_table(
        "lesson",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("occurs_on", sa.Date(), nullable=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("room_single_use", sa.Boolean(), nullable=True),
        sa.Column("lesson_type_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column(
            "blocking",
            sa.Boolean(),
            sa.Computed(
                "((status)::text <> ALL (ARRAY['cancelled'::text, 'declined'::text, 'expired'::text]))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=False),
        sa.Column("closure_id", sa.Uuid(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("studio_id"), "="),
            (sa.text("room_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("blocking and room_single_use"),
            using="gist",
            name="lesson_room_is_free",
        ),
        postgresql.ExcludeConstraint(
            (sa.text("studio_id"), "="),
            (sa.text("teacher_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("blocking"),
            using="gist",
            name="lesson_teacher_is_free",
        ),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_at is not null)", name="lesson_cancelled_when"
        ),
        sa.CheckConstraint(
            "(room_id is null) = (room_single_use is null)", name="lesson_knows_room"
        ),
        sa.CheckConstraint(
            "(series_id is null) = (occurs_on is null)", name="lesson_knows_its_day"
        ),
        sa.CheckConstraint("ends_at > starts_at", name="lesson_ends_after_it_starts"),
        sa.ForeignKeyConstraint(["studio_id", "closure_id"], ["closure.studio_id", "closure.id"]),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_type_id"], ["lesson_type.studio_id", "lesson_type.id"]
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "room_id", "room_single_use"],
            ["room.studio_id", "room.id", "room.single_use"],
            name="lesson_in_room",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["studio_id", "series_id"], ["series.studio_id", "series.id"]),
        sa.ForeignKeyConstraint(["studio_id", "teacher_id"], ["teacher.studio_id", "teacher.id"]),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint(
            "studio_id", "id", "starts_at", "ends_at", "blocking", name="lesson_with_its_time"
        ),
        sa.UniqueConstraint(
            "studio_id", "series_id", "occurs_on", name="lesson_once_per_occurrence"
        ),
    )
    op.create_index("ix_lesson_closure_id", "lesson", ["closure_id"], unique=False)
    op.create_index("ix_lesson_lesson_type_id", "lesson", ["lesson_type_id"], unique=False)
    op.create_index("lesson_of_room", "lesson", ["studio_id", "room_id", "starts_at"], unique=False)
    op.create_index("lesson_of_studio", "lesson", ["studio_id", "starts_at"], unique=False)
    op.create_index(
        "lesson_of_teacher", "lesson", ["studio_id", "teacher_id", "starts_at"], unique=False
    )
    op.create_table(
        "seat",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("studio_id"), "="),
            (sa.text("student_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("blocking and left_at is null"),
            using="gist",
            name="seat_student_is_free",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "enrolment_id"], ["enrolment.studio_id", "enrolment.id"]
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_id", "starts_at", "ends_at", "blocking"],
            [
                "lesson.studio_id",
                "lesson.id",
                "lesson.starts_at",
                "lesson.ends_at",
                "lesson.blocking",
            ],
            name="seat_in_lesson",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["studio_id", "student_id"], ["student.studio_id", "student.id"]),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "lesson_id", "student_id", name="seat_once_per_student"),
    )
    op.create_index("ix_seat_enrolment_id", "seat", ["enrolment_id"], unique=False)
    op.create_index(
        "seat_of_student", "seat", ["studio_id", "student_id", "starts_at"], unique=False
    )
