"""The same statements by hand: what a use case sent to the database, sent again by bare psycopg."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from studio_app.kit.access import Actor
from studio_app.kit.work import UseCase, run

Recorded = Sequence[tuple[str, Any]]


def record(engine: Engine, actor: Actor, use_case: UseCase[..., Any], *args: Any) -> Recorded:
    """Run a use case once and keep its statements in the order they were sent."""
    with sent(engine) as heard:
        run(engine, actor, use_case, *args)
    return list(heard)


@contextmanager
def sent(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What reaches the driver while the block runs: the jobs too, which the library for them
    writes past SQLAlchemy."""
    heard: list[tuple[str, Any]] = []

    class Hearing(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            heard.append((query, params))
            return super().execute(query, params, **how)

        def executemany(self, query: Any, params_seq: Any, **how: Any) -> None:
            heard.append((query, list(params_seq)))
            super().executemany(query, heard[-1][1], **how)

    def listen(connection: psycopg.Connection, *_: object) -> None:
        connection.cursor_factory = Hearing

    def leave(connection: psycopg.Connection, *_: object) -> None:
        connection.cursor_factory = psycopg.Cursor

    event.listen(engine, "checkout", listen)
    event.listen(engine, "checkin", leave)
    try:
        yield heard
    finally:
        event.remove(engine, "checkout", listen)
        event.remove(engine, "checkin", leave)


def replay(connection: psycopg.Connection, recorded: Recorded, swap: Mapping[Any, Any]) -> None:
    """Send them again in one transaction, with other values in the place of some."""
    with connection.cursor() as cursor:
        for written, given in recorded:
            statement = written.encode()
            if isinstance(given, list):
                cursor.executemany(statement, [_swapped(one, swap) for one in given])
                continue
            cursor.execute(statement, _swapped(given, swap))
            if cursor.description:
                cursor.fetchall()
    connection.commit()


def _swapped(given: Any, swap: Mapping[Any, Any]) -> Any:
    if not given:
        return None
    return {name: _one(value, swap) for name, value in given.items()}


def _one(value: Any, swap: Mapping[Any, Any]) -> Any:
    if isinstance(value, list):
        return [_one(each, swap) for each in value]
    try:
        return swap.get(value, value)
    except TypeError:  # what cannot be hashed is not swapped
        return value
