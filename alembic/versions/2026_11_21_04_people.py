"""Students, guardians, families, teachers."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.tables import audited, fence

revision = "04_people"
down_revision = "03_jobs"


TABLES = ("family", "student", "guardian", "guardianship", "payer", "teacher")


def upgrade() -> None:
    _tables()
    for table in TABLES:
        for statement in [*fence(table), *audited(table)]:
            op.execute(statement)


def _tables() -> None:
    op.create_table(
        "family",
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
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "external_id", name="family_imported_once"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(
        "family_found_by_name",
        "family",
        [sa.literal_column("lower(name)").label("called")],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"called": "gin_trgm_ops"},
    )
    op.create_table(
        "student",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "external_id", name="student_imported_once"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("ix_student_family_id", "student", ["family_id"], unique=False)
    op.create_index("ix_student_person_id", "student", ["person_id"], unique=False)
    op.create_index(
        "student_found_by_name",
        "student",
        [sa.literal_column("lower((first_name || ' ') || last_name)").label("called")],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"called": "gin_trgm_ops"},
    )
    op.create_table(
        "guardian",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "person_id", name="guardian_once_per_person"),
    )
    op.create_index(
        "guardian_found_by_name",
        "guardian",
        [sa.literal_column("lower(name)").label("called")],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"called": "gin_trgm_ops"},
    )
    op.create_index("ix_guardian_person_id", "guardian", ["person_id"], unique=False)
    op.create_table(
        "guardianship",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("receives_schedule", sa.Boolean(), nullable=False),
        sa.Column("receives_practice", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "guardian_id"],
            ["guardian.studio_id", "guardian.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"],
            ["student.studio_id", "student.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "guardian_id", "student_id", name="guardianship_once"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("ix_guardianship_guardian_id", "guardianship", ["guardian_id"], unique=False)
    op.create_index("ix_guardianship_student_id", "guardianship", ["student_id"], unique=False)
    op.create_table(
        "payer",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "guardian_id"],
            ["guardian.studio_id", "guardian.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "family_id", "guardian_id", name="payer_once_per_family"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index("ix_payer_family_id", "payer", ["family_id"], unique=False)
    op.create_index("ix_payer_guardian_id", "payer", ["guardian_id"], unique=False)
    op.create_index(
        "payer_one_primary_per_family",
        "payer",
        ["studio_id", "family_id"],
        unique=True,
        postgresql_where=sa.text("is_primary"),
    )
    op.create_table(
        "teacher",
        sa.Column(
            "studio_id",
            sa.Uuid(),
            server_default=sa.text("nullif(current_setting('app.studio_id', true), '')::uuid"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("instruments", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("colour between 1 and 8", name="teacher_colour_is_one_of_eight"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "person_id", name="teacher_once_per_person"),
    )
    op.create_index("ix_teacher_person_id", "teacher", ["person_id"], unique=False)
    op.create_index(
        "teacher_found_by_name",
        "teacher",
        [sa.literal_column("lower(name)").label("called")],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"called": "gin_trgm_ops"},
    )
