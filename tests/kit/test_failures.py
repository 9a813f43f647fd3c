"""What fails is tried again at its time, given up after five, and says why."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import col, update

from studio_app.kit import outbox
from studio_app.kit.access import Actor, Permission
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.failures import take_over_lost
from studio_app.kit.invariants import INVARIANTS
from studio_app.kit.outbox import Event, TryLater
from studio_app.kit.queue import count_dead, forget, revive
from studio_app.kit.work import Work, requires, run
from studio_app.people.models import Teacher
from tests.cast import Cast, cast_of
from tests.conftest import NOW
from tests.database import Database, rows


@dataclass(frozen=True, slots=True)
class PostCame(Event):
    teacher_id: UUID


weather: dict[str, Exception | None] = {"now": None}
"""What the subscriber meets: nothing, or an exception."""


def bring_in(work: Work, event: PostCame) -> None:
    wet = update(Teacher).where(col(Teacher.id) == event.teacher_id)
    work.session.connection().execute(wet.values(phone=col(Teacher.phone) + "!"))
    if weather["now"] is not None:
        raise weather["now"]


@requires(Permission.PEOPLE_MANAGE)
def post(work: Work, teacher_id: UUID) -> None:
    work.emit(PostCame(teacher_id))


@requires(Permission.JOBS_RUN)
def count(work: Work) -> int:
    return count_dead(work.session, work.studio_id)


@requires(Permission.JOBS_RUN)
def revive_all(work: Work) -> int:
    return len(revive(work.session, work.studio_id))


@requires(Permission.JOBS_RUN)
def forget_at(work: Work, later: timedelta) -> int:
    return forget(work.session, work.studio_id, work.now + later)


outbox.wire({PostCame: [bring_in]})
STATE = "select status::text, attempts from procrastinate_jobs"
PHONE = "select phone from teacher"


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture(autouse=True)
def clean(cloned: Database, cast: Cast) -> Iterator[None]:
    weather["now"] = None
    yield
    with cloned.owner.begin() as connection:
        connection.execute(text("delete from procrastinate_jobs; delete from delivery_failure;"))
        connection.execute(text("delete from handled_event; update teacher set phone = ''"))


def at_attempt(database: Database, nth: int) -> None:
    """As if it had been tried so often, and its pause were over."""
    with database.owner.begin() as connection:
        after = text("update procrastinate_jobs set attempts = :n, scheduled_at = null")
        connection.execute(after, {"n": nth - 1})


def test_a_failed_attempt_changes_nothing_waits_and_says_why(cloned: Database, cast: Cast) -> None:
    weather["now"] = TryLater("The post office is full.", timedelta(minutes=7))
    run(cloned.app, cast.olivia, post, cast.teacher_id)

    deliver_waiting(cloned.app)

    assert rows(cloned.owner, STATE) == [("todo", 1)]
    [(wait,)] = rows(cloned.owner, "select scheduled_at - now() from procrastinate_jobs")
    assert timedelta(minutes=6) < wait <= timedelta(minutes=7)  # type: ignore[operator]
    assert rows(cloned.owner, PHONE) == [("",)]
    assert rows(cloned.owner, "select attempt, error_type, error from delivery_failure") == [
        (1, "TryLater", "The post office is full.")
    ]


def test_after_the_fifth_it_is_dead_and_a_retry_delivers_it_once(
    cloned: Database, cast: Cast
) -> None:
    weather["now"] = OSError("rain\nsecond line with a row in it")
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    at_attempt(cloned, 5)
    deliver_waiting(cloned.app)
    assert rows(cloned.owner, STATE) == [("failed", 5)]
    assert rows(cloned.owner, "select attempt, error from delivery_failure") == [(5, "rain")]
    system, strange = Actor.system(cast.harmony), Actor.system(cast.rival)
    assert (run(cloned.app, system, count), run(cloned.app, strange, count)) == (1, 0)
    assert run(cloned.app, strange, revive_all) == 0

    weather["now"] = None
    assert run(cloned.app, system, revive_all) == 1
    deliver_waiting(cloned.app)

    assert rows(cloned.owner, STATE) == [("succeeded", 1)]
    assert rows(cloned.owner, PHONE) == [("!",)]


def test_what_the_database_refuses_is_told_without_the_row(cloned: Database, cast: Cast) -> None:
    run(cloned.app, cast.olivia, post, UUID(int=1))
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    with cloned.owner.begin() as connection:
        connection.execute(text("alter table teacher add constraint quiet check (phone <> '!')"))
    try:
        deliver_waiting(cloned.app)
    finally:
        with cloned.owner.begin() as connection:
            connection.execute(text("alter table teacher drop constraint quiet"))
    [(said,)] = rows(cloned.owner, "select error from delivery_failure")
    assert "quiet" in str(said)
    assert "Tom Teal" not in str(said)


def test_what_is_done_is_forgotten_in_time_and_what_is_dead_is_kept(
    cloned: Database, cast: Cast
) -> None:
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    deliver_waiting(cloned.app)
    weather["now"] = OSError("rain")
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    at_attempt(cloned, 5)
    deliver_waiting(cloned.app)
    system, day = Actor.system(cast.harmony), timedelta(days=1)
    kept = "select count(*) from procrastinate_jobs"

    assert run(cloned.app, Actor.system(cast.rival), forget_at, 100 * day) == 0
    assert run(cloned.app, system, forget_at, 6 * day) == 0
    assert run(cloned.app, system, forget_at, 8 * day) == 1
    assert rows(cloned.owner, kept) == [(1,)]  # the dead one
    assert run(cloned.app, system, forget_at, 29 * day) == 0
    assert run(cloned.app, system, forget_at, 31 * day) == 1  # that it was handled
    assert run(cloned.app, system, forget_at, 91 * day) == 1  # why it failed


def test_a_worker_with_a_heartbeat_keeps_its_job(cloned: Database, cast: Cast) -> None:
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    with cloned.owner.begin() as connection:
        connection.execute(text("insert into procrastinate_workers default values"))
        connection.execute(
            text(
                "update procrastinate_jobs set status = 'doing',"
                " worker_id = (select max(id) from procrastinate_workers)"
            )
        )
    assert take_over_lost(cloned.app, 60) == 0
    with cloned.owner.begin() as connection:
        connection.execute(text("update procrastinate_workers set last_heartbeat = '2026-01-01'"))
    assert [take_over_lost(cloned.app, 60) for _ in range(2)] == [1, 0]
    assert rows(cloned.owner, STATE) == [("todo", 1)]


def test_a_lost_job_comes_back_together_with_the_reason(cloned: Database, cast: Cast) -> None:
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    with cloned.owner.begin() as connection:
        connection.execute(text("update procrastinate_jobs set status = 'doing', worker_id = null"))
    with ThreadPoolExecutor() as pool, cloned.owner.connect() as held:
        held.execute(text("lock table delivery_failure in share mode"))
        taking = pool.submit(take_over_lost, cloned.app, 60)
        with pytest.raises(TimeoutError):
            taking.result(timeout=1)  # it cannot write down why
        assert rows(cloned.owner, STATE) == [("doing", 0)]
        held.rollback()
        assert taking.result(timeout=10) == 1
    assert rows(cloned.owner, STATE) == [("todo", 1)]
    noted = "select error_type, attempt, studio_id from delivery_failure"
    assert rows(cloned.owner, noted) == [("WorkerLost", 1, cast.harmony)]


def test_a_lost_job_that_cannot_be_noted_is_given_back_all_the_same(
    cloned: Database, cast: Cast
) -> None:
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    with cloned.owner.begin() as connection:
        lost = "update procrastinate_jobs set status = 'doing', worker_id = null"
        nowhere = (
            "update procrastinate_jobs set"
            " args = jsonb_set(args, '{payload,studio_id}', to_jsonb(cast(:nobody as text)))"
            " where id = (select min(id) from procrastinate_jobs)"
        )
        connection.execute(text(lost))
        connection.execute(text(nowhere), {"nobody": str(UUID(int=0))})
    assert take_over_lost(cloned.app, 60) == 2
    assert rows(cloned.owner, "select distinct status from procrastinate_jobs") == [("todo",)]
    assert rows(cloned.owner, "select error_type from delivery_failure") == [("WorkerLost",)]


@pytest.mark.parametrize(
    ("mess", "broken"),
    [
        ("update procrastinate_jobs set status = 'cancelled'", 0),
        ("update procrastinate_jobs set status = 'succeeded'", 2),
        ("update procrastinate_events set at = at - interval '6 minutes'", 3),
    ],
)
def test_the_doctor_finds_what_ends_otherwise(
    cloned: Database, cast: Cast, mess: str, broken: int
) -> None:
    run(cloned.app, cast.olivia, post, cast.teacher_id)
    with cloned.owner.connect() as connection:
        connection.execute(text("insert into procrastinate_workers default values"))
        assert _broken(connection) == []
        connection.execute(text(mess))
        assert _broken(connection) == [broken]
        connection.rollback()


def _broken(connection: object) -> list[int]:
    found = [connection.execute(text(one.sql)).all() for one in INVARIANTS]  # type: ignore[attr-defined]
    return [nth for nth, bad in enumerate(found) if bad]
