"""The connections a worker takes jobs with, and acknowledges them."""

import time
from typing import Any
from weakref import WeakKeyDictionary

from procrastinate import PsycopgConnector
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Engine

from studio_app.kit.database import TRUSTED_FOR, conninfo


def connector_of(engine: Engine, *, most: int) -> PsycopgConnector:
    """A pool of its own on the database of this engine.

    Each statement stands alone: it is sent without a transaction around it, and a connection
    that was used a moment ago is not asked whether it lives. A job costs half of what it did.
    """
    return PsycopgConnector(
        pool_factory=_pool,
        conninfo=conninfo(engine),
        min_size=1,
        max_size=most,
        timeout=30,
        configure=_send_at_once,
    )


async def _send_at_once(connection: AsyncConnection) -> None:
    await connection.set_autocommit(True)


def _pool(**given: Any) -> AsyncConnectionPool:
    used: WeakKeyDictionary[AsyncConnection, float] = WeakKeyDictionary()

    async def ask_if_idle(connection: AsyncConnection) -> None:
        now = time.monotonic()
        if now - used.get(connection, -TRUSTED_FOR) >= TRUSTED_FOR:
            await AsyncConnectionPool.check_connection(connection)
        used[connection] = now

    given["check"] = ask_if_idle
    return AsyncConnectionPool(**given)
