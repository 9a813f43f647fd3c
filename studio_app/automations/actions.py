"""What an automation does to the rest of the studio: one function for each kind of action.

Each runs inside a savepoint of the run. What it refuses is the reason that is recorded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from studio_app.automations.access.facts import Fact
from studio_app.automations.commands.tasks import write_task
from studio_app.automations.rules.checking import filled
from studio_app.automations.rules.recipe import Action, Do
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import RunId, StudentId
from studio_app.kit.work import Work
from studio_app.people.commands.students import change_student_status
from studio_app.people.commands.tags import tag_student, untag_student
from studio_app.people.rules import StudentStatus


@dataclass(frozen=True, slots=True)
class Doing:
    """In which run, about what, and what its placeholders stand for."""

    run_id: RunId
    fact: Fact
    values: Mapping[str, str]

    @property
    def student_id(self) -> StudentId:
        """Whom it is about; NotFound for a lesson nobody sat in."""
        if self.fact.student_id is None:
            raise NotFound
        return self.fact.student_id


def perform(work: Work, doing: Doing, action: Action) -> UUID | None:
    """Do it; the id of what it made, if it made something."""
    return _PERFORMED[action.do](work, doing, action)


def _task(work: Work, doing: Doing, action: Action) -> UUID:
    fact = doing.fact
    return write_task(
        work,
        filled(action.words, doing.values),
        due_in=action.due_in,
        student_id=fact.student_id,
        family_id=fact.family_id,
        lesson_id=fact.lesson_id,
        run_id=doing.run_id,
    )


def _add_tag(work: Work, doing: Doing, action: Action) -> None:
    tag_student(work, doing.student_id, action.tag)


def _remove_tag(work: Work, doing: Doing, action: Action) -> None:
    untag_student(work, doing.student_id, action.tag)


def _pause(work: Work, doing: Doing, _action: Action) -> None:
    change_student_status(work, doing.student_id, StudentStatus.PAUSED)


_PERFORMED: Mapping[Do, Callable[[Work, Doing, Action], UUID | None]] = {
    Do.TASK: _task,
    Do.ADD_TAG: _add_tag,
    Do.REMOVE_TAG: _remove_tag,
    Do.PAUSE: _pause,
}
