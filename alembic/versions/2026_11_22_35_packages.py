"""Packages of sessions, what was sold of them, and whether lessons complete themselves."""

from collections.abc import Callable

import sqlalchemy as sa

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO, append_only, audited, fence

revision = "35_packages"
down_revision = "34_credits"

# Ids of studios, and nothing else about them.
COMPLETING = "attendance_studios_completing(at timestamptz)"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _package()
    _sale()
    _table(
        "completion_rule",
        sa.Column("completes", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("studio_id", name="completion_rule_one"),
    )
    op.execute(
        f"create function {COMPLETING} returns table (id uuid) stable security definer "
        "language sql set search_path = public, pg_temp as $$ select r.studio_id "
        "from completion_rule r where r.completes and exists (select from seat s "
        "where s.studio_id = r.studio_id and s.blocking and s.left_at is null "
        "and s.ends_at <= at and s.ends_at > at - interval '7 days' "
        "and not exists (select from attendance_mark m where m.seat_id = s.id)) $$"
    )
    op.execute(f"revoke all on function {COMPLETING} from public")
    op.execute(f"grant execute on function {COMPLETING} to {APP_ROLE}")


def _package() -> None:
    _table(
        "package",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        *_ids("lesson_type_id", nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        _instant("archived_at", nullable=True),
        *_of(lesson_type_id="lesson_type"),
        sa.CheckConstraint("sessions > 0", name="package_has_sessions"),
        sa.CheckConstraint("amount_minor >= 0", name="package_is_not_negative"),
        sa.CheckConstraint("minutes > 0", name="package_minutes_are_positive"),
        sa.CheckConstraint("months > 0", name="package_months_are_positive"),
        sa.CheckConstraint("tax_bp between 0 and 10000", name="package_tax_is_a_rate"),
    )


def _sale() -> None:
    _table(
        "package_sale",
        *_ids("package_id", "family_id", "lot_id"),
        *_ids("student_id", "sold_by", nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        *_of(package_id="package", family_id="family", student_id="student", lot_id="credit_lot"),
        sa.UniqueConstraint("studio_id", "lot_id", name="package_sale_one_lot"),
        sa.CheckConstraint("sessions > 0", name="package_sale_has_sessions"),
        more=append_only,
    )
    for column in ("package_id", "family_id"):
        op.create_index(op.f(f"ix_package_sale_{column}"), "package_sale", [column])


def _table(
    name: str, *items: sa.schema.SchemaItem, more: Callable[[str], list[str]] = audited
) -> None:
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
    for statement in (*fence(name), *more(name)):
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
