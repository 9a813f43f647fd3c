"""Building blocks for tables. Every studio-owned row is fenced by the database."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Uuid,
    func,
    inspect,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import declared_attr
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from studio_app.kit.clock import utc_now
from studio_app.kit.ids import StudioId, new_id
from studio_app.kit.settings import APP_ROLE

# A pooled connection reads a setting that was once local back as '', hence nullif.
CURRENT_STUDIO = "nullif(current_setting('app.studio_id', true), '')::uuid"


def key() -> Any:
    return Field(default_factory=new_id, primary_key=True, sa_type=Uuid)


def ref(**options: Any) -> Any:
    options.setdefault("index", True)
    return Field(sa_type=Uuid, **options)


def instant(**options: Any) -> Any:
    return Field(sa_type=DateTime(timezone=True), **options)  # type: ignore[call-overload]


class Row(SQLModel):
    """A table named after its class: `LessonType` is `lesson_type`."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class StudioOwned(Row):
    """A row of one studio. Postgres fills `studio_id` in and hides all other rows."""

    studio_id: StudioId = Field(
        default=None,
        sa_type=Uuid,
        nullable=False,
        sa_column_kwargs={"server_default": text(CURRENT_STUDIO)},
    )
    created_at: datetime = instant(default_factory=utc_now)


def table_of(row: type[SQLModel]) -> Table:
    """The bare table of a row, for statements that are built once and sent often."""
    return cast("Table", inspect(row).local_table)


def studio_table(*items: SchemaItem) -> tuple[SchemaItem, ...]:
    """Table arguments for a studio-owned table: lets others refer to it per studio."""
    studio = ForeignKeyConstraint(["studio_id"], ["studio.id"])
    return (UniqueConstraint("studio_id", "id"), studio, *items)


def same_studio(column: str, table: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key that cannot point into another studio."""
    target = [f"{table}.studio_id", f"{table}.id"]
    return ForeignKeyConstraint(["studio_id", column], target, **options)


def no_overlap(name: str, column: str, *, when: str) -> ExcludeConstraint[Any]:
    """Two rows of a studio with the same `column` may not cover the same instant.

    The studio comes first because the constraint also sees rows that the fence hides.
    """
    span = func.tstzrange(text("starts_at"), text("ends_at"))
    return ExcludeConstraint(
        (text("studio_id"), "="),
        (text(column), "="),
        (span, "&&"),
        where=text(when),
        using="gist",
        name=name,
    )


# For migrations: what stands in `op.create_table` of a new studio-owned table.


def owned(*items: SchemaItem) -> list[SchemaItem]:
    """A table's own columns and constraints between what every studio-owned table has."""
    return [
        Column("studio_id", Uuid(), server_default=text(CURRENT_STUDIO), nullable=False),
        instant_column("created_at"),
        Column("id", Uuid(), nullable=False),
        *items,
        ForeignKeyConstraint(["studio_id"], ["studio.id"]),
        PrimaryKeyConstraint("id"),
        UniqueConstraint("studio_id", "id"),
    ]


def id_columns(*names: str, nullable: bool = False) -> list[Column[UUID]]:
    return [Column(name, Uuid(), nullable=nullable) for name in names]


def instant_column(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def references(**columns: str) -> list[ForeignKeyConstraint]:
    """Keys that cannot point into another studio: column = table."""
    return [same_studio(column, table) for column, table in columns.items()]


def fence(table: str) -> list[str]:
    """SQL that shows the application only the current studio's rows of a table.

    The owner's own policy lets migrations and definer functions through where the owner
    is not a superuser.
    """
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy {table}_fence on {table} to {APP_ROLE} "
        f"using (studio_id = (select {CURRENT_STUDIO}))",
        f"create policy {table}_owner on {table} to current_user using (true) with check (true)",
        f"grant select, insert, update, delete on {table} to {APP_ROLE}",
    ]


def append_only(table: str) -> list[str]:
    """SQL that takes away the application's right to change or delete rows."""
    return [f"revoke update, delete, truncate on {table} from {APP_ROLE}"]


def audited(table: str, *, hide: Sequence[str] = ()) -> list[str]:
    """SQL that writes each change of a row to the audit and tells open pages of it.

    `hide` names columns whose values are secrets and never leave their table.
    """
    hidden = ", ".join(f"'{column}'" for column in hide)
    return [
        f"create trigger {table}_audit after insert or update or delete on {table} "
        f"for each row execute function audit_row({hidden})"
    ]
