"""What is sent to Postgres, also past SQLAlchemy: the queue writes on the driver's connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event

Heard = Callable[[str, Any], None]


@contextmanager
def sent_on(connection: Connection) -> Iterator[list[str]]:
    """The statements of one connection while the block runs; of many rows at once counts one."""
    heard: list[str] = []
    driver: Any = connection.connection.driver_connection
    usual = driver.cursor_factory
    driver.cursor_factory = _listening(lambda query, _given: heard.append(query))
    try:
        yield heard
    finally:
        driver.cursor_factory = usual


@contextmanager
def sent_by(engine: Engine) -> Iterator[list[str]]:
    """The statements of every connection the pool lends while the block runs."""
    heard: list[str] = []
    with _every(engine, lambda query, _given: heard.append(query)):
        yield heard


@contextmanager
def recorded_by(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The same with what is given to each: a mapping, or a list of them for many rows."""
    heard: list[tuple[str, Any]] = []
    with _every(engine, lambda query, given: heard.append((query, given))):
        yield heard


@contextmanager
def _every(engine: Engine, hear: Heard) -> Iterator[None]:
    listening = _listening(hear)

    def lend(driver: Any, *_: object) -> None:
        driver.cursor_factory = listening

    def take_back(driver: Any, *_: object) -> None:
        driver.cursor_factory = psycopg.Cursor

    event.listen(engine, "checkout", lend)
    event.listen(engine, "checkin", take_back)
    try:
        yield
    finally:
        event.remove(engine, "checkout", lend)
        event.remove(engine, "checkin", take_back)


def _listening(hear: Heard) -> type[psycopg.Cursor[Any]]:
    class Listening(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Any:
            hear(str(query), params)
            return super().execute(query, params, **kwargs)

        def executemany(self, query: Any, params_seq: Any, **kwargs: Any) -> Any:
            rows = list(params_seq)
            hear(str(query), rows)
            return super().executemany(query, rows, **kwargs)

    return Listening
