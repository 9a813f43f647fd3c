"""P15: from an event to what its subscriber did: how many, how soon, however much lies there."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from procrastinate.sql import queries
from sqlalchemy import text

from studio_app import worker
from studio_app.kit import outbox
from studio_app.kit.access import Permission
from studio_app.kit.ids import new_id
from studio_app.kit.queue import STUDIO
from studio_app.kit.work import Work, requires, run
from tests.bench.ground import Ground
from tests.bench.measure import Figure, counted

BURST = 2_000
PER_SECOND, LASTING = 50, 20
DONE_ROWS = 1_000_000
ENOUGH_PER_SECOND = 200
LAG_MS = 2_000
BATCH = 20


@dataclass(frozen=True, slots=True)
class Ticked(outbox.Event):
    at: UUID


def note(_work: Work, _event: Ticked) -> None:
    """The effect is the row that says it was handled; the bench reads its time."""


@requires(Permission.PEOPLE_MANAGE)
def emit(work: Work, count: int) -> None:
    for _ in range(count):
        work.emit(Ticked(new_id()))


def measure(ground: Ground) -> Iterator[Figure]:
    outbox.wire({Ticked: [note]})
    yield from asyncio.run(_throughput(ground))
    yield from asyncio.run(_lag(ground, "P15 lag"))
    _lay_down(ground, DONE_ROWS)
    yield from _plans(ground)
    yield from asyncio.run(_lag(ground, "P15 lag/1M"))


@asynccontextmanager
async def _working(ground: Ground) -> AsyncIterator[None]:
    async with worker.working(ground.engine, jobs=()):
        await asyncio.sleep(1.0)  # it has connected and listens
        yield


async def _throughput(ground: Ground) -> list[Figure]:
    """Emitted while they are delivered, from the first to the last, in one process."""
    async with _working(ground):
        began = time.perf_counter()
        for _ in range(BURST // BATCH):
            await asyncio.to_thread(run, ground.engine, ground.cast.olivia, emit, BATCH)
        await _until_done(ground)
        took = time.perf_counter() - began
    rate = BURST / took
    words = f"{BURST} events through emit and deliver, one worker in the process"
    met = rate >= ENOUGH_PER_SECOND
    target = f"≥ {ENOUGH_PER_SECOND}/s"
    return [Figure("P15 events", words, rate, None, None, target, met, "events/s")]


async def _lag(ground: Ground, id_: str) -> list[Figure]:
    """At a steady rate: from the emitting transaction to the effect, as the database saw it."""
    async with _working(ground):
        steady = threading.Thread(target=_emit_steadily, args=(ground,))
        with ground.engine.connect() as connection:
            since = connection.execute(text("select clock_timestamp()")).scalar_one()
        steady.start()
        await asyncio.to_thread(steady.join)
        await _until_done(ground)
    lags = text(
        "select percentile_cont(array[0.5, 0.95]) within group (order by"  # noqa: S608
        " extract(epoch from finished.at - began.at) * 1000)"
        " from procrastinate_jobs as job"
        " join procrastinate_events as began on began.job_id = job.id and began.type = 'deferred'"
        " join procrastinate_events as finished on finished.job_id = job.id"
        " and finished.type = 'succeeded'"
        f" where {STUDIO} = :studio and began.at >= :since"
    )
    with ground.engine.connect() as connection:
        given = {"studio": str(ground.cast.harmony), "since": since}
        half, most = connection.execute(lags, given).scalar_one()
    words = f"{PER_SECOND} events/s for {LASTING} s: p95 until done (p50 {half:.0f} ms)"
    return [counted(id_, words, most, LAG_MS, unit="ms")]


def _emit_steadily(ground: Ground) -> None:
    begin = time.perf_counter()
    for nth in range(PER_SECOND * LASTING):
        time.sleep(max(begin + nth / PER_SECOND - time.perf_counter(), 0))
        run(ground.engine, ground.cast.olivia, emit, 1)


async def _until_done(ground: Ground) -> None:
    waiting = text(
        "select exists (select from procrastinate_jobs where status in ('todo','doing'))"
    )

    def done() -> bool:
        with ground.engine.connect() as connection:
            return not connection.execute(waiting).scalar_one()

    while not await asyncio.to_thread(done):  # noqa: ASYNC110  the queue is in the database
        await asyncio.sleep(0.02)


def _lay_down(ground: Ground, rows: int) -> None:
    """So many jobs that are done, of a thousand studios, and a few of Harmony's that wait."""
    done = text(
        "insert into procrastinate_jobs (queue_name, task_name, args, status, attempts)"
        " select 'default', 'deliver', jsonb_build_object('subscriber', 'x', 'payload',"
        "   jsonb_build_object('studio_id', md5((n % 1000)::text)::uuid)), 'succeeded', 1"
        " from generate_series(1, :rows) as n"
    )
    with ground.database.owner.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(done, {"rows": rows})
    run(ground.engine, ground.cast.olivia, emit, BATCH)
    with ground.database.owner.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("vacuum analyze procrastinate_jobs")
        )


def _plans(ground: Ground) -> Iterator[Figure]:
    """Whole scans of the queue's table: in claiming a job, and in what its owner is shown."""
    with ground.database.owner.connect() as connection:
        claim = _claim(connection)
        yield counted("P15 claim scans", "claiming reads the table", _scans(claim), 0, unit="scans")
        buffers = claim["Shared Hit Blocks"] + claim["Shared Read Blocks"]
        yield counted("P15 claim blocks", "claiming at 1 M done rows", buffers, 200, unit="blocks")
        shown = _explain(
            connection,
            f"select count(*) from procrastinate_jobs as job where {STUDIO} ="  # noqa: S608
            f" '{ground.cast.harmony}' and job.status in ('todo', 'doing', 'failed')",
        )
        yield counted("P15 backlog scans", "the backlog reads the table", _scans(shown), 0, unit="")
        connection.rollback()


def _claim(connection: Any) -> dict[str, Any]:
    """The candidate as the queue's own function looks for it, word for word."""
    assert "procrastinate_fetch_job_v2" in queries["fetch_job"]
    body = text("select prosrc from pg_proc where proname = 'procrastinate_fetch_job_v2'")
    source = connection.execute(body).scalar_one()
    candidate = source.split("candidate AS (", 1)[1].split("\n    )\n", 1)[0]
    return _explain(connection, candidate.replace("target_queue_names", "null::varchar[]"))


def _explain(connection: Any, query: str) -> dict[str, Any]:
    told = connection.execute(text(f"explain (analyze, buffers, format json) {query}"))
    return told.scalar_one()[0]["Plan"]


def _scans(plan: dict[str, Any]) -> int:
    here = plan["Node Type"] == "Seq Scan" and plan["Relation Name"] == "procrastinate_jobs"
    return int(here) + sum(_scans(part) for part in plan.get("Plans", ()))
