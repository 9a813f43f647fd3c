"""One studio many times over: every row of it, with ids, people and addresses of its own."""

from typing import LiteralString
from uuid import UUID

import psycopg
from psycopg import sql

from tests.bench.ground import Ground, filling

NOT_OURS = ("audit_change", "audit_entry", "idempotency", "session")
"""What happened, and what somebody is doing just now, is not copied."""
GENERATED = "is_generated = 'NEVER' and coalesce(identity_generation, '') <> 'ALWAYS'"


def clone_studio(ground: Ground, studio_id: UUID, times: int) -> None:
    """In one statement for each table; an id and the number of the copy make the copy's id."""
    with filling(ground) as connection:
        tables = _tables(connection)
        _copies(connection, "studio", "id = %(studio)s", studio_id, times)
        members = "id in (select person_id from membership where studio_id = %(studio)s)"
        _copies(connection, "person", members, studio_id, times)
        for table in tables:
            _copies(connection, table, "studio_id = %(studio)s", studio_id, times)


def _tables(connection: psycopg.Connection) -> list[str]:
    query = (
        "select c.table_name from information_schema.columns c join information_schema.tables t "
        "using (table_schema, table_name) where c.table_schema = 'public' "
        "and c.column_name = 'studio_id' and t.table_type = 'BASE TABLE' order by 1"
    )
    found = [str(row[0]) for row in connection.execute(query)]
    return [table for table in found if table not in NOT_OURS]


def _copies(
    connection: psycopg.Connection, table: str, whose: LiteralString, studio_id: UUID, times: int
) -> None:
    columns = connection.execute(
        "select column_name, udt_name from information_schema.columns where table_schema = "  # noqa: S608  the catalogue's own names
        f"'public' and table_name = %s and {GENERATED} order by ordinal_position",
        (table,),
    ).fetchall()
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _kind in columns)
    values = sql.SQL(", ").join(_value(table, name, kind) for name, kind in columns)
    statement = sql.SQL(
        "insert into {table} ({names}) select {values} from {table} r, "
        "generate_series(1, %(times)s) n where {whose}"
    )
    connection.execute(
        statement.format(
            table=sql.Identifier(table), names=names, values=values, whose=sql.SQL(whose)
        ),
        {"studio": studio_id, "times": times},
    )


def _value(table: str, name: str, kind: str) -> sql.Composable:
    column = sql.Identifier("r", name)
    if kind == "uuid":
        return sql.SQL("md5({}::text || n)::uuid").format(column)
    if (table, name) == ("person", "email"):
        return sql.SQL("n || '.' || {}").format(column)
    return column
