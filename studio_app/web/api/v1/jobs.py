"""What happens by itself: the clock's jobs, what waits, and what was given up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from studio_app.overview.commands.jobs import (
    discard_dead_letter,
    retry_all_dead_letters,
    retry_dead_letter,
    run_job_now,
)
from studio_app.overview.queries.jobs import (
    BacklogRow,
    DeadLetter,
    DeclaredJob,
    JobRunRow,
    backlog,
    dead_letters,
    declared_jobs,
    job_runs,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["jobs"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class Reason:
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Retried:
    n: int


@router.get("/jobs")
def list_jobs(asking: Asking, page: Paging) -> Page[DeclaredJob]:
    """Every job of the clock with its schedule, its last and its next run; the next one first."""
    return page.of(asking.run(declared_jobs), by=lambda one: one.name)


@router.get("/jobs/{name}/runs")
def list_runs(
    asking: Asking,
    name: Annotated[str, Path(max_length=100)],
    after: datetime | None = None,
    limit: Limit = 50,
) -> Page[JobRunRow]:
    """The runs of one job, the latest first. A page at a time: ask for `after=next_after`, the
    slot of the last one shown, until it is null."""
    found = asking.run(job_runs, name, before=after, limit=limit + 1)
    rows = found[:limit]
    return Page(rows, rows[-1].slot.isoformat() if len(found) > limit else None)


@router.post("/jobs/{name}/runs", status_code=201)
def run_now(asking: Asking, name: Annotated[str, Path(max_length=100)]) -> Made:
    """Run a job without waiting for the clock; refused while a run of it goes on."""
    return Made(asking.run(run_job_now, name))


@router.get("/backlog")
def list_backlog(asking: Asking, page: Paging) -> Page[BacklogRow]:
    """What waits, is tried again or was given up, by whose it is; the worst first."""
    return page.of(asking.run(backlog), by=lambda one: one.task)


@router.get("/dead-letters")
def list_dead_letters(
    asking: Asking,
    after: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    limit: Limit = 50,
) -> Page[DeadLetter]:
    """What was given up after its last attempt, the latest first, with the ids it was about and
    why it failed. A page at a time: ask for `after=next_after` until it is null."""
    found = asking.run(dead_letters, after=after, limit=limit + 1)
    rows = found[:limit]
    return Page(rows, str(rows[-1].id) if len(found) > limit else None)


@router.post("/dead-letters/retry")
def retry_all(asking: Asking) -> Retried:
    """Try everything again that was given up; how much that is."""
    return Retried(asking.run(retry_all_dead_letters))


@router.post("/dead-letters/{dead_letter_id}/retry", status_code=204)
def retry(asking: Asking, dead_letter_id: Number) -> None:
    """Try it again from the first attempt on, with the payload it had."""
    asking.run(retry_dead_letter, dead_letter_id)


@router.post("/dead-letters/{dead_letter_id}/discard", status_code=204)
def discard(asking: Asking, dead_letter_id: Number, why: Reason) -> None:
    """Let it be; the reason is kept in the audit."""
    asking.run(discard_dead_letter, dead_letter_id, why.reason)
