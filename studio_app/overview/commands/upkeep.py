"""What the clock does about its own records and the queue."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, text
from sqlmodel import col, select, update

from studio_app.kit import queue
from studio_app.kit.access import Permission
from studio_app.kit.ids import StudioId
from studio_app.kit.jobs import DeliveryDied, DeliveryFailure
from studio_app.kit.words import many
from studio_app.kit.work import Work, requires

SAID_ONCE_IN = timedelta(days=1)
"""A subscriber that keeps failing is told of once a day; the page shows all of it."""
SPEAKS = "messaging."
"""What cannot speak must not be asked to speak about it: the page and the dashboard do."""


@requires(Permission.JOBS_RUN)
def forget_old_runs(work: Work) -> str:
    """Remove records that nobody asks about any more: see `kit.queue.forget`."""
    n = queue.forget(work.session, work.studio_id, work.now)
    return str(many("{n} record forgotten", "{n} records forgotten", n=n))


def studios_to_alert(engine: Engine, _now: datetime) -> Sequence[StudioId]:
    """Where something was given up that nobody has been told of."""
    with engine.connect() as connection:
        return [StudioId(id_) for id_ in connection.execute(_TO_ALERT).scalars()]


_TO_ALERT = text("select id from jobs_studios_to_alert()")


@requires(Permission.JOBS_RUN)
def tell_of_dead_letters(work: Work) -> str:
    """One event for each subscriber that has given something up since it was last told of."""
    told = _told_lately(work)
    events = 0
    for job_id, task in queue.untold(work.session, work.studio_id):
        if task not in told and not task.startswith(SPEAKS):
            work.emit(DeliveryDied(job_id))
            told.add(task)
            events += 1
        _mark_told(work, job_id, task)
    return str(many("{n} alert", "{n} alerts", n=events))


def _told_lately(work: Work) -> set[str]:
    lately = col(DeliveryFailure.told_at) > work.now - SAID_ONCE_IN
    return set(work.session.exec(select(DeliveryFailure.task).where(lately).distinct()))


def _mark_told(work: Work, job_id: int, task: str) -> None:
    marked = update(DeliveryFailure).where(col(DeliveryFailure.job_id) == job_id)
    done = work.session.connection().execute(marked.values(told_at=work.now))
    if done.rowcount:
        return
    work.session.add(  # it failed while nothing could be written down
        DeliveryFailure(
            job_id=job_id,
            task=task,
            attempt=0,
            error_type="",
            error="",
            failed_at=work.now,
            told_at=work.now,
        )
    )
