"""What Cadenza does by itself in a studio: on time, after something happened, or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit import queue
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_when
from studio_app.kit.jobs import Job, declared, declared_job
from studio_app.kit.queue import Dead, Waiting, event_of
from studio_app.kit.runs import Ran, last_runs, runs_of
from studio_app.kit.slots import next_slot
from studio_app.kit.words import Text
from studio_app.kit.work import Work, requires
from studio_app.overview.rules.duties import could_not, duty, happening
from studio_app.overview.rules.schedules import schedule_words

LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class JobRunRow:
    """One run. Without `ended_at` it waits for a worker or goes on."""

    id: UUID
    slot: datetime
    started_at: datetime
    ended_at: datetime | None
    seconds: float | None
    """How long it took."""
    result: str
    """What it said it did, or the kind of failure."""
    failed: bool
    when: str
    """Tue 8 Sept, 02:20"""
    asked_by: str
    """Who did not want to wait for the clock; empty: it was the clock."""


@dataclass(frozen=True, slots=True)
class DeclaredJob:
    name: str
    words: str
    schedule: str
    """Every day at 02:20, on the studio's wall"""
    next_at: datetime
    next_when: str
    last: JobRunRow | None


@dataclass(frozen=True, slots=True)
class BacklogRow:
    """What waits for one subscriber, or for one job of the clock."""

    task: str
    words: str
    waiting: int
    retrying: int
    dead: int
    oldest_seconds: int | None
    """How long the oldest that is not dead has been waiting."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Something that was given up. The payload holds ids and instants only."""

    id: int
    task: str
    words: str
    because: str
    """Lesson moved; empty for a job of the clock"""
    event_id: UUID | None
    payload: Mapping[str, Any]
    attempts: int
    error_type: str
    error: str
    died_at: datetime
    when: str


@requires(Permission.JOBS_VIEW)
def declared_jobs(work: Work) -> list[DeclaredJob]:
    """Every job of the clock, in the order they come."""
    jobs = declared()
    last = last_runs(work.session, work.studio_id, jobs)
    names = _names(work, last.values())
    found = [_declared(work, job, last.get(job.name), names) for job in jobs]
    return sorted(found, key=lambda one: one.next_at)


@requires(Permission.JOBS_VIEW)
def job_runs(
    work: Work, name: str, *, before: datetime | None = None, limit: int = 50
) -> list[JobRunRow]:
    """The runs of one job, the latest first; those before a slot. NotFound if there is no
    such job."""
    if declared_job(name) is None:
        raise NotFound
    size = min(max(limit, 1), LONGEST_PAGE + 1)
    found = runs_of(work.session, work.studio_id, name, before=before, limit=size)
    names = _names(work, found)
    return [_run(work, one, names) for one in found]


@requires(Permission.JOBS_VIEW)
def backlog(work: Work) -> list[BacklogRow]:
    """What waits, is tried again or was given up, by whose it is; the worst first."""
    found = queue.backlog(work.session, work.studio_id)
    return [_backlog(work, one) for one in found]


@requires(Permission.JOBS_VIEW)
def dead_letters(work: Work, *, after: int | None = None, limit: int = 50) -> list[DeadLetter]:
    """What was given up, the latest first; behind the one called `after`."""
    size = min(max(limit, 1), LONGEST_PAGE + 1)
    found = queue.dead(work.session, work.studio_id, before=after, limit=size, now=work.now)
    return [_dead(work, one) for one in found]


def _declared(work: Work, job: Job, last: Ran | None, names: Mapping[UUID, str]) -> DeclaredJob:
    zone, locale = studio_zone(work), work.actor.locale
    next_at = next_slot(job.cron, work.now)
    return DeclaredJob(
        job.name,
        duty(job.name, job_words()).say(locale),
        schedule_words(job.cron, next_at, zone, locale).say(locale),
        next_at,
        say_when(next_at, zone, locale),
        _run(work, last, names) if last else None,
    )


def job_words() -> dict[str, Text]:
    """What the declared jobs are called, by name."""
    return {job.name: job.words for job in declared() if job.words}


def _run(work: Work, run: Ran, names: Mapping[UUID, str]) -> JobRunRow:
    took = (run.ended_at - run.started_at).total_seconds() if run.ended_at else None
    return JobRunRow(
        run.id,
        run.slot,
        run.started_at,
        run.ended_at,
        took if took is None else max(took, 0.0),
        run.result,
        run.failed,
        say_when(run.started_at, studio_zone(work), work.actor.locale),
        names.get(run.asked_by, "") if run.asked_by else "",
    )


def _names(work: Work, runs: Iterable[Ran]) -> dict[UUID, str]:
    asked = {run.asked_by for run in runs if run.asked_by}
    if not asked:
        return {}
    people = select(Person.id, Person.name).where(col(Person.id).in_(asked))
    return dict(work.session.exec(people).all())


def _backlog(work: Work, found: Waiting) -> BacklogRow:
    since = found.oldest_at
    age = None if since is None else max(int((work.now - since).total_seconds()), 0)
    words = duty(found.task, job_words()).say(work.actor.locale)
    return BacklogRow(found.task, words, found.waiting, found.retrying, found.dead, age)


def _dead(work: Work, one: Dead) -> DeadLetter:
    locale = work.actor.locale
    kind, ids, event_id = event_of(one.args)
    return DeadLetter(
        one.job_id,
        one.task,
        could_not(one.task, job_words()).say(locale),
        happening(kind).say(locale) if kind else "",
        event_id,
        ids,
        one.attempts,
        one.error_type,
        one.error,
        one.died_at,
        say_when(one.died_at, studio_zone(work), locale),
    )
