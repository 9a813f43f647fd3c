"""What an owner decides about things that happen by themselves."""

from collections.abc import Sequence
from uuid import UUID

from studio_app.kit import queue
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound
from studio_app.kit.jobs import DeadLetterDecision, Decision, declared_job
from studio_app.kit.locks import lock_in_order
from studio_app.kit.runs import run_at_once
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

LONGEST_REASON = 500


class AlreadyRunning(Conflict):
    message = _("It is already on its way. Please wait until it is done.")


@requires(Permission.JOBS_MANAGE)
def retry_dead_letter(work: Work, job_id: int) -> None:
    """Try something again that was given up, from the first attempt on.

    Its payload stays as it was, so whoever has dealt with the event does nothing.
    NotFound where nothing of this studio was given up under that number.
    """
    _decided(work, queue.revive(work.session, work.studio_id, job_id), Decision.RETRIED)


@requires(Permission.JOBS_MANAGE)
def retry_all_dead_letters(work: Work) -> int:
    """Try everything again that was given up; how much that is."""
    revived = queue.revive(work.session, work.studio_id)
    if revived:
        _decided(work, revived, Decision.RETRIED)
    return len(revived)


@requires(Permission.JOBS_MANAGE)
def discard_dead_letter(work: Work, job_id: int, reason: str) -> None:
    """Let something be that was given up; the reason is kept. NotFound as above."""
    given_up = queue.give_up(work.session, work.studio_id, job_id)
    _decided(work, given_up, Decision.DISCARDED, reason.strip()[:LONGEST_REASON])


@requires(Permission.JOBS_MANAGE)
def run_job_now(work: Work, name: str) -> UUID:
    """Run a job of the clock without waiting for it; the run. Refused while one goes on."""
    job = declared_job(name)
    if job is None:
        raise NotFound
    lock_in_order(work, work.studio_id)
    if queue.is_on_its_way(work.session, work.studio_id, name):
        raise AlreadyRunning
    return run_at_once(work, job)


def _decided(
    work: Work, jobs: Sequence[tuple[int, str]], decision: Decision, reason: str = ""
) -> None:
    if not jobs:
        raise NotFound
    work.session.add_all(
        DeadLetterDecision(job_id=job_id, task=task, decision=decision, reason=reason)
        for job_id, task in jobs
    )
