"""Real worker processes that are killed and paused in the middle: one effect each."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import make_url, text

from studio_app.kit.delivery import enqueue_tick
from studio_app.kit.machine import child_environment
from studio_app.kit.settings import ROOT
from studio_app.kit.work import run
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database, rows
from tests.kit.slow_greeting import GATE, SHOUT, come, wire_greetings

PATIENCE = 20.0
"""Seconds that anything here may take before the test gives up."""
SLOT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)

wire_greetings()


@dataclass
class Stand:
    """A database with a gate, and the worker processes that were started on it."""

    database: Database
    cast: Cast
    started: list[subprocess.Popen[bytes]] = field(default_factory=list[subprocess.Popen[bytes]])

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.kit.worker_process", *words],
            cwd=ROOT,
            env=child_environment(**self.database.environment()),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        for process in self.started:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait(PATIENCE)

    @contextmanager
    def holding(self, statement: str) -> Iterator[psycopg.Connection]:
        """Whoever wants what this statement locks waits until the block ends."""
        plain = make_url(self.database.owner_url).set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
            connection.execute(statement.encode())
            yield connection
            connection.rollback()

    def ask(self, query: str) -> object:
        return rows(self.database.owner, query)[0][0]

    def effects(self) -> int:
        """How often the teacher was greeted, committed."""
        return len(str(self.ask("select phone from teacher")))

    def end_connections(self, doing: str) -> None:
        """What Postgres does by itself with a client that is gone or idle in a transaction."""
        with self.database.owner.begin() as connection:
            ended = text(
                "select pg_terminate_backend(pid) from pg_stat_activity "  # noqa: S608
                f"where datname = current_database() and pid <> pg_backend_pid() and {doing}"
            )
            assert connection.execute(ended).all()

    def event(self) -> None:
        run(self.database.app, self.cast.olivia, come, self.cast.teacher_id)

    def slot(self) -> None:
        enqueue_tick(self.database.app, SHOUT, SLOT, [self.cast.harmony])


def until(true: Callable[[], bool]) -> None:
    ended = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ended, "nothing happened"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture
def stand(cloned: Database, cast: Cast) -> Iterator[Stand]:
    stand = Stand(cloned, cast)
    try:
        yield stand
    finally:
        stand.end()
    with cloned.owner.begin() as connection:
        for mess in ("procrastinate_jobs", "procrastinate_workers", "job_run"):
            connection.execute(text(f"delete from {mess}"))  # noqa: S608
        connection.execute(text("update teacher set phone = ''"))


NOTED = "select (select error_type from delivery_failure order by id desc limit 1)"
STATUS = "select status::text from procrastinate_jobs order by id limit 1"
WORKER = "select coalesce(worker_id, 0) from procrastinate_jobs order by id limit 1"
GATE_SHUT = f"select pg_advisory_lock({GATE})"
THE_ROW = "select from procrastinate_jobs for update"
AT_THE_GATE = "query like '%pg_advisory_xact_lock%'"
FINISHING = "query like '%procrastinate_finish_job%'"


def asleep(stand: Stand, doing: str) -> bool:
    """Whether somebody waits for a lock in there."""
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
    waiting += "and datname = current_database() and "
    return stand.ask(waiting + doing) == 1


@pytest.mark.parametrize("cause", [Stand.event, Stand.slot], ids=["event", "clock"])
def test_a_worker_killed_between_effect_and_acknowledgement_leaves_one_effect(
    stand: Stand, cause: Callable[[Stand], None]
) -> None:
    cause(stand)
    with ExitStack() as first:
        with stand.holding(GATE_SHUT):
            victim = stand.start()
            until(lambda: asleep(stand, AT_THE_GATE))
            first.enter_context(stand.holding(THE_ROW))
        until(lambda: asleep(stand, FINISHING))
        assert stand.effects() == 1
        victim.send_signal(signal.SIGKILL)
        victim.wait(PATIENCE)
        stand.end_connections(FINISHING)
    assert stand.ask(STATUS) == "doing"

    stand.start()

    until(lambda: stand.ask(STATUS) == "succeeded")
    assert stand.effects() == 1
    until(lambda: stand.ask(NOTED) == "WorkerLost")  # written once the job is given back


@pytest.mark.parametrize("cause", [Stand.event, Stand.slot], ids=["event", "clock"])
def test_a_paused_worker_whose_job_another_does_adds_no_second_effect(
    stand: Stand, cause: Callable[[Stand], None]
) -> None:
    cause(stand)
    with stand.holding(GATE_SHUT):
        paused = stand.start()
        until(lambda: asleep(stand, AT_THE_GATE))
        first = stand.ask(WORKER)
        paused.send_signal(signal.SIGSTOP)
        stand.end_connections(AT_THE_GATE)
    stand.start()
    until(lambda: stand.ask(STATUS) == "succeeded")
    assert stand.ask(WORKER) != first
    assert stand.effects() == 1

    paused.send_signal(signal.SIGCONT)

    time.sleep(1.0)  # it finds its transaction gone, and its job done by somebody else
    assert (stand.effects(), stand.ask(STATUS)) == (1, "succeeded")
    assert paused.poll() is None


def test_a_paused_worker_that_goes_on_while_another_waits_for_it_has_the_one_effect(
    stand: Stand,
) -> None:
    stand.event()
    with stand.holding(GATE_SHUT):
        paused = stand.start()
        until(lambda: asleep(stand, AT_THE_GATE))
        first = stand.ask(WORKER)
        paused.send_signal(signal.SIGSTOP)
        stand.start()
        until(lambda: stand.ask(WORKER) not in {first, 0})
    paused.send_signal(signal.SIGCONT)

    until(lambda: stand.ask(STATUS) == "succeeded")
    time.sleep(0.5)
    assert (stand.effects(), stand.ask(STATUS)) == (1, "succeeded")


def test_after_a_pause_a_worker_works_on(stand: Stand) -> None:
    stand.event()
    paused = stand.start()
    until(lambda: stand.ask(STATUS) == "succeeded")
    paused.send_signal(signal.SIGSTOP)
    time.sleep(1.2)  # long enough to count as lost
    another = stand.start()
    until(lambda: stand.ask("select count(*) from procrastinate_workers") == 1)  # it struck it off
    another.kill()
    another.wait(PATIENCE)

    paused.send_signal(signal.SIGCONT)
    stand.event()

    until(lambda: stand.effects() == 2)


def test_two_processes_keep_one_clock_also_when_its_keeper_is_killed(stand: Stand) -> None:
    workers = [stand.start("wink") for _ in range(2)]
    ran = "select count(*) from job_run where ended_at is not null and not failed"
    until(lambda: int(str(stand.ask(ran))) >= 2)  # whoever leads catches up at once
    keeper = (
        "select count(*) from pg_locks where locktype = 'advisory' and objid <> 0 and granted "
        "and database = (select oid from pg_database where datname = current_database())"
    )
    assert stand.ask(keeper) == 1

    for process in workers[:1]:
        process.kill()
        process.wait(PATIENCE)
    until(lambda: stand.ask(keeper) == 1)
    time.sleep(1.0)

    slots = "select count(distinct slot) * 2 from job_run"
    assert stand.ask("select count(*) from job_run") == stand.ask(slots)  # one in each studio
    queued = "select count(*) from procrastinate_jobs where task_name = 'run_job'"
    assert stand.ask(queued) == stand.ask(slots)


def test_a_job_that_kills_its_worker_each_time_is_given_up(stand: Stand) -> None:
    stand.event()
    with stand.database.owner.begin() as connection:
        connection.exec_driver_sql(
            "update procrastinate_jobs set status = 'doing', attempts = 4, worker_id = null"
        )

    stand.start()

    until(lambda: stand.ask(STATUS) == "failed")
    assert stand.effects() == 0
