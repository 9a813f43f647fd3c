"""Promises about the rows that are there, checked by SQL that must return no row.

Each context lists its promises in `invariants.py`; `studio_app.wiring.INVARIANTS` joins them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Invariant:
    """A promise, by the id it has in the catalogue, and SQL that finds the rows that break it."""

    id: str
    promise: str
    sql: str


@dataclass(frozen=True, slots=True)
class Finding:
    id: str
    promise: str
    rows: int


def examine(connection: Connection, invariants: Iterable[Invariant]) -> list[Finding]:
    """Count the rows that break each promise. The connection must see every studio's rows."""
    return [
        Finding(check.id, check.promise, _broken(connection, check))
        for check in (*_same_studio(connection), *invariants)
    ]


def examine_studio(connection: Connection, invariants: Iterable[Invariant]) -> list[Finding]:
    """The same for the studio a connection is fenced to; its references cannot leave it."""
    return [Finding(check.id, check.promise, _broken(connection, check)) for check in invariants]


def _broken(connection: Connection, invariant: Invariant) -> int:
    query = text(f"select count(*) from ({invariant.sql}) as broken")  # noqa: S608  our own SQL
    return connection.execute(query).scalar_one()


_REFERENCES = text(
    """
    select source.oid::regclass::text, target.oid::regclass::text,
           array_agg(here.attname::text order by position),
           array_agg(there.attname::text order by position)
    from pg_constraint as link
    join pg_class as source on source.oid = link.conrelid
    join pg_class as target on target.oid = link.confrelid
    cross join unnest(link.conkey, link.confkey) with ordinality as pair(from_no, to_no, position)
    join pg_attribute as here on here.attrelid = source.oid and here.attnum = pair.from_no
    join pg_attribute as there on there.attrelid = target.oid and there.attnum = pair.to_no
    where link.contype = 'f'
      and exists (select from pg_attribute where attrelid = source.oid and attname = 'studio_id')
      and exists (select from pg_attribute where attrelid = target.oid and attname = 'studio_id')
    group by link.oid, source.oid, target.oid
    """
)


def _same_studio(connection: Connection) -> list[Invariant]:
    """I9 as one query over every foreign key between two studio-owned tables."""
    queries = [
        f"select 1 from {source} as a join {target} as b on "  # noqa: S608  names from pg_class
        + " and ".join(
            f"a.{x} = b.{y}" for x, y in zip(here, there, strict=True) if x != "studio_id"
        )
        + " where a.studio_id <> b.studio_id"
        for source, target, here, there in connection.execute(_REFERENCES)
        if set(here) != {"studio_id"}
    ]
    promise = "A row reached by a foreign key has the same studio."
    return [Invariant("I9", promise, " union all ".join(queries) or "select 1 where false")]
