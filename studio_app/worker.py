"""Does what was written down: delivers events, and keeps the clock if nobody else does.

It runs inside the app by default; `./studio worker` starts another one against the same
database. Any number may run: the queue hands each job to one of them.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler
from procrastinate import App
from sqlalchemy import Engine

from studio_app.identity.sessions import every_studio
from studio_app.kit import jobs as clock_jobs
from studio_app.kit import outbox
from studio_app.kit.clock import utc_now
from studio_app.kit.connector import connector_of
from studio_app.kit.database import conninfo, engine
from studio_app.kit.delivery import enqueue_tick, queue_app
from studio_app.kit.failures import take_over_lost
from studio_app.kit.jobs import Job
from studio_app.kit.logs import set_up
from studio_app.kit.settings import settings
from studio_app.kit.slots import MISSED_FOR, latest_slot, trigger
from studio_app.wiring import JOBS, SUBSCRIPTIONS

log = logging.getLogger(__name__)
LEADER = 0x436164656E7A61  # the advisory lock of whoever keeps the clock
CONCURRENCY = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a worker looks, in seconds. A worker is lost after missing several heartbeats."""

    look: float = 5.0
    poll: float = 2.0
    """For jobs whose pause is over; new ones are told at once."""
    heartbeat: float = 10.0
    requeue: float = 30.0
    lost_after: float = 60.0


UNHURRIED = Pace()


@contextlib.asynccontextmanager
async def working(
    pool: Engine,
    *,
    concurrency: int = CONCURRENCY,
    pace: Pace = UNHURRIED,
    jobs: Sequence[Job] = JOBS,
) -> AsyncGenerator[None, None]:
    """Work in the background until the block ends; unfinished jobs go back to the queue."""
    outbox.wire(SUBSCRIPTIONS)
    clock_jobs.declare(jobs)
    queue = queue_app(pool, jobs, connector_of(pool, most=concurrency + 2))
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "delivering": partial(_deliver, queue, concurrency, pace),
        "looking for lost jobs": partial(_take_over_lost, pool, pace),
        "keeping the clock": partial(_keep_clock, pool, jobs, pace),
    }
    async with queue.open_async():
        tasks = [asyncio.create_task(_for_ever(*part, pace)) for part in parts.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _for_ever(what: str, part: Callable[[], Awaitable[None]], pace: Pace) -> None:
    """Start a part again when it fails: a database that went away comes back."""
    while True:
        try:
            await part()
        except Exception:
            log.exception("%s stopped and is begun again", what)
        await asyncio.sleep(pace.look)


async def _deliver(queue: App, concurrency: int, pace: Pace) -> None:
    await queue.run_worker_async(
        concurrency=concurrency,
        install_signal_handlers=False,
        shutdown_graceful_timeout=10,
        fetch_job_polling_interval=pace.poll,
        update_heartbeat_interval=pace.heartbeat,
        stalled_worker_timeout=pace.lost_after,
    )


async def _take_over_lost(pool: Engine, pace: Pace) -> None:
    """Jobs of a worker that died go back to the queue once its heartbeat is old.

    It waits first: a worker that was paused itself gives a sign of life before it looks.
    """
    while True:
        await asyncio.sleep(pace.requeue)
        await asyncio.to_thread(take_over_lost, pool, pace.lost_after)


async def _keep_clock(engine: Engine, jobs: Sequence[Job], pace: Pace) -> None:
    """Tick while this process holds the leader's lock; wait for it otherwise."""
    address = conninfo(engine)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        while not await _is_leader(connection):  # noqa: ASYNC110  the lock is another process's
            await asyncio.sleep(pace.look)
        clock = clock_of(engine, jobs)
        clock.start()
        try:
            await asyncio.to_thread(catch_up, engine, jobs)
            while True:  # a lost connection raises here, and with it the lock is gone
                await connection.execute("select 1")
                await asyncio.sleep(pace.look)
        finally:
            clock.shutdown(wait=False)


async def _is_leader(connection: psycopg.AsyncConnection) -> bool:
    result = await connection.execute("select pg_try_advisory_lock(%s)", [LEADER])
    row = await result.fetchone()
    return bool(row and row[0])


def clock_of(engine: Engine, jobs: Sequence[Job]) -> BackgroundScheduler:
    clock = BackgroundScheduler(timezone="UTC")
    for job in jobs:
        clock.add_job(
            partial(tick, engine, job),
            trigger(job.cron),
            id=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=int(MISSED_FOR.total_seconds()),
        )
    return clock


def tick(engine: Engine, job: Job, now: datetime | None = None) -> int:
    """Enqueue a job's latest slot in every studio where it is due and nobody has; how many.

    The slot is the cron's, not the moment's: late, early or on a clock that was set back, it
    is the same slot, and a claimed one is nobody's any more.
    """
    now = now or utc_now()
    slot = latest_slot(job.cron, now)
    if slot is None:
        return 0
    studios = every_studio(engine) if job.studios is None else job.studios(engine, now)
    return enqueue_tick(engine, job, slot, studios)


def catch_up(engine: Engine, jobs: Sequence[Job], now: datetime | None = None) -> None:
    """What struck while nobody kept the clock: a leader died, the machine slept.

    One job that cannot even be asked who is due must not stop the clock of the others.
    """
    for job in jobs:
        try:
            tick(engine, job, now)
        except Exception:
            log.exception("%s could not be enqueued", job.name)


def main(_words: Sequence[str] = (), *, pace: Pace = UNHURRIED, jobs: Sequence[Job] = JOBS) -> None:
    """Work until stopped: `./studio worker`."""
    set_up(as_json=settings().studio_log_json)

    async def work() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        async with working(engine(), pace=pace, jobs=jobs):
            await stop.wait()

    asyncio.run(work())
