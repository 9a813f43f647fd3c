"""What is sent to Postgres, also past SQLAlchemy: the queue writes on the driver's connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event


@contextmanager
def sent_on(connection: Connection) -> Iterator[list[str]]:
    """The statements of one connection while the block runs; of many rows at once counts one."""
    heard: list[str] = []
    driver: Any = connection.connection.driver_connection
    usual = driver.cursor_factory
    driver.cursor_factory = _listening(heard)
    try:
        yield heard
    finally:
        driver.cursor_factory = usual


@contextmanager
def sent_by(engine: Engine) -> Iterator[list[str]]:
    """The statements of every connection the pool lends while the block runs."""
    heard: list[str] = []
    listening = _listening(heard)

    def lend(driver: Any, *_: object) -> None:
        driver.cursor_factory = listening

    def take_back(driver: Any, *_: object) -> None:
        driver.cursor_factory = psycopg.Cursor

    event.listen(engine, "checkout", lend)
    event.listen(engine, "checkin", take_back)
    try:
        yield heard
    finally:
        event.remove(engine, "checkout", lend)
        event.remove(engine, "checkin", take_back)


def _listening(heard: list[str]) -> type[psycopg.Cursor[Any]]:
    class Listening(psycopg.Cursor[Any]):
        def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            heard.append(str(query))
            return super().execute(query, *args, **kwargs)

        def executemany(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            heard.append(str(query))
            return super().executemany(query, *args, **kwargs)

    return Listening
