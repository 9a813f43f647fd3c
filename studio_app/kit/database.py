"""The connection pool of this process, as the application role."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError

from studio_app.kit.settings import settings

# A statement that hangs must not hold a lock for ever; a lock that is held must be heard of.
LIMITS = (
    "-c statement_timeout=15000 -c lock_timeout=5000 "
    "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
)


TRUSTED_FOR = 1.0
"""Seconds that an idle connection is believed to be alive without asking it."""


def engine_for(url: str, *, pool_size: int = 10) -> Engine:
    pool = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        connect_args={"options": LIMITS},
    )
    event.listen(pool, "checkin", _note_when)
    event.listen(pool, "checkout", lambda *asked: _ask_if_idle(pool, *asked))
    return pool


def _note_when(_connection: object, record: Any) -> None:
    record.info["idle_since"] = time.monotonic()


def _ask_if_idle(pool: Engine, connection: Any, record: Any, _fairy: object) -> None:
    """Asking before each use would cost a round trip; `open_work` mends what dies in between."""
    idle_since = record.info.get("idle_since")
    if idle_since is None or time.monotonic() - idle_since < TRUSTED_FOR:
        return
    try:
        pool.dialect.do_ping(connection)
    except pool.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


@cache
def engine() -> Engine:
    chosen = settings()
    return engine_for(chosen.app_database_url, pool_size=chosen.studio_pool_size)


def reader() -> Engine:
    """The same connections for single reads: no transaction to begin and to end."""
    return _without_transactions(engine())


@lru_cache(maxsize=1)
def _without_transactions(pool: Engine) -> Engine:
    return pool.execution_options(isolation_level="AUTOCOMMIT")


def conninfo(pool: Engine) -> str:
    """The address for those who keep a connection of their own: to listen, to lead."""
    url = pool.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


@cache
def threads() -> ThreadPoolExecutor:
    """As many threads as connections: more would only queue for the pool."""
    return ThreadPoolExecutor(settings().studio_pool_size, thread_name_prefix="work")
