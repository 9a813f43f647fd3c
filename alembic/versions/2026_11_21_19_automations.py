"""What the owner has told the studio to do by itself, the office's tasks, tags of students."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import append_only, audited, fence

revision = "19_automations"
down_revision = "18_messages"

STUDIO = sa.text("nullif(current_setting('app.studio_id', true), '')::uuid")
CHANGED = (
    "automation", "automation_action", "automation_tick", "student_tag", "task", "webhook_key",
)  # fmt: skip
WAITING = "automations_studios_scheduled()"  # ids of studios, and nothing else about them
ONLY_ADDED = ("automation_run",)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _automations()
    _runs()
    _what_they_make()
    for table in CHANGED:
        hidden = ("words",) if table == "task" else ()  # they name people
        for statement in [*fence(table), *audited(table, hide=hidden)]:
            op.execute(statement)
    for table in ONLY_ADDED:
        for statement in [*fence(table), *append_only(table)]:
            op.execute(statement)
    op.execute(
        f"create function {WAITING} returns table (id uuid) stable security definer language sql "
        "set search_path = public, pg_temp as $$ select distinct studio_id from automation "
        "where is_on and deleted_at is null and happening like 'every%' $$"
    )
    op.execute(f"revoke all on function {WAITING} from public")
    op.execute(f"grant execute on function {WAITING} to {APP_ROLE}")


def _automations() -> None:
    op.create_table(
        "automation",
        sa.Column("studio_id", sa.Uuid(), server_default=STUDIO, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("recipe", JSONB(), nullable=False),
        sa.Column("happening", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("daily_limit", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("daily_limit between 1 and 10000", name="automation_has_a_limit"),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(
        "automation_listening",
        "automation",
        ["studio_id", "happening"],
        unique=False,
        postgresql_where=sa.text("is_on and deleted_at is null"),
    )
    op.create_table(
        "automation_tick",
        sa.Column("studio_id", sa.Uuid(), server_default=STUDIO, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("automation_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Date(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "automation_id"],
            ["automation.studio_id", "automation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "automation_id", "slot", name="automation_once_per_slot"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_table(
        "webhook_key",
        sa.Column("studio_id", sa.Uuid(), server_default=STUDIO, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("automation_id", sa.Uuid(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "automation_id"],
            ["automation.studio_id", "automation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(
        op.f("ix_webhook_key_automation_id"), "webhook_key", ["automation_id"], unique=False
    )


def _runs() -> None:
    op.create_table(
        "automation_run",
        sa.Column("studio_id", sa.Uuid(), server_default=STUDIO, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("automation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("happening", sa.String(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_id", sa.Uuid(), nullable=True),
        sa.Column("conditions", JSONB(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=True),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "after_id"],
            ["automation_run.studio_id", "automation_run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "automation_id"],
            ["automation.studio_id", "automation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
            ondelete="SET NULL (family_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_id"],
            ["lesson.studio_id", "lesson.id"],
            ondelete="SET NULL (lesson_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"],
            ["student.studio_id", "student.id"],
            ondelete="SET NULL (student_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "automation_id", "occasion", name="automation_run_once"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(
        "automation_run_newest",
        "automation_run",
        ["studio_id", "automation_id", "ran_at"],
        unique=False,
    )
    op.create_index(
        "automation_run_of_day",
        "automation_run",
        ["studio_id", "automation_id", "on_day"],
        unique=False,
    )
    op.create_index(
        op.f("ix_automation_run_after_id"), "automation_run", ["after_id"], unique=False
    )
    op.create_index(
        op.f("ix_automation_run_family_id"), "automation_run", ["family_id"], unique=False
    )
    op.create_index(
        op.f("ix_automation_run_lesson_id"), "automation_run", ["lesson_id"], unique=False
    )
    op.create_index(
        op.f("ix_automation_run_student_id"), "automation_run", ["student_id"], unique=False
    )
    op.create_index(op.f("ix_automation_run_work_id"), "automation_run", ["work_id"], unique=False)
    op.create_table(
        "automation_action",
        sa.Column("studio_id", sa.Uuid(), server_default=STUDIO, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("asked", JSONB(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", JSONB(), nullable=False),
        sa.Column("made_id", sa.Uuid(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "run_id"],
            ["automation_run.studio_id", "automation_run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint(
            "studio_id", "run_id", "position", name="automation_action_in_its_place"
        ),
    )
    op.create_index(
        "automation_action_failed",
        "automation_action",
        ["studio_id"],
        unique=False,
        postgresql_where=sa.text("result = 'failed'"),
    )


def _what_they_make() -> None:
    op.create_table(
        "student_tag",
        sa.Column("studio_id", sa.Uuid(), server_default=STUDIO, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"], ["student.studio_id", "student.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
        sa.UniqueConstraint("studio_id", "student_id", "tag", name="student_tag_once"),
    )
    op.create_index("student_tag_by_word", "student_tag", ["studio_id", "tag"], unique=False)
    op.create_table(
        "task",
        sa.Column("studio_id", sa.Uuid(), server_default=STUDIO, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["studio_id", "family_id"],
            ["family.studio_id", "family.id"],
            ondelete="SET NULL (family_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "lesson_id"],
            ["lesson.studio_id", "lesson.id"],
            ondelete="SET NULL (lesson_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "run_id"],
            ["automation_run.studio_id", "automation_run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["studio_id", "student_id"],
            ["student.studio_id", "student.id"],
            ondelete="SET NULL (student_id)",
        ),
        sa.ForeignKeyConstraint(
            ["studio_id"],
            ["studio.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    op.create_index(op.f("ix_task_family_id"), "task", ["family_id"], unique=False)
    op.create_index(op.f("ix_task_lesson_id"), "task", ["lesson_id"], unique=False)
    op.create_index(op.f("ix_task_run_id"), "task", ["run_id"], unique=False)
    op.create_index(op.f("ix_task_student_id"), "task", ["student_id"], unique=False)
    op.create_index(
        "task_open",
        "task",
        ["studio_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("done_at is null"),
    )
