"""Policies: versions, which lessons they are for, who agreed to them, what was decided."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op
from studio_app.kit.tables import CURRENT_STUDIO, append_only, audited, fence

revision = "36_policies"
down_revision = "35_packages"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _policy()
    _version()
    _use()
    _agreed()
    _decision()


def _policy() -> None:
    _table(
        "policy",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("draft", JSONB(), nullable=True),
        _instant("archived_at", nullable=True),
    )
    for statement in audited("policy"):
        op.execute(statement)


def _version() -> None:
    _written_once(
        "policy_version",
        *_ids("policy_id"),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("document", JSONB(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_person("published_by"),
        _instant("published_at"),
        *_of(policy_id="policy"),
        sa.UniqueConstraint("studio_id", "policy_id", "nth", name="policy_version_in_order"),
        sa.CheckConstraint("nth > 0", name="policy_version_counts_from_one"),
    )


def _use() -> None:
    _written_once(
        "policy_use",
        *_ids("policy_id", "lesson_type_id", nullable=True),
        _instant("since"),
        *_person("said_by"),
        *_of(policy_id="policy", lesson_type_id="lesson_type"),
    )
    op.create_index("policy_use_latest", "policy_use", ["studio_id", "lesson_type_id", "since"])
    _indexed("policy_use", "policy_id")


def _agreed() -> None:
    _written_once(
        "policy_agreed",
        *_ids("version_id"),
        *_ids("enrolment_id", "seat_id", nullable=True),
        *_person("agreed_by"),
        _instant("agreed_at"),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("wording_hash", sa.String(), nullable=False),
        *_of(version_id="policy_version", enrolment_id="enrolment", seat_id="seat"),
        sa.UniqueConstraint(
            "studio_id", "enrolment_id", "version_id", name="policy_agreed_once_by_enrolment"
        ),
        sa.UniqueConstraint(
            "studio_id", "seat_id", "version_id", name="policy_agreed_once_by_seat"
        ),
        sa.CheckConstraint(
            "num_nonnulls(enrolment_id, seat_id) = 1", name="policy_agreed_about_one_thing"
        ),
    )
    _indexed("policy_agreed", "version_id", "enrolment_id", "seat_id")


def _decision() -> None:
    _written_once(
        "policy_decision",
        *_ids("seat_id", "student_id", "version_id"),
        *(_text(name) for name in ("act", "by", "reason", "rule_id")),
        _instant("starts_at"),
        sa.Column("was_late", sa.Boolean(), nullable=False),
        sa.Column("was_credited", sa.Boolean(), nullable=False),
        *(sa.Column(name, JSONB(), nullable=False) for name in ("inputs", "effects", "sentence")),
        _text("words"),
        *_person("decided_by"),
        _instant("decided_at"),
        *_ids("undoes_id", nullable=True),
        *_of(seat_id="seat", student_id="student", version_id="policy_version"),
        *_of(undoes_id="policy_decision"),
        sa.UniqueConstraint("studio_id", "undoes_id", name="policy_decision_undone_once"),
    )
    op.create_index(
        "policy_decision_of_student",
        "policy_decision",
        ["studio_id", "student_id", "decided_at"],
    )
    _indexed("policy_decision", "seat_id", "version_id")


def _written_once(name: str, *items: sa.schema.SchemaItem) -> None:
    _table(name, *items)
    for statement in append_only(name):
        op.execute(statement)


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
    for statement in fence(name):
        op.execute(statement)


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=False)


def _person(name: str) -> list[sa.schema.SchemaItem]:
    return [*_ids(name, nullable=True), sa.ForeignKeyConstraint([name], ["person.id"])]


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of(**columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["studio_id", column], [f"{table}.studio_id", f"{table}.id"])
        for column, table in columns.items()
    ]
