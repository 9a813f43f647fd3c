"""Statements of the hot path, compiled once and for all.

Finding a statement in SQLAlchemy's cache and preparing its result costs as much as sending it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql.elements import CompilerElement

_DIALECT = psycopg.dialect()


class Ready:
    """A statement as text, and what of it never changes. `columns` are those of an insert."""

    def __init__(self, statement: CompilerElement, *columns: str) -> None:
        compiled = statement.compile(dialect=_DIALECT, column_keys=list(columns) or None)
        self.sql = str(compiled)
        named: Mapping[str, Any] = compiled.params or {}
        self._fixed = {
            name: value
            for name, value in named.items()
            if value is not None and name not in columns
        }

    def send(
        self, connection: Connection, given: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    ) -> CursorResult[*tuple[Any, ...]]:
        """One set of values, or many; they reach the driver as they are."""
        if isinstance(given, Mapping):
            return connection.exec_driver_sql(self.sql, {**self._fixed, **given})
        return connection.exec_driver_sql(self.sql, [{**self._fixed, **one} for one in given])
