"""The office's tasks, and tags of students."""

from typing import Annotated

from fastapi import APIRouter, Path

from studio_app.automations.commands.tasks import TaskDetails, add_task, finish_task, reopen_task
from studio_app.automations.queries.tasks import TaskRow, tasks
from studio_app.kit.ids import StudentId, TaskId
from studio_app.people.commands.tags import tag_student, untag_student
from studio_app.people.queries.tags import TagCount, tags_in_use, tags_of_student
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["tasks and tags"])
Tag = Annotated[str, Path(max_length=80)]


@router.get("/tasks")
def list_tasks(asking: Asking, page: Paging, *, done: bool = False) -> Page[TaskRow]:
    """What is open by its day, or with `done` what was ticked off, the newest first."""
    return page.of(asking.run(tasks, done=done), by=lambda one: one.id)


@router.post("/tasks", status_code=201)
def create_task(asking: Asking, details: TaskDetails) -> Made:
    return Made(asking.run(add_task, details))


@router.post("/tasks/{task_id}/done", status_code=204)
def tick_off(asking: Asking, task_id: TaskId) -> None:
    asking.run(finish_task, task_id)


@router.delete("/tasks/{task_id}/done", status_code=204)
def take_up_again(asking: Asking, task_id: TaskId) -> None:
    asking.run(reopen_task, task_id)


@router.get("/tags")
def list_tags(asking: Asking, page: Paging) -> Page[TagCount]:
    """Every tag that somebody has, and how many have it."""
    return page.of(asking.run(tags_in_use), by=lambda one: one.tag)


@router.get("/students/{student_id}/tags")
def read_tags(asking: Asking, student_id: StudentId) -> list[str]:
    return asking.run(tags_of_student, student_id)


@router.put("/students/{student_id}/tags/{tag}", status_code=204)
def put_tag_on(asking: Asking, student_id: StudentId, tag: Tag) -> None:
    asking.run(tag_student, student_id, tag)


@router.delete("/students/{student_id}/tags/{tag}", status_code=204)
def take_tag_off(asking: Asking, student_id: StudentId, tag: Tag) -> None:
    asking.run(untag_student, student_id, tag)
