"""Does what was written down: delivers events, and keeps the clock if nobody else does.

It runs inside the app by default; `./studio worker` starts another one against the same
database. Any number may run: the queue hands each job to one of them.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from procrastinate import App, PsycopgConnector
from sqlalchemy import Engine

from studio_app.identity.sessions import every_studio
from studio_app.kit import outbox
from studio_app.kit.clock import utc_now
from studio_app.kit.database import conninfo, engine
from studio_app.kit.delivery import enqueue_tick, queue_app
from studio_app.kit.jobs import Job
from studio_app.kit.logs import set_up
from studio_app.kit.settings import settings
from studio_app.wiring import JOBS, SUBSCRIPTIONS

log = logging.getLogger(__name__)
LEADER = 0x436164656E7A61  # the advisory lock of whoever keeps the clock
LOOK_EVERY = 5.0
REQUEUE_EVERY = 30.0
LOST_AFTER = 60.0
CONCURRENCY = 4


@contextlib.asynccontextmanager
async def working(pool: Engine, *, concurrency: int = CONCURRENCY) -> AsyncGenerator[None, None]:
    """Work in the background until the block ends; unfinished jobs go back to the queue."""
    outbox.wire(SUBSCRIPTIONS)
    connector = PsycopgConnector(
        conninfo=conninfo(pool), min_size=1, max_size=concurrency + 2, timeout=30
    )
    queue = queue_app(pool, JOBS, connector)
    async with queue.open_async():
        tasks = [
            asyncio.create_task(_for_ever(_deliver, queue, concurrency)),
            asyncio.create_task(_for_ever(_requeue_lost, queue)),
            asyncio.create_task(_for_ever(_keep_clock, pool, queue, JOBS)),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _for_ever(part: Callable[..., Awaitable[None]], *args: Any) -> None:
    """Start a part again when it fails: a database that went away comes back."""
    while True:
        try:
            await part(*args)
        except Exception:
            log.exception("%s stopped and is started again", part.__name__)
        await asyncio.sleep(LOOK_EVERY)


async def _deliver(queue: App, concurrency: int) -> None:
    await queue.run_worker_async(
        concurrency=concurrency, install_signal_handlers=False, shutdown_graceful_timeout=10
    )


async def _requeue_lost(queue: App) -> None:
    """Jobs of a worker that died go back to the queue once its heartbeat is old."""
    while True:
        lost = await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER)
        for job in lost:
            log.warning("job %s was left by a worker that died", job.id)
            await queue.job_manager.retry_job(job)
        await asyncio.sleep(REQUEUE_EVERY)


async def _keep_clock(engine: Engine, queue: App, jobs: Sequence[Job]) -> None:
    """Tick while this process holds the leader's lock; wait for it otherwise."""
    address = conninfo(engine)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        while not await _is_leader(connection):  # noqa: ASYNC110  the lock is another process's
            await asyncio.sleep(LOOK_EVERY)
        clock = _clock(engine, queue, jobs)
        clock.start()
        try:
            while True:  # a lost connection raises here, and with it the lock is gone
                await connection.execute("select 1")
                await asyncio.sleep(LOOK_EVERY)
        finally:
            clock.shutdown(wait=False)


async def _is_leader(connection: psycopg.AsyncConnection) -> bool:
    result = await connection.execute("select pg_try_advisory_lock(%s)", [LEADER])
    row = await result.fetchone()
    return bool(row and row[0])


def _clock(engine: Engine, queue: App, jobs: Sequence[Job]) -> BackgroundScheduler:
    clock = BackgroundScheduler(timezone="UTC")
    for job in jobs:
        clock.add_job(
            partial(tick, engine, queue, job),
            CronTrigger.from_crontab(job.cron, timezone="UTC"),
            id=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=3600,
        )
    return clock


def tick(engine: Engine, queue: App, job: Job) -> None:
    """Enqueue a job for this minute in every studio where nobody has done so yet."""
    slot = utc_now().replace(second=0, microsecond=0)
    enqueue_tick(engine, queue, job, slot, every_studio(engine))


def main(_words: Sequence[str] = ()) -> None:
    """Work until stopped: `./studio worker`."""
    set_up(as_json=settings().studio_log_json)

    async def work() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        async with working(engine()):
            await stop.wait()

    asyncio.run(work())
