"""Taking jobs from the queue: each event once per subscriber, each clock job once per slot."""

import asyncio
import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from procrastinate import App
from procrastinate.connector import BaseConnector
from sqlalchemy import Engine, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from studio_app.kit import logs, outbox
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.connector import connector_of
from studio_app.kit.failures import noting
from studio_app.kit.ids import StudioId, new_id
from studio_app.kit.jobs import HandledEvent, Job, JobRun, declared
from studio_app.kit.ready import Ready
from studio_app.kit.tables import table_of
from studio_app.kit.work import UseCase, Work, open_work, run

log = logging.getLogger(__name__)
LONGEST_RESULT = 500


def deliver(engine: Engine, subscriber: str, payload: Mapping[str, Any]) -> None:
    """Hand one event to one subscriber as the studio's system actor.

    A second delivery of the same event finds its row and does nothing. Raises what the
    subscriber raises; then nothing of it happened and the queue tries again.
    """
    react = outbox.subscriber_named(subscriber)
    kind = outbox.event_named(payload["kind"])
    event = outbox.adapter(kind).validate_python(payload["event"])
    event_id, studio_id = UUID(payload["event_id"]), StudioId(UUID(payload["studio_id"]))
    actor = Actor.system(studio_id)
    with _in_context(studio_id, str(payload["request_id"])):
        if outbox.is_outside(react):
            _deliver_outside(engine, actor, react, event, event_id, subscriber)
            return
        with open_work(engine, actor, react) as work:
            if _first_time(work.session, event_id, subscriber, studio_id, work.now):
                react(replace(work, cause=UUID(payload["caused_by"])), event)


def _deliver_outside(
    engine: Engine,
    actor: Actor,
    react: outbox.Subscriber,
    event: outbox.Event,
    event_id: UUID,
    subscriber: str,
) -> None:
    """What talks to the outside is noted as handled only after it succeeded."""
    studio_id = actor.studio_id
    with Session(engine) as session:
        query = select(HandledEvent.id).where(
            HandledEvent.event_id == event_id, HandledEvent.subscriber == subscriber
        )
        if session.exec(query).first():
            return
    react(engine, actor, event)
    with open_work(engine, actor, react) as work:
        _first_time(work.session, event_id, subscriber, StudioId(studio_id or event_id), work.now)


_HANDLED = Ready(
    insert(table_of(HandledEvent)).on_conflict_do_nothing(),
    *("id", "event_id", "subscriber", "studio_id", "handled_at"),
)


def _first_time(
    session: Session, event_id: UUID, subscriber: str, studio_id: StudioId, now: datetime
) -> bool:
    row = {"id": new_id(), "event_id": event_id, "subscriber": subscriber}
    given = {**row, "studio_id": studio_id, "handled_at": now}
    return _HANDLED.send(session.connection(), given).rowcount == 1


_CLAIM = text(
    "insert into job_run (id, job, slot, studio_id, started_at, result, failed)"
    " select run, :job, :slot, studio, :now, '', false"
    " from unnest(cast(:runs as uuid[]), cast(:studios as uuid[])) as claim (run, studio)"
    " on conflict do nothing returning id, studio_id"
)


def enqueue_tick(engine: Engine, job: Job, slot: datetime, studios: Sequence[StudioId]) -> int:
    """Claim a slot of a job in each studio and enqueue what was claimed; how many were.

    Two statements, however many studios there are.
    """
    if not studios:
        return 0
    given = {"job": job.name, "slot": slot, "now": utc_now(), "studios": list(studios)}
    with Session(engine) as session, session.begin():
        runs = [new_id() for _ in studios]
        claimed = session.connection().execute(_CLAIM, {**given, "runs": runs}).all()
        if claimed:
            driver = session.connection().connection.driver_connection
            task = outbox.app.configure_task("run_job", connection=driver)
            slots: list[dict[str, Any]] = [
                {"job": job.name, "run_id": str(run_id), "studio_id": str(studio_id)}
                for run_id, studio_id in claimed
            ]
            task.batch_defer(*slots)
    return len(claimed)


def run_job(engine: Engine, job: Job, run_id: UUID, studio_id: StudioId) -> None:
    """Run a claimed slot and record how it ended. A failure is recorded and raised.

    What the job changes and the record that it did are one transaction, so a slot that is
    handed out again after a worker died has its effect once.
    """
    with _in_context(studio_id, f"job {run_id}"):
        try:
            run(engine, Actor.system(studio_id), _recorded(job.use_case, run_id))
        except Exception as error:
            _record_failure(engine, run_id, type(error).__name__)
            raise


def _recorded(use_case: UseCase[[], Any], run_id: UUID) -> Callable[[Work], None]:
    @wraps(use_case)
    def run_its_slot(work: Work) -> None:
        began = utc_now()
        claimed = select(JobRun).where(JobRun.id == run_id).with_for_update()
        slot = work.session.exec(claimed).one_or_none()
        if slot is None or (slot.ended_at is not None and not slot.failed):
            return
        slot.result = str(use_case(work))[:LONGEST_RESULT]
        slot.started_at, slot.ended_at, slot.failed = began, utc_now(), False
        work.session.add(slot)

    return run_its_slot


def _record_failure(engine: Engine, run_id: UUID, result: str) -> None:
    ended = update(JobRun).where(col(JobRun.id) == run_id)
    with engine.begin() as connection:
        connection.execute(ended.values(ended_at=utc_now(), result=result, failed=True))


@contextmanager
def _in_context(studio_id: StudioId, request_id: str) -> Generator[None, None, None]:
    said = logs.request_id.set(request_id)
    where = logs.studio_id.set(str(studio_id))
    try:
        yield
    finally:
        logs.request_id.reset(said)
        logs.studio_id.reset(where)


def queue_app(engine: Engine, jobs: Sequence[Job], connector: BaseConnector) -> App:
    """The queue with its two tasks, on a connector that can listen for jobs."""
    queue = App(connector=connector)
    by_name: dict[str, Job] = {job.name: job for job in jobs}

    def deliver_task(subscriber: str, payload: dict[str, Any]) -> None:
        deliver(engine, subscriber, payload)

    def job_task(job: str, run_id: str, studio_id: str) -> None:
        run_job(engine, by_name[job], UUID(run_id), StudioId(UUID(studio_id)))

    how: dict[str, Any] = {"retry": outbox.RETRIES, "task_middleware": [noting(engine)]}
    queue.task(name="deliver", **how)(deliver_task)
    queue.task(name="run_job", **how)(job_task)
    return queue


def deliver_waiting(engine: Engine) -> None:
    """Deliver every event that waits, here and now, and return; what fails stays in the queue."""

    async def work() -> None:
        queue = queue_app(engine, declared(), connector_of(engine, most=3))
        async with queue.open_async():
            await queue.run_worker_async(
                wait=False, install_signal_handlers=False, listen_notify=False
            )

    asyncio.run(work())
