"""Who waits, what became free, who was asked about it, and who changes places."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "29_waiting"
down_revision = "28_changing_plans"

# Ids of studios, and nothing else about them.
ASKING = "bookings_studios_asking()"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _waiting()
    _freed()
    _offer()
    _swap()
    _table(
        "offer_rule",
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("answer_minutes", sa.Integer(), nullable=False),
        sa.Column("make_ups_first", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("studio_id", name="offer_rule_once"),
        sa.CheckConstraint("answer_minutes between 5 and 10080", name="offer_rule_answer"),
    )
    op.execute(
        f"create function {ASKING} returns table (id uuid) stable security definer language sql "
        "set search_path = public, pg_temp as $$ select distinct studio_id from offer "
        "where decided_at is null $$"
    )
    op.execute(f"revoke all on function {ASKING} from public")
    op.execute(f"grant execute on function {ASKING} to {APP_ROLE}")


def _waiting() -> None:
    _table(
        "waiting",
        *_ids("student_id", "lesson_type_id"),
        *_ids("teacher_id", "booking_id", "asked_by", nullable=True),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("times", JSONB(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        _instant("submitted_at"),
        _instant("ended_at", nullable=True),
        *_of(student_id="student", lesson_type_id="lesson_type", teacher_id="teacher"),
        *_of(booking_id="booking"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"]),
        sa.CheckConstraint("until_on >= from_on", name="waiting_ends_after_it_starts"),
        sa.CheckConstraint(
            "teacher_id is not null or instrument <> ''", name="waiting_for_somebody"
        ),
        sa.CheckConstraint("(state = 'waiting') = (ended_at is null)", name="waiting_ended_when"),
    )
    op.create_index("waiting_of_student", "waiting", ["studio_id", "student_id"])
    waits = sa.text("state = 'waiting'")
    op.create_index("waiting_now", "waiting", ["studio_id"], postgresql_where=waits)
    for column in ("lesson_type_id", "teacher_id"):
        op.create_index(op.f(f"ix_waiting_{column}"), "waiting", [column])


def _freed() -> None:
    _table(
        "freed",
        *_ids("lesson_id", "teacher_id"),
        *(_instant(name) for name in ("starts_at", "ends_at", "freed_at")),
        *(_instant(name, nullable=True) for name in ("settled_at", "seen_to_at")),
        sa.Column("is_place", sa.Boolean(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *_of(lesson_id="lesson", teacher_id="teacher"),
        sa.CheckConstraint("ends_at > starts_at", name="freed_ends_after_it_starts"),
        sa.CheckConstraint(
            "(state in ('open', 'asking')) = (settled_at is null)", name="freed_settled_when"
        ),
    )
    op.create_index("freed_of_studio", "freed", ["studio_id", "starts_at"])
    op.create_index(
        "freed_once",
        "freed",
        ["studio_id", "teacher_id", "starts_at", "lesson_id"],
        unique=True,
        postgresql_where=sa.text("settled_at is null"),
    )


def _offer() -> None:
    _table(
        "offer",
        *_ids("freed_id", "waiting_id", "teacher_id"),
        *_ids("lesson_id", "booking_id", "offered_by", "decided_by", nullable=True),
        *(_instant(name) for name in ("starts_at", "offered_at", "answer_by")),
        *(_instant(name, nullable=True) for name in ("delivered_at", "expires_at", "decided_at")),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("answer_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *_of(freed_id="freed", waiting_id="waiting", teacher_id="teacher"),
        *_of(lesson_id="lesson", booking_id="booking"),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.UniqueConstraint("studio_id", "freed_id", "waiting_id", name="offer_once"),
        sa.CheckConstraint("(state = 'offered') = (decided_at is null)", name="offer_decided_when"),
        sa.CheckConstraint(
            "expires_at is null or delivered_at is not null", name="offer_expires_once_delivered"
        ),
    )
    op.create_index("offer_of_waiting", "offer", ["studio_id", "waiting_id"])
    op.create_index(op.f("ix_offer_teacher_id"), "offer", ["teacher_id"])
    op.create_index(
        "offer_standing",
        "offer",
        ["studio_id", "freed_id"],
        unique=True,
        postgresql_where=sa.text("decided_at is null"),
    )


def _swap() -> None:
    _table(
        "swap",
        *_ids("lesson_id", "other_id"),
        *_ids("asked_by", "decided_by", nullable=True),
        *(_instant(name) for name in ("lesson_at", "other_at", "asked_at")),
        _instant("decided_at", nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        *_of(lesson_id="lesson", other_id="lesson"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
        sa.CheckConstraint("lesson_id <> other_id", name="swap_of_two"),
        sa.CheckConstraint("(state = 'proposed') = (decided_at is null)", name="swap_decided_when"),
    )
    op.create_index("swap_of_lesson", "swap", ["studio_id", "lesson_id"])
    op.create_index("swap_of_other", "swap", ["studio_id", "other_id"])


def _table(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("studio_id", sa.Uuid(), server_default=sa.text(CURRENT_STUDIO), nullable=False),
        _instant("created_at"),
        sa.Column("id", sa.Uuid(), nullable=False),
        *items,
        sa.ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("studio_id", "id"),
    )
    for statement in (*fence(name), *audited(name)):
        op.execute(statement)


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of(**columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["studio_id", column], [f"{table}.studio_id", f"{table}.id"])
        for column, table in columns.items()
    ]
