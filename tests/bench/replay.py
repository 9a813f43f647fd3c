"""The same statements by hand: what a use case sent to the database, sent again by bare psycopg."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Engine

from studio_app.kit.access import Actor
from studio_app.kit.work import UseCase, run
from tests.counting import recorded_by

Recorded = Sequence[tuple[str, Any]]


def record(engine: Engine, actor: Actor, use_case: UseCase[..., Any], *args: Any) -> Recorded:
    """Run a use case once and keep its statements in the order they were sent."""
    with recorded_by(engine) as heard:
        run(engine, actor, use_case, *args)
    return list(heard)


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
