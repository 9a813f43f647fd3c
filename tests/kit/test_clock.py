"""The clock: every declared job is in it, and a slot is run once whoever else keeps a clock."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import Engine, text

from studio_app import worker
from studio_app.kit.access import Permission
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import StudioId
from studio_app.kit.jobs import Job
from studio_app.kit.slots import latest_slot, next_slot, trigger
from studio_app.kit.work import Work, requires
from studio_app.wiring import JOBS
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.counting import sent_by
from tests.database import Database

TWO = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@requires(Permission.JOBS_RUN)
def nothing(_work: Work) -> str:
    return "nothing"


EVERY_MINUTE = Job("every minute", "* * * * *", nothing)


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture(autouse=True)
def empty_queue(cloned: Database, cast: Cast) -> Iterator[None]:
    yield
    with cloned.owner.begin() as connection:
        connection.execute(text("delete from procrastinate_jobs; delete from job_run;"))


def runs(database: Database) -> dict[str, int]:
    query = text("select job, count(*) as n from job_run group by job")
    with database.app.connect() as connection:
        return {row.job: row.n for row in connection.execute(query)}


def test_a_slot_is_the_crons_whenever_somebody_looks() -> None:
    assert latest_slot("20 2 * * *", TWO + 20 * MINUTE) == TWO + 20 * MINUTE
    assert latest_slot("20 2 * * *", TWO + 21 * MINUTE + 3 * SECOND) == TWO + 20 * MINUTE
    assert latest_slot("20 2 * * *", TWO + 2 * HOUR) is None
    assert latest_slot("20 2 * * *", TWO) is None
    assert latest_slot("* * * * *", TWO + 59 * SECOND) == TWO
    assert next_slot("20 2 * * *", TWO + 20 * MINUTE) == TWO + 24 * HOUR + 20 * MINUTE


def test_every_declared_job_is_in_the_clock_with_its_cron(cloned: Database) -> None:
    clock = worker.clock_of(cloned.app, JOBS)
    scheduled = {job.id: str(job.trigger) for job in clock.get_jobs()}
    assert scheduled == {job.name: str(trigger(job.cron)) for job in JOBS}


def test_two_clocks_that_strike_together_run_each_declared_job_once(cloned: Database) -> None:
    everywhere = [Job(job.name, job.cron, job.use_case) for job in JOBS]
    with ThreadPoolExecutor(2) as both:
        for job in everywhere:
            at = next_slot(job.cron, TWO) + SECOND
            strike = partial(worker.tick, cloned.app, job=job, now=at)
            assert sorted(both.map(lambda _nth, go=strike: go(), range(2))) == [0, 2]
    assert runs(cloned) == {job.name: 2 for job in JOBS}  # Harmony's and Rival's


def test_two_running_clocks_claim_what_both_of_them_see_once(cloned: Database) -> None:
    jobs = [Job(job.name, "* * * * *", job.use_case) for job in JOBS]
    clocks = [worker.clock_of(cloned.app, jobs) for _ in range(2)]
    if utc_now().second > 50:  # no minute may begin between the two
        time.sleep(61 - utc_now().second)
    for clock in clocks:
        for job in jobs:
            clock.reschedule_job(job.name, trigger=DateTrigger(utc_now()))
        clock.start()
    ended = time.monotonic() + 5
    while any(clock.get_jobs() for clock in clocks) and time.monotonic() < ended:
        time.sleep(0.05)
    for clock in clocks:
        clock.shutdown(wait=True)
    assert runs(cloned) == {job.name: 2 for job in JOBS}


def test_a_clock_set_back_two_hours_finds_its_slots_taken(cloned: Database) -> None:
    seen = (TWO, TWO + MINUTE, TWO + 2 * HOUR, TWO, TWO + MINUTE + SECOND, TWO + 2 * HOUR)
    claimed = [worker.tick(cloned.app, EVERY_MINUTE, at) for at in seen]
    assert claimed == [2, 2, 2, 0, 0, 0]


def test_whoever_takes_the_clock_over_catches_up_with_what_struck_meanwhile(
    cloned: Database,
) -> None:
    nightly = Job("nightly", "20 2 * * *", nothing)
    for at in (TWO + 20 * MINUTE + 40 * SECOND, TWO + 30 * MINUTE):
        worker.catch_up(cloned.app, [nightly], at)
    assert runs(cloned) == {"nightly": 2}


def test_a_job_that_cannot_say_who_is_due_does_not_stop_the_others(cloned: Database) -> None:
    def due(_engine: Engine, _now: datetime) -> list[StudioId]:
        raise LookupError

    broken = Job("broken", "* * * * *", nothing, studios=due)
    worker.catch_up(cloned.app, [broken, EVERY_MINUTE], TWO)
    assert runs(cloned) == {"every minute": 2}


def test_a_job_is_enqueued_only_where_something_is_due(cloned: Database, cast: Cast) -> None:
    asked: list[datetime] = []

    def due(_engine: Engine, now: datetime) -> list[StudioId]:
        asked.append(now)
        return [cast.harmony]

    picky = Job("picky", "* * * * *", nothing, studios=due)
    assert worker.tick(cloned.app, picky, TWO + SECOND) == 1
    assert asked == [TWO + SECOND]
    with cloned.app.connect() as connection:
        assert connection.execute(text("select studio_id from job_run")).scalars().all() == [
            cast.harmony
        ]


def test_where_nothing_is_due_nothing_is_written(cloned: Database) -> None:
    idle = Job("idle", "* * * * *", nothing, studios=lambda _engine, _now: [])
    assert worker.tick(cloned.app, idle) == 0
    assert runs(cloned) == {}


def test_a_tick_costs_the_same_however_many_studios_there_are(cloned: Database, cast: Cast) -> None:
    many = [cast.harmony, cast.rival]
    busy = Job("busy", "* * * * *", nothing, studios=lambda _engine, _now: many)
    with sent_by(cloned.app) as heard:
        assert worker.tick(cloned.app, busy, TWO) == 2
    assert len(heard) == 2  # the runs, and the jobs of the queue
