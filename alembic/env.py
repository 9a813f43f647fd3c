"""Runs migrations as the owner of the database; `alembic check` compares it with the models."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

import studio_app.schema  # noqa: F401  every table
from alembic import context
from studio_app.kit.migrations import owner_engine
from studio_app.kit.settings import settings

# The job queue brings its own tables and its own schema scripts.
NOT_OURS = ("procrastinate_",)


def ours(
    _thing: Any,
    name: str | None,
    kind: str,
    _reflected: bool,
    _other: Any,
) -> bool:
    return not (kind == "table" and name and name.startswith(NOT_OURS))


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_object=ours,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with owner_engine(settings().database_url).connect() as own:
        migrate(own)
