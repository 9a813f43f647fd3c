"""The connection pool of this process, as the application role."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

from sqlalchemy import Engine, create_engine

from studio_app.kit.settings import settings

# A statement that hangs must not hold a lock for ever; a lock that is held must be heard of.
LIMITS = (
    "-c statement_timeout=15000 -c lock_timeout=5000 "
    "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
)


def engine_for(url: str, *, pool_size: int = 10) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        connect_args={"options": LIMITS},
    )


@cache
def engine() -> Engine:
    chosen = settings()
    return engine_for(chosen.app_database_url, pool_size=chosen.studio_pool_size)


def conninfo(pool: Engine) -> str:
    """The address for those who keep a connection of their own: to listen, to lead."""
    url = pool.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


@cache
def threads() -> ThreadPoolExecutor:
    """As many threads as connections: more would only queue for the pool."""
    return ThreadPoolExecutor(settings().studio_pool_size, thread_name_prefix="work")
