"""What the office has to do."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, nulls_last
from sqlmodel import col, select

from studio_app.automations.access.saying import families_called, students_called
from studio_app.automations.models import Automation, AutomationRun, Task
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_day
from studio_app.kit.ids import FamilyId, StudentId, TaskId
from studio_app.kit.work import Work, requires

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: TaskId
    words: str
    due: str
    """In words; empty where it has no day"""
    is_late: bool
    is_done: bool
    student_id: StudentId | None
    student: str
    family_id: FamilyId | None
    family: str
    automation: str
    """Which one wrote it; empty where a person did"""


@requires(Permission.TASK_MANAGE)
def tasks(work: Work, *, done: bool = False) -> list[TaskRow]:
    """At most 200: what is open by its day, or what was done, the newest first."""
    query = (
        select(Task, Automation.name)
        .outerjoin(AutomationRun, col(AutomationRun.id) == Task.run_id)
        .outerjoin(Automation, col(Automation.id) == AutomationRun.automation_id)
    )
    if done:
        query = query.where(col(Task.done_at).is_not(None)).order_by(col(Task.done_at).desc())
    else:
        query = query.where(col(Task.done_at).is_(None)).order_by(nulls_last(col(Task.due_on)))
    found = work.session.exec(query.order_by(col(Task.id)).limit(AT_MOST)).all()
    students = students_called(work, {one.student_id for one, _by in found if one.student_id})
    families = families_called(work, {one.family_id for one, _by in found if one.family_id})
    today = local_date(work.now, studio_zone(work))
    return [
        TaskRow(
            id=one.id,
            words=one.words,
            due=say_day(one.due_on, work.actor.locale) if one.due_on else "",
            is_late=_is_late(one, today),
            is_done=one.done_at is not None,
            student_id=one.student_id,
            student=students.get(one.student_id, ("", ""))[0],
            family_id=one.family_id,
            family=families.get(one.family_id, ""),
            automation=by or "",
        )
        for one, by in found
    ]


@requires(Permission.TASK_MANAGE)
def open_tasks(work: Work) -> int:
    query = select(func.count()).where(col(Task.done_at).is_(None))
    return work.session.exec(query).one()


def _is_late(task: Task, today: date) -> bool:
    return task.done_at is None and task.due_on is not None and task.due_on < today
