"""Re-enrolment runs from term to term: the run, its weekly lessons, and each student's answer."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, audited, fence

revision = "32_rollover"
down_revision = "31_video"

# Ids of studios, and nothing else about them.
ROLLING = "bookings_studios_rolling(soon date, sent_before timestamptz)"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _rollover()
    _lesson()
    _place()
    op.execute(
        f"create function {ROLLING} returns table (id uuid) stable security definer language sql "
        "set search_path = public, pg_temp as $$ select distinct studio_id from rollover "
        "where state = 'open' and reminded_at is null and answer_by <= soon "
        "and sent_at <= sent_before $$"
    )
    op.execute(f"revoke all on function {ROLLING} from public")
    op.execute(f"grant execute on function {ROLLING} to {APP_ROLE}")


def _rollover() -> None:
    _table(
        "rollover",
        *_ids("from_term_id", "to_term_id"),
        *_ids("started_by", "closed_by", nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        *(_instant(name, nullable=True) for name in ("sent_at", "reminded_at", "closed_at")),
        *(
            sa.ForeignKeyConstraint(
                ["studio_id", f"{side}_term_id"],
                ["term.studio_id", "term.id"],
                name=f"rollover_{side}_term",
            )
            for side in ("from", "to")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"]),
        sa.CheckConstraint("from_term_id <> to_term_id", name="rollover_between_two_terms"),
        sa.CheckConstraint("(state = 'prepared') = (sent_at is null)", name="rollover_sent_when"),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at is not null)", name="rollover_closed_when"
        ),
    )
    op.create_index(
        "rollover_once_at_a_time",
        "rollover",
        ["studio_id", "from_term_id", "to_term_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'closed'"),
    )


def _lesson() -> None:
    _table(
        "rollover_lesson",
        *_ids("rollover_id", "series_id"),
        *_ids("next_id", nullable=True),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        *_of(rollover_id="rollover", series_id="series", next_id="series"),
        sa.UniqueConstraint("studio_id", "rollover_id", "series_id", name="rollover_lesson_once"),
        sa.CheckConstraint("weekday between 1 and 7", name="rollover_lesson_weekday"),
        sa.CheckConstraint("not goes_on or next_id is null", name="rollover_lesson_goes_on_itself"),
    )
    for column in ("series_id", "next_id"):
        op.create_index(op.f(f"ix_rollover_lesson_{column}"), "rollover_lesson", [column])


def _place() -> None:
    _table(
        "rollover_place",
        *_ids("rollover_id", "lesson_id", "enrolment_id", "student_id"),
        *_ids("next_id", "answered_by", nullable=True),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_how", sa.String(), nullable=True),
        *(_instant(name, nullable=True) for name in ("answered_at", "reminded_at")),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stopped_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("stopped_whole", sa.Boolean(), nullable=False),
        sa.Column("was_ended_on", sa.Date(), nullable=True),
        *_of(rollover_id="rollover", lesson_id="rollover_lesson", student_id="student"),
        *_of(enrolment_id="enrolment", next_id="enrolment"),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"]),
        sa.UniqueConstraint("studio_id", "rollover_id", "enrolment_id", name="rollover_place_once"),
        sa.CheckConstraint(
            "num_nonnulls(answer, answered_at, answered_how) in (0, 3)",
            name="rollover_place_answered_when",
        ),
        sa.CheckConstraint(
            "not left_out or answer is null", name="rollover_place_left_out_unasked"
        ),
    )
    for column in ("lesson_id", "enrolment_id", "student_id", "next_id"):
        op.create_index(op.f(f"ix_rollover_place_{column}"), "rollover_place", [column])


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
