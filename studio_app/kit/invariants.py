"""What must hold of the queue and the clock, as SQL that returns no row.

The queue stands outside the fence; what is fenced is compared where the doctor can see it.
"""

from studio_app.kit.doctor import Invariant
from studio_app.kit.queue import DONE, STUDIO, UNDONE

_SEEN = f"(coalesce(current_setting('app.studio_id', true), '') in ('', {STUDIO}))"

# Done, open or dead; a job taken back is one that somebody decided to discard.
_LOST = f"""
  select 1 from procrastinate_jobs as job where {_SEEN} and (
    not ({UNDONE} or {DONE}) or job.status = 'aborted'
    or job.status = 'cancelled' and not exists (
      select from dead_letter_decision as decided
      where decided.job_id = job.id and decided.decision = 'discarded'))
"""  # noqa: S608

_TWICE = """
  select event_id from handled_event group by event_id, subscriber having count(*) > 1
"""

_UNHANDLED = """
  select 1 from procrastinate_jobs as job
  where job.task_name = 'deliver' and job.status = 'succeeded' and not exists (
    select from handled_event as handled
    where handled.subscriber = job.args->>'subscriber'
      and handled.event_id = (job.args->'payload'->>'event_id')::uuid)
"""

_FORGOTTEN = """
  select 1 from procrastinate_jobs as job
  where exists (select from procrastinate_workers as worker
      where worker.last_heartbeat > now() - interval '1 minute')
    and (
      job.status = 'todo' and coalesce(job.scheduled_at, (
        select max(at) from procrastinate_events where job_id = job.id
          and type in ('deferred', 'deferred_for_retry', 'retried')
      )) < now() - interval '5 minutes'
      or job.status = 'doing' and not exists (
        select from procrastinate_workers as worker where worker.id = job.worker_id
          and worker.last_heartbeat > now() - interval '5 minutes'))
"""

INVARIANTS = (
    Invariant("I8", "Each job ends done or dead, or was discarded by somebody.", _LOST),
    Invariant("I8", "An event is handled once by each subscriber.", _TWICE),
    Invariant("I8", "What counts as delivered was handled.", _UNHANDLED),
    Invariant("I8", "No job waits over five minutes while a worker is up.", _FORGOTTEN),
)
