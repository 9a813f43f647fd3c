"""What the clock has run in one studio, and running something without waiting for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from studio_app.kit import outbox
from studio_app.kit.ids import StudioId, new_id
from studio_app.kit.jobs import Job, JobRun
from studio_app.kit.work import Work


@dataclass(frozen=True, slots=True)
class Ran:
    """A slot that was claimed; it waits or goes on as long as `ended_at` is None."""

    id: UUID
    job: str
    slot: datetime
    started_at: datetime
    ended_at: datetime | None
    result: str
    failed: bool
    asked_by: UUID | None


_COLUMNS = "id, job, slot, started_at, ended_at, result, failed, asked_by"
_LAST = text(
    f"select {_COLUMNS} from unnest(cast(:names as text[])) as declared (name)"  # noqa: S608
    f" cross join lateral (select {_COLUMNS} from job_run"
    " where studio_id = :studio_id and job = declared.name order by slot desc limit 1) as last"
)


def last_runs(session: Session, studio_id: StudioId, jobs: Sequence[Job]) -> dict[str, Ran]:
    """The last run of each job, by its name; one statement."""
    given = {"studio_id": studio_id, "names": [job.name for job in jobs]}
    return {row.job: Ran(*row) for row in session.connection().execute(_LAST, given)}


def runs_of(
    session: Session, studio_id: StudioId, name: str, *, before: datetime | None, limit: int
) -> list[Ran]:
    """The latest first."""
    query = select(JobRun).where(JobRun.studio_id == studio_id, JobRun.job == name)
    if before is not None:
        query = query.where(JobRun.slot < before)
    found = session.exec(query.order_by(col(JobRun.slot).desc()).limit(limit))
    return [_ran(run) for run in found]


def _ran(run: JobRun) -> Ran:
    when = (run.slot, run.started_at, run.ended_at)
    return Ran(run.id, run.job, *when, run.result, run.failed, run.asked_by)


def run_at_once(work: Work, job: Job) -> UUID:
    """Claim a slot of its own for a job, and enqueue it with the commit of this work."""
    run = JobRun(
        id=new_id(),
        job=job.name,
        slot=work.now,
        studio_id=work.studio_id,
        started_at=work.now,
        asked_by=work.actor.person_id,
    )
    work.session.add(run)
    work.session.flush()
    driver = work.session.connection().connection.driver_connection
    task = outbox.app.configure_task("run_job", connection=driver)
    task.defer(job=job.name, run_id=str(run.id), studio_id=str(work.studio_id))
    return run.id
