"""What the office has to do: written down, ticked off."""

from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.automations.access import rows as access
from studio_app.automations.models import Task
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Refused
from studio_app.kit.ids import FamilyId, LessonId, RunId, StudentId, TaskId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access as people

LONGEST = 2000


class NoWords(Refused):
    message = _("Write what is to be done, in at most 2000 characters.")


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """What is to be done; perhaps by when, and about whom."""

    words: str
    due_on: date | None = None
    student_id: StudentId | None = None
    family_id: FamilyId | None = None


@requires(Permission.TASK_MANAGE)
def add_task(work: Work, details: TaskDetails) -> TaskId:
    words = details.words.strip()
    if not words or len(words) > LONGEST:
        raise NoWords
    family_id = details.family_id
    if details.student_id is not None:
        family_id = people.student(work, details.student_id).family_id
    elif family_id is not None:
        family_id = people.family(work, family_id).id
    return _write(
        work,
        Task(
            words=words,
            due_on=details.due_on,
            student_id=details.student_id,
            family_id=family_id,
            made_by=work.actor.person_id,
        ),
    )


def write_task(
    work: Work,
    words: str,
    *,
    due_in: int | None,
    student_id: StudentId | None,
    family_id: FamilyId | None,
    lesson_id: LessonId | None,
    run_id: RunId,
) -> TaskId:
    """A task that an automation writes, as a part of its run."""
    today = local_date(work.now, studio_zone(work))
    due_on = None if due_in is None else today + timedelta(days=due_in)
    task = Task(words=words[:LONGEST], due_on=due_on, run_id=run_id)
    task.student_id, task.family_id, task.lesson_id = student_id, family_id, lesson_id
    return _write(work, task)


@requires(Permission.TASK_MANAGE)
def finish_task(work: Work, task_id: TaskId) -> None:
    """Tick it off; doing it again changes nothing."""
    task = access.task(work, task_id, lock=True)
    if task.done_at is None:
        task.done_at, task.done_by = work.now, work.actor.person_id


@requires(Permission.TASK_MANAGE)
def reopen_task(work: Work, task_id: TaskId) -> None:
    task = access.task(work, task_id, lock=True)
    task.done_at = task.done_by = None


def _write(work: Work, task: Task) -> TaskId:
    task.created_at = work.now
    work.session.add(task)
    work.session.flush()
    return task.id
