"""Why deliveries failed: written down at each attempt, and for jobs whose worker died."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from procrastinate.job_context import JobContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from studio_app.kit import outbox
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import StudioId
from studio_app.kit.jobs import DeliveryFailure
from studio_app.kit.work import Work, enter, open_work

log = logging.getLogger(__name__)
LONGEST_ERROR = 500


def noting(engine: Engine) -> Callable[..., Any]:
    """Around a task of the queue: what it raises is written down and raised on."""

    def note(go_on: Callable[[], Any], context: JobContext, _worker: object) -> Any:
        try:
            return go_on()
        except Exception as error:
            job = context.job
            attempt = job.attempts + 1
            said = (type(error).__name__, _sentence(error))
            _note(engine, job.id or 0, job.task_kwargs, attempt, said)
            raise

    return note


def _sentence(error: Exception) -> str:
    """Its first line: the driver's further ones quote rows, SQLAlchemy's quote parameters."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    lines = str(cause).strip().splitlines()
    return lines[0][:LONGEST_ERROR] if lines else ""


def _note(
    engine: Engine, job_id: int, args: Mapping[str, Any], attempt: int, said: tuple[str, str]
) -> None:
    """A failure that cannot be written down is at least in the log, and hides nothing."""
    try:
        with open_work(engine, Actor.system(_studio_of(args)), noting) as work:
            work.session.add(_failure(job_id, args, attempt, said))
    except Exception:
        log.exception(_NOT_NOTED, job_id)


_NOT_NOTED = "why job %s failed could not be written down"


def _studio_of(args: Mapping[str, Any]) -> StudioId:
    return StudioId(args.get("studio_id") or args["payload"]["studio_id"])


def _failure(
    job_id: int, args: Mapping[str, Any], attempt: int, said: tuple[str, str]
) -> DeliveryFailure:
    return DeliveryFailure(
        job_id=job_id,
        task=str(args.get("subscriber") or args["job"]),
        attempt=attempt,
        error_type=said[0],
        error=said[1],
        failed_at=utc_now(),
    )


# One statement, so that of several that look only one takes a job over: whoever comes later
# finds that it is not being done any more. A job that kills its worker each time is given up.
_TAKE_OVER = text(
    """
    update procrastinate_jobs as job
    set status = (case when attempts + 1 < :attempts then 'todo' else 'failed' end)
        ::procrastinate_job_status,
      attempts = attempts + 1, scheduled_at = null, worker_id = null
    where status = 'doing' and not exists (
      select from procrastinate_workers as worker
      where worker.id = job.worker_id
        and worker.last_heartbeat >= now() - make_interval(secs => :lost_after))
    returning id, args, attempts
    """
)
_WAKE = text(
    "select pg_notify('procrastinate_any_queue_v1',"
    " json_build_object('type', 'job_inserted', 'job_id', cast(:job_id as bigint))::text)"
)


def take_over_lost(engine: Engine, lost_after: float) -> int:
    """Jobs whose worker gave no sign of life for so many seconds go back to the queue, and why
    is written down with that: nobody finds the one without the other."""
    with Session(engine) as session, session.begin():
        given = {"attempts": outbox.ATTEMPTS, "lost_after": lost_after}
        lost = session.connection().execute(_TAKE_OVER, given).all()
        for job in lost:
            log.warning("job %s was left by a worker that died", job.id)
            _note_lost(session, job.id, job.args, job.attempts)
        if lost:
            session.connection().execute(_WAKE, {"job_id": lost[0].id})
    return len(lost)


def _note_lost(session: Session, job_id: int, args: Mapping[str, Any], attempt: int) -> None:
    """In the same transaction, each as its own studio; a job that cannot be noted is given back
    all the same."""
    try:
        with session.begin_nested():
            work = Work(session, Actor.system(_studio_of(args)), utc_now())
            enter(session.connection(), work, take_over_lost)
            session.add(_failure(job_id, args, attempt, ("WorkerLost", "Its worker stopped.")))
    except Exception:
        log.exception(_NOT_NOTED, job_id)
