"""Locations, rooms, lesson types, terms, closures, series, enrolments."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from studio_app.kit.tables import audited, fence

revision = "05_scheduling"
down_revision = "04_people"


TABLES = ("location", "room", "lesson_type", "term", "closure", "ignored_holiday", "series")
TABLES += ("enrolment", "series_exception")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _tables()
    for table in TABLES:
        for statement in [*fence(table), *audited(table)]:
            op.execute(statement)


def _tables() -> None:
    op.create_table(
        "ignored_holiday",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "name", name="holiday_ignored_once"),
    )
    op.create_table(
        "lesson_type",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity > 0", name="lesson_type_is_for_somebody"),
        sa.CheckConstraint("colour between 1 and 8", name="lesson_type_colour_is_one_of_eight"),
        sa.CheckConstraint("minutes between 5 and 1440", name="lesson_type_lasts_within_a_day"),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_table(
        "location",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_table(
        "term",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="term_ends_after_it_starts"),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_table(
        "closure",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name="closure_ends_after_it_starts"),
        sa.ForeignKeyConstraint(
            ["studio_id", "location_id"], ["location.studio_id", "location.id"]
        ),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("ix_closure_location_id", "closure", ["location_id"], unique=False)
    op.create_table(
        "room",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("max_capacity", sa.Integer(), nullable=True),
        sa.Column("single_use", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("max_capacity > 0", name="room_holds_somebody"),
        sa.ForeignKeyConstraint(
            ["studio_id", "location_id"], ["location.studio_id", "location.id"]
        ),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "id", "single_use", name="room_with_its_use"),
    )
    op.create_index("ix_room_location_id", "room", ["location_id"], unique=False)
    op.create_table(
        "series",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_type_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("term_time_only", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("generated_until", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]", name="series_weekdays_are_iso_days"
        ),
        sa.CheckConstraint("cardinality(weekdays) > 0", name="series_has_a_weekday"),
        sa.CheckConstraint("count > 0", name="series_has_a_lesson"),
        sa.CheckConstraint("every_weeks between 1 and 52", name="series_repeats_within_a_year"),
        sa.CheckConstraint("minutes between 5 and 1440", name="series_lasts_within_a_day"),
        sa.CheckConstraint(
            "num_nonnulls(until_on, count, term_id) <= 1", name="series_ends_one_way"
        ),
        sa.ForeignKeyConstraint(["studio_id", "follows_id"], ["series.studio_id", "series.id"]),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_type_id"], ["lesson_type.studio_id", "lesson_type.id"]
        ),
        sa.ForeignKeyConstraint(["studio_id", "room_id"], ["room.studio_id", "room.id"]),
        sa.ForeignKeyConstraint(["studio_id", "teacher_id"], ["teacher.studio_id", "teacher.id"]),
        sa.ForeignKeyConstraint(["studio_id", "term_id"], ["term.studio_id", "term.id"]),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("ix_series_follows_id", "series", ["follows_id"], unique=False)
    op.create_index("ix_series_lesson_type_id", "series", ["lesson_type_id"], unique=False)
    op.create_index("ix_series_room_id", "series", ["room_id"], unique=False)
    op.create_index("ix_series_term_id", "series", ["term_id"], unique=False)
    op.create_index("series_of_teacher", "series", ["studio_id", "teacher_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("studio_id"), "="),
            (sa.text("series_id"), "="),
            (sa.text("student_id"), "="),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            name="enrolment_once_at_a_time",
        ),
        sa.CheckConstraint("ends_on >= starts_on", name="enrolment_ends_after_it_starts"),
        sa.ForeignKeyConstraint(
            ["studio_id", "follows_id"], ["enrolment.studio_id", "enrolment.id"]
        ),
        sa.ForeignKeyConstraint(["studio_id", "series_id"], ["series.studio_id", "series.id"]),
        sa.ForeignKeyConstraint(["studio_id", "student_id"], ["student.studio_id", "student.id"]),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("enrolment_of_series", "enrolment", ["studio_id", "series_id"], unique=False)
    op.create_index("ix_enrolment_follows_id", "enrolment", ["follows_id"], unique=False)
    op.create_index("ix_enrolment_student_id", "enrolment", ["student_id"], unique=False)
    op.create_table(
        "series_exception",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("occurs_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("closure_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["studio_id", "closure_id"], ["closure.studio_id", "closure.id"]),
        sa.ForeignKeyConstraint(["studio_id", "series_id"], ["series.studio_id", "series.id"]),
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint(
            "studio_id", "series_id", "occurs_on", name="exception_once_per_occurrence"
        ),
    )
    op.create_index(
        "ix_series_exception_closure_id", "series_exception", ["closure_id"], unique=False
    )
