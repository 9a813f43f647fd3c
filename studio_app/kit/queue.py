"""What waits, fails and ends in the queue, always of one studio.

The queue's own tables stand outside the fence, because a worker serves every studio. So every
statement here names the studio, as the two indexes of the sixteenth migration expect it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlmodel import Session

from studio_app.kit.ids import StudioId

STUDIO = "coalesce(job.args->>'studio_id', job.args->'payload'->>'studio_id')"
STUDIO_ID = "cast(cast(:studio as text) as uuid)"
TASK = "coalesce(job.args->>'subscriber', job.args->>'job')"
UNDONE = "job.status in ('todo', 'doing', 'failed')"
DONE = "job.status in ('succeeded', 'cancelled', 'aborted')"
FORGOTTEN_AT_ONCE = 20_000
"""Rows in one transaction; what is left over is forgotten the next night."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one subscriber, or one job of the clock, has still to do."""

    task: str
    waiting: int
    """Not tried yet, or being done."""
    retrying: int
    dead: int
    oldest_at: datetime | None
    """Since when the oldest that is not dead waits."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A job that was given up. `args` holds ids and instants only."""

    job_id: int
    task: str
    is_clock: bool
    args: Mapping[str, Any]
    attempts: int
    error_type: str
    error: str
    died_at: datetime


_BACKLOG = text(
    f"""
    select task, waiting, retrying, dead, first.at
    from (
      select {TASK} as task,
        count(*) filter (where job.status = 'doing' or job.status = 'todo' and attempts = 0)
          as waiting,
        count(*) filter (where job.status = 'todo' and attempts > 0) as retrying,
        count(*) filter (where job.status = 'failed') as dead,
        min(job.id) filter (where job.status <> 'failed') as first_id
      from procrastinate_jobs as job
      where {STUDIO} = :studio and {UNDONE}
      group by task) as counted
    left join lateral (
      select min(at) as at from procrastinate_events
      where job_id = counted.first_id and type = 'deferred') as first on true
    order by dead desc, waiting + retrying desc, task
    """  # noqa: S608  our own SQL
)


def backlog(session: Session, studio_id: StudioId) -> list[Waiting]:
    """Those that have anything to do, the worst first."""
    rows = session.connection().execute(_BACKLOG, {"studio": str(studio_id)})
    return [Waiting(*row) for row in rows]


_DEAD = f"""
  select job.id, {TASK}, job.task_name = 'run_job', job.args, job.attempts,
    coalesce(why.error_type, ''), coalesce(why.error, ''),
    coalesce(why.failed_at, died.at, :now)
  from procrastinate_jobs as job
  left join lateral (
    select error_type, error, failed_at from delivery_failure as failure
    where failure.studio_id = {STUDIO_ID} and failure.job_id = job.id
    order by failure.id desc limit 1) as why on true
  left join lateral (
    select max(at) as at from procrastinate_events
    where job_id = job.id and type = 'failed') as died on true
  where {STUDIO} = :studio and job.status = 'failed'
"""  # noqa: S608  our own SQL
_DEAD_PAGE = text(f"{_DEAD} and job.id < :before order by job.id desc limit :limit")


def dead(
    session: Session, studio_id: StudioId, *, before: int | None, limit: int, now: datetime
) -> list[Dead]:
    """A page of what was given up, the latest first."""
    given = {"before": before or 2**63 - 1, "limit": limit, "now": now}
    rows = session.connection().execute(_DEAD_PAGE, {"studio": str(studio_id), **given})
    return [Dead(*row) for row in rows]


_COUNT_DEAD = text(
    f"select count(*) from procrastinate_jobs as job where {STUDIO} = :studio"  # noqa: S608
    " and job.status = 'failed'"
)


def count_dead(session: Session, studio_id: StudioId) -> int:
    return session.connection().execute(_COUNT_DEAD, {"studio": str(studio_id)}).scalar_one()


_ON_ITS_WAY = text(
    f"select exists (select from procrastinate_jobs as job where {STUDIO} = :studio"  # noqa: S608
    f" and {UNDONE} and job.status <> 'failed' and job.args->>'job' = :job)"
)


def is_on_its_way(session: Session, studio_id: StudioId, job: str) -> bool:
    """Whether a run of the clock's job waits or goes on."""
    given = {"studio": str(studio_id), "job": job}
    return session.connection().execute(_ON_ITS_WAY, given).scalar_one()


_DEAD_ONES = (
    f"where {STUDIO} = :studio and job.status = 'failed'"
    " and job.id = coalesce(cast(:job_id as bigint), job.id)"
)
_REVIVE = text(
    "update procrastinate_jobs as job set status = 'todo', attempts = 0, scheduled_at = null,"  # noqa: S608
    f" worker_id = null {_DEAD_ONES} returning job.id, {TASK}"
)
_GIVE_UP = text(
    f"update procrastinate_jobs as job set status = 'cancelled' {_DEAD_ONES}"  # noqa: S608
    f" returning job.id, {TASK}"
)
_WAKE = text(
    "select pg_notify('procrastinate_any_queue_v1',"
    " json_build_object('type', 'job_inserted', 'job_id', cast(:job_id as bigint))::text)"
)
_FORGIVE = text("update delivery_failure set told_at = null where job_id = any(:job_ids)")


def revive(
    session: Session, studio_id: StudioId, job_id: int | None = None
) -> Sequence[tuple[int, str]]:
    """Queue a dead job, or all of them, again with its arguments; which, and whose they are.

    Should it die once more, its owner is told once more.
    """
    revived = _change(session, _REVIVE, studio_id, job_id)
    if revived:
        session.connection().execute(_FORGIVE, {"job_ids": [one for one, _task in revived]})
        session.connection().execute(_WAKE, {"job_id": revived[0][0]})
    return revived


def give_up(session: Session, studio_id: StudioId, job_id: int) -> Sequence[tuple[int, str]]:
    """A dead job that shall never be done; empty where there is none."""
    return _change(session, _GIVE_UP, studio_id, job_id)


def _change(
    session: Session, statement: TextClause, studio_id: StudioId, job_id: int | None
) -> Sequence[tuple[int, str]]:
    given = {"studio": str(studio_id), "job_id": job_id}
    return [(row[0], row[1]) for row in session.connection().execute(statement, given)]


_FORGET = (
    f"""delete from procrastinate_jobs where id in (
      select job.id from procrastinate_jobs as job
      where {STUDIO} = :studio and {DONE} and not exists (
        select from procrastinate_events as event
        where event.job_id = job.id and event.at >= :week_ago)
      limit {FORGOTTEN_AT_ONCE})""",  # noqa: S608
    f"delete from job_run where studio_id = {STUDIO_ID}"  # noqa: S608
    " and slot < case when failed then :quarter_ago else :month_ago end",
    f"""delete from handled_event where id in (
      select id from handled_event as handled
      where studio_id = {STUDIO_ID} and handled_at < :month_ago
        and not exists (
          select from procrastinate_jobs as job where {STUDIO} = :studio and {UNDONE}
            and job.args->'payload'->>'event_id' = handled.event_id::text)
      limit {FORGOTTEN_AT_ONCE})""",  # noqa: S608
    "delete from delivery_failure where failed_at < :quarter_ago",
)


def forget(session: Session, studio_id: StudioId, now: datetime) -> int:
    """Remove what nobody asks about any more; how many rows.

    Done jobs after a week, runs and handled events after 30 days, failures after 90. An event
    stays handled for as long as a job of it may be tried again.
    """
    given = {
        "studio": str(studio_id),
        "week_ago": now - timedelta(days=7),
        "month_ago": now - timedelta(days=30),
        "quarter_ago": now - timedelta(days=90),
    }
    connection = session.connection()
    return sum(connection.execute(text(one), given).rowcount for one in _FORGET)


_UNTOLD = text(
    f"""
    select job.id, {TASK} from procrastinate_jobs as job
    where {STUDIO} = :studio and job.status = 'failed' and not exists (
      select from delivery_failure as failure
      where failure.job_id = job.id and failure.told_at is not null)
    order by job.id
    """  # noqa: S608  our own SQL
)


def untold(session: Session, studio_id: StudioId) -> Sequence[tuple[int, str]]:
    """The dead of whom the owner has not heard, and whose they are; the oldest first."""
    rows = session.connection().execute(_UNTOLD, {"studio": str(studio_id)})
    return [(row[0], row[1]) for row in rows]


def event_of(args: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], UUID | None]:
    """The kind of a delivery's event, its ids, and its own id; nothing for a clock job."""
    payload = args.get("payload")
    if not payload:
        return "", {}, None
    return payload["kind"], payload["event"], UUID(payload["event_id"])
