"""What an automation does to the rest of the studio: one function for each kind of action.

Each runs inside a savepoint of the run. What it refuses is the reason that is recorded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from studio_app.automations.access.facts import Fact, students_of
from studio_app.automations.commands.tasks import write_task
from studio_app.automations.rules.checking import filled
from studio_app.automations.rules.recipe import Action, Do
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import AutomationId, RunId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.messaging.commands.bulk import Draft, post_by_hand
from studio_app.messaging.rules.kinds import Channel
from studio_app.people.commands.students import change_student_status
from studio_app.people.commands.tags import tag_student, untag_student
from studio_app.people.rules import StudentStatus

WAYS = (Channel.EMAIL, Channel.PUSH, Channel.INBOX)
"""And as a text where the automation says so: those cost the studio money each"""


@dataclass(frozen=True, slots=True)
class Doing:
    """For which automation, in which run, about what, and what its placeholders stand for."""

    automation_id: AutomationId
    run_id: RunId
    fact: Fact
    values: Mapping[str, str]
    position: int = 0

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


class NobodyToWriteTo(Refused):
    message = _("There is nobody to write to, or no way to reach them.")


def _message(work: Work, doing: Doing, action: Action) -> None:
    """Through the same pipeline as everything else: quiet hours, consent, log."""
    to_teachers = action.do is Do.MESSAGE_TEACHER
    ways = (*WAYS, Channel.TEXT) if action.by_text else WAYS
    draft = Draft(filled(action.subject, doing.values), filled(action.words, doing.values), ways)
    students = students_of(work, doing.fact)
    why = f"automation {doing.run_id}"
    key = f"{doing.automation_id} {doing.position} {_occasion(doing.fact, whole=to_teachers)}"
    sent = post_by_hand(work, students, draft, key=key, why=why, to_teachers=to_teachers)
    if not sent:
        raise NobodyToWriteTo


def _occasion(fact: Fact, *, whole: bool) -> str:
    """A teacher hears once of a lesson that several students share."""
    return fact.occasion.removesuffix(f" {fact.student_id}") if whole else fact.occasion


def _add_tag(work: Work, doing: Doing, action: Action) -> None:
    tag_student(work, doing.student_id, action.tag)


def _remove_tag(work: Work, doing: Doing, action: Action) -> None:
    untag_student(work, doing.student_id, action.tag)


def _pause(work: Work, doing: Doing, _action: Action) -> None:
    change_student_status(work, doing.student_id, StudentStatus.PAUSED)


_PERFORMED: Mapping[Do, Callable[[Work, Doing, Action], UUID | None]] = {
    Do.TASK: _task,
    Do.MESSAGE_FAMILY: _message,
    Do.MESSAGE_TEACHER: _message,
    Do.ADD_TAG: _add_tag,
    Do.REMOVE_TAG: _remove_tag,
    Do.PAUSE: _pause,
}
