"""What automations write down to be done after the commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from studio_app.automations.rules.recipe import Happening
from studio_app.kit.ids import AutomationId, FamilyId, LessonId, RunId, StudentId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class AutomationDue(Event):
    """Something happened that an automation waits for; one event for each of the two."""

    automation_id: AutomationId
    happening: Happening
    occasion: str
    at: datetime
    student_id: StudentId | None = None
    family_id: FamilyId | None = None
    lesson_id: LessonId | None = None
    after_id: RunId | None = None
    """The run whose action made it happen"""


@dataclass(frozen=True, slots=True)
class WebhookDue(Event):
    """An action of a run that another program is to hear of."""

    action_id: UUID
