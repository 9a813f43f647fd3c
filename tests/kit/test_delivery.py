"""After the commit: events are delivered, slots run once, whoever is there to do it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from procrastinate import App, PsycopgConnector
from sqlalchemy import Engine, make_url, text, update
from sqlmodel import col, select

from studio_app import worker
from studio_app.identity.sessions import every_studio
from studio_app.kit import outbox
from studio_app.kit.access import Permission
from studio_app.kit.delivery import deliver, deliver_waiting, enqueue_tick, queue_app
from studio_app.kit.ids import StudioId
from studio_app.kit.jobs import Job
from studio_app.kit.outbox import Event
from studio_app.kit.work import Work, requires, run
from studio_app.people.models import Teacher
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database


@dataclass(frozen=True, slots=True)
class BellRang(Event):
    teacher_id: UUID


@dataclass(frozen=True, slots=True)
class SomebodyKnocked(Event):
    door: UUID


def wave(work: Work, event: BellRang | SomebodyKnocked) -> None:
    teacher_id = event.teacher_id if isinstance(event, BellRang) else event.door
    greet(work, BellRang(teacher_id))


def greet(work: Work, event: BellRang) -> None:
    louder = update(Teacher).where(col(Teacher.id) == event.teacher_id)
    work.session.connection().execute(louder.values(phone=col(Teacher.phone) + "!"))
    if work.session.exec(select(Teacher.id).where(Teacher.id == event.teacher_id)).first() is None:
        raise LookupError(event.teacher_id)


@requires(Permission.PEOPLE_MANAGE)
def ring(work: Work, teacher_id: UUID) -> None:
    work.emit(BellRang(teacher_id))


@requires(Permission.PEOPLE_MANAGE)
def knock(work: Work, door: UUID) -> None:
    work.emit(SomebodyKnocked(door))


@requires(Permission.PEOPLE_MANAGE)
def ring_and_fail(work: Work, teacher_id: UUID) -> None:
    work.emit(BellRang(teacher_id))
    raise RuntimeError


@requires(Permission.JOBS_RUN)
def count_teachers(work: Work) -> str:
    return f"{len(work.session.exec(select(Teacher)).all())} teachers"


@requires(Permission.JOBS_RUN)
def stumble(_work: Work) -> str:
    raise RuntimeError("stumbled")


outbox.wire({BellRang: [greet, wave], SomebodyKnocked: [wave]})
COUNT = Job("count teachers", "* * * * *", count_teachers)
STUMBLE = Job("stumble", "* * * * *", stumble)
SLOT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture(autouse=True)
def empty_queue(cloned: Database) -> Iterator[None]:
    yield
    with cloned.owner.begin() as connection:
        connection.execute(
            text("delete from procrastinate_events; delete from procrastinate_jobs;")
        )
        connection.execute(text("delete from job_run; update teacher set phone = ''"))


def queued(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return list(connection.execute(text("select args from procrastinate_jobs")).scalars())


def phone(engine: Engine, cast: Cast) -> str:
    return run(engine, cast.olivia, _phone, cast.teacher_id)


@requires(Permission.PEOPLE_MANAGE)
def _phone(work: Work, teacher_id: UUID) -> str:
    return work.session.get_one(Teacher, teacher_id).phone


def test_an_event_waits_for_the_commit_and_is_gone_with_a_rollback(
    cloned: Database, cast: Cast
) -> None:
    run(cloned.app, cast.olivia, ring, cast.teacher_id)
    with pytest.raises(RuntimeError):
        run(cloned.app, cast.olivia, ring_and_fail, cast.teacher_id)
    assert len(queued(cloned.app)) == 2  # one for each subscriber


def test_an_event_delivered_twice_is_handled_once(cloned: Database, cast: Cast) -> None:
    run(cloned.app, cast.olivia, knock, cast.teacher_id)
    (args,) = queued(cloned.app)
    for _ in range(2):
        deliver(cloned.app, **args)
    assert phone(cloned.app, cast) == "!"


def test_one_subscriber_may_react_to_events_of_several_kinds(cloned: Database, cast: Cast) -> None:
    run(cloned.app, cast.olivia, ring, cast.teacher_id)
    run(cloned.app, cast.olivia, knock, cast.teacher_id)

    deliver_waiting(cloned.app)

    assert phone(cloned.app, cast) == "!!!"


def test_two_workers_share_the_queue_and_deliver_each_event_once(
    cloned: Database, cast: Cast
) -> None:
    for _ in range(20):
        run(cloned.app, cast.olivia, knock, cast.teacher_id)
    asyncio.run(_work_until_done(cloned.app))
    assert phone(cloned.app, cast) == "!" * 20


async def _work_until_done(engine: Engine) -> None:
    open_jobs = text("select count(*) from procrastinate_jobs where status <> 'succeeded'")
    async with worker.working(engine), worker.working(engine):
        for _ in range(200):
            with engine.connect() as connection:
                if connection.execute(open_jobs).scalar_one() == 0:
                    return
            await asyncio.sleep(0.05)


def queue(engine: Engine, *jobs: Job) -> App:
    url = make_url(engine.url).set(drivername="postgresql")
    connector = PsycopgConnector(conninfo=url.render_as_string(hide_password=False))
    return queue_app(engine, jobs, connector)


def test_a_slot_is_claimed_once_however_many_tick(cloned: Database, cast: Cast) -> None:
    studios = every_studio(cloned.app)
    assert set(studios) == {cast.harmony, cast.rival}
    claims = [enqueue_tick(cloned.app, COUNT, SLOT, studios) for _ in range(2)]
    assert claims == [2, 0]


@pytest.mark.parametrize(
    ("job", "failed", "result"), [(COUNT, False, "1 teachers"), (STUMBLE, True, "RuntimeError")]
)
def test_a_run_leaves_its_record(
    cloned: Database, cast: Cast, job: Job, failed: bool, result: str
) -> None:
    app = queue(cloned.app, job)
    enqueue_tick(cloned.app, job, SLOT, [cast.harmony])
    (args,) = queued(cloned.app)
    task = app.tasks["run_job"]
    if failed:
        with pytest.raises(RuntimeError):
            task.func(**args)
    else:
        task.func(**args)
    with cloned.app.connect() as connection:
        row = connection.execute(text("select ended_at, failed, result from job_run")).one()
    assert row.ended_at is not None
    assert (row.failed, row.result) == (failed, result)


def test_a_subscriber_acts_in_the_studio_of_its_event_only(cloned: Database, cast: Cast) -> None:
    run(cloned.app, cast.olivia, knock, cast.teacher_id)
    (args,) = queued(cloned.app)
    payload = {**args["payload"], "studio_id": str(StudioId(cast.rival))}
    with pytest.raises(LookupError):
        deliver(cloned.app, str(args["subscriber"]), payload)
    assert phone(cloned.app, cast) == ""
