"""What an owner sees and decides of what Cadenza does by itself."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from studio_app.kit import outbox
from studio_app.kit.access import Actor, Permission
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.jobs import DeliveryDied
from studio_app.kit.slots import next_slot
from studio_app.kit.work import Work, requires
from studio_app.overview.commands.jobs import (
    AlreadyRunning,
    discard_dead_letter,
    retry_all_dead_letters,
    retry_dead_letter,
    run_job_now,
)
from studio_app.overview.commands.upkeep import tell_of_dead_letters
from studio_app.overview.queries.changes import what_changed
from studio_app.overview.queries.jobs import backlog, dead_letters, declared_jobs, job_runs
from studio_app.overview.queries.needs_you import needs_you
from studio_app.overview.rules.schedules import schedule_words
from studio_app.wiring import JOBS
from tests.conftest import NOW, World

SERIES = "extend every series"


@dataclass(frozen=True, slots=True)
class KettleBoiled(outbox.Event):
    teacher_id: UUID


def make_tea(_work: Work, _event: KettleBoiled) -> None: ...


def hear_of_it(_work: Work, _event: DeliveryDied) -> None: ...


@requires(Permission.PEOPLE_MANAGE)
def boil(work: Work, teacher_id: UUID) -> None:
    work.emit(KettleBoiled(teacher_id))


outbox.wire({KettleBoiled: [make_tea]})
MAKE_TEA = outbox.name_of(make_tea)


@pytest.fixture
def alerts() -> object:
    """Somebody listens to alerts, as messaging does in the product."""
    outbox.wire({DeliveryDied: [hear_of_it]})
    yield
    outbox.wire({DeliveryDied: []})


def died(world: World, actor: Actor | None = None) -> int:
    """A delivery that was given up; its number."""
    world.run(actor or world.olivia, boil, world.teacher_id)
    made = text("select max(id) from procrastinate_jobs")
    job_id = world.connection.execute(made).scalar_one()
    dead = text("update procrastinate_jobs set status = 'failed', attempts = 5 where id = :id")
    world.connection.execute(dead, {"id": job_id})
    return job_id


def failed_with(world: World, job_id: int, error: str) -> None:
    world.as_(Actor.system(world.harmony))
    world.connection.execute(
        text(
            "insert into delivery_failure"
            " (id, created_at, job_id, task, attempt, error_type, error, failed_at)"
            " values (gen_random_uuid(), now(), :id, :task, 5, 'OSError', :error, :at)"
        ),
        {"id": job_id, "task": MAKE_TEA, "error": error, "at": NOW},
    )


def discard_unheard(work: Work, job_id: int) -> None:
    discard_dead_letter(work, job_id, "no reason")


def status(world: World, job_id: int) -> str:
    asked = text("select status::text from procrastinate_jobs where id = :id")
    return world.connection.execute(asked, {"id": job_id}).scalar_one()


def queued(world: World, name: str) -> int:
    asked = text("select count(*) from procrastinate_jobs where args->>'subscriber' = :name")
    return world.connection.execute(asked, {"name": name}).scalar_one()


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("20 2 * * *", "Every day at 03:20"),
        ("*/5 * * * *", "Every 5 minutes"),
        ("*/1 * * * *", "Every minute"),
        ("* * * * *", "Every minute"),
        ("7 * * * *", "Every hour"),
        ("20 2 * * mon", "Every Monday at 03:20"),
        ("20 23 * * mon", "Every Tuesday at 00:20"),
        ("20 2 * * mon-fri", "On some weekdays at 03:20"),
        ("20 2 1 * *", "Once a month at 03:20"),
        ("20 2,14 * * *", "At set times"),
        ("20 2 1 1 *", "At set times"),
        ("0-30 * * * *", "At set times"),
    ],
)
def test_a_schedule_in_words_is_on_the_studios_wall(cron: str, said: str) -> None:
    next_at = next_slot(cron, datetime(2026, 7, 1, tzinfo=UTC))
    if cron.startswith("20 2 1 * "):
        next_at = datetime(2026, 7, 1, 2, 20, tzinfo=UTC)
    assert schedule_words(cron, next_at, ZoneInfo("Europe/London"), "en-GB").say("en-GB") == said


def test_every_declared_job_is_shown_with_its_next_run(world: World) -> None:
    shown = {one.name: one for one in world.run(world.olivia, declared_jobs)}
    assert set(shown) == {job.name for job in JOBS}
    series = shown[SERIES]
    assert (series.words, series.schedule) == ("Plan the lessons to come", "Every day at 03:20")
    assert series.next_at == datetime(2026, 9, 2, 2, 20, tzinfo=UTC)
    assert series.next_when == "Wed 2 Sept, 03:20"
    assert series.last is None


def test_a_job_may_be_run_now_and_says_who_asked(world: World) -> None:
    world.run(world.olivia, run_job_now, SERIES)
    with pytest.raises(AlreadyRunning):
        world.run(world.olivia, run_job_now, SERIES)
    [run] = world.run(world.olivia, job_runs, SERIES)
    assert (run.asked_by, run.ended_at, run.failed) == ("Olivia Owen", None, False)
    shown = {one.name: one for one in world.run(world.olivia, declared_jobs)}
    assert shown[SERIES].last == run
    assert world.run(world.rita, job_runs, SERIES) == []
    world.run(world.rita, run_job_now, SERIES)  # the neighbours do not stand in the way


def test_there_is_no_job_of_that_name(world: World) -> None:
    for use_case in (run_job_now, job_runs):
        with pytest.raises(NotFound):
            world.run(world.olivia, use_case, "sweep the yard")


def test_the_backlog_counts_what_waits_is_retried_and_is_dead(world: World) -> None:
    world.run(world.olivia, boil, world.teacher_id)
    world.run(world.olivia, boil, world.teacher_id)
    world.connection.execute(
        text(
            "update procrastinate_jobs set attempts = 1"
            " where id = (select max(id) from procrastinate_jobs)"
        )
    )
    died(world)
    [row] = [one for one in world.run(world.olivia, backlog) if one.task == MAKE_TEA]
    assert (row.words, row.waiting, row.retrying, row.dead) == ("Make tea", 1, 1, 1)
    assert row.oldest_seconds is not None
    assert world.run(world.rita, backlog) == []


def test_a_dead_letter_shows_its_ids_and_its_last_error(world: World) -> None:
    job_id = died(world)
    failed_with(world, job_id, "The kettle is empty.")
    [letter] = world.run(world.olivia, dead_letters)
    assert (letter.id, letter.task, letter.attempts) == (job_id, MAKE_TEA, 5)
    assert letter.words == "Make tea: this could not be done"
    assert letter.because == "Kettle boiled"
    assert letter.payload == {"teacher_id": str(world.teacher_id)}
    assert (letter.error_type, letter.error) == ("OSError", "The kettle is empty.")
    assert letter.died_at == NOW


def test_dead_letters_come_a_page_at_a_time(world: World) -> None:
    ids = [died(world) for _ in range(3)]
    first = world.run(world.olivia, dead_letters, limit=2)
    rest = world.run(world.olivia, dead_letters, after=first[-1].id)
    assert [one.id for one in (*first, *rest)] == ids[::-1]


def test_a_retry_keeps_the_payload_and_begins_anew(world: World) -> None:
    job_id = died(world)
    asked = text("select args from procrastinate_jobs where id = :id")
    before = world.connection.execute(asked, {"id": job_id}).scalar_one()

    world.run(world.olivia, retry_dead_letter, job_id)

    assert status(world, job_id) == "todo"
    assert world.connection.execute(asked, {"id": job_id}).scalar_one() == before
    attempts = text("select attempts from procrastinate_jobs where id = :id")
    assert world.connection.execute(attempts, {"id": job_id}).scalar_one() == 0
    with pytest.raises(NotFound):  # it is not dead any more
        world.run(world.olivia, retry_dead_letter, job_id)


def test_all_are_retried_and_only_ones_own(world: World) -> None:
    mine, too, theirs = died(world), died(world), died(world, world.rita)
    assert world.run(world.olivia, retry_all_dead_letters) == 2
    assert [status(world, one) for one in (mine, too, theirs)] == ["todo", "todo", "failed"]
    assert world.run(world.olivia, retry_all_dead_letters) == 0


def test_a_discarded_one_is_gone_and_the_reason_is_in_the_audit(world: World) -> None:
    job_id = died(world)
    world.run(world.olivia, discard_dead_letter, job_id, " The lesson was charged by hand. ")
    assert (status(world, job_id), world.run(world.olivia, dead_letters)) == ("cancelled", [])
    kept = text("select decision, reason from dead_letter_decision")
    assert tuple(world.connection.execute(kept).one()) == (
        "discarded",
        "The lesson was charged by hand.",
    )
    assert world.run(world.olivia, what_changed).rows[0].what == ("Failed job added",)


def test_a_stranger_does_not_find_it(world: World) -> None:
    job_id = died(world)
    assert world.run(world.rita, dead_letters) == []
    for decide in (retry_dead_letter, requires(Permission.JOBS_MANAGE)(discard_unheard)):
        with pytest.raises(NotFound):
            world.run(world.rita, decide, job_id)
        with pytest.raises(NotFound):
            world.run(world.olivia, decide, job_id + 1000)
        with pytest.raises(Forbidden):
            world.run(world.tom, decide, job_id)
    assert status(world, job_id) == "failed"


def test_what_failed_needs_the_owner(world: World) -> None:
    assert [one.matter.value for one in world.run(world.olivia, needs_you)] == []
    died(world)
    died(world)
    [need] = world.run(world.olivia, needs_you)
    assert (need.matter.value, need.n, need.words, need.detail) == (
        "dead",
        2,
        "2 jobs failed",
        "Make tea",
    )
    assert world.run(world.rita, needs_you) == []


@pytest.mark.usefixtures("alerts")
def test_the_owner_is_told_once_of_a_subscriber_that_keeps_failing(world: World) -> None:
    system, heard = Actor.system(world.harmony), outbox.name_of(hear_of_it)
    for _ in range(2):
        died(world)
    assert world.run(system, tell_of_dead_letters) == "1 alert"
    assert world.run(system, tell_of_dead_letters) == "0 alerts"
    died(world)
    assert world.run(system, tell_of_dead_letters) == "0 alerts"
    assert queued(world, heard) == 1
    died(world)
    assert world.at(NOW + timedelta(days=2)).run(system, tell_of_dead_letters) == "1 alert"


@pytest.mark.usefixtures("alerts")
def test_what_cannot_be_posted_is_not_told_by_post(world: World) -> None:
    job_id = died(world)
    world.connection.execute(
        text(
            "update procrastinate_jobs set args ="
            " jsonb_set(args, '{subscriber}', '\"messaging.subscribers.tell\"') where id = :id"
        ),
        {"id": job_id},
    )
    assert world.run(Actor.system(world.harmony), tell_of_dead_letters) == "0 alerts"
    assert [one.matter.value for one in world.run(world.olivia, needs_you)] == ["dead"]


def test_the_clock_knows_who_has_not_been_told(world: World) -> None:
    asked = text("select id from jobs_studios_to_alert()")
    assert world.connection.execute(asked).all() == []
    died(world)
    assert world.connection.execute(asked).scalars().all() == [world.harmony]
    world.run(Actor.system(world.harmony), tell_of_dead_letters)
    assert world.connection.execute(asked).all() == []
