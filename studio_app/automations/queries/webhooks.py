"""What is to be told to another program."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from studio_app.automations.access import rows as access
from studio_app.automations.models import Automation, AutomationRun
from studio_app.automations.rules.recipe import action_of
from studio_app.automations.rules.results import ActionResult
from studio_app.kit.access import Permission
from studio_app.kit.work import Work, requires


@dataclass(frozen=True, slots=True)
class Letter:
    """Where to, signed with which key, and what: ids and what happened, no names."""

    url: str
    hook: UUID
    told: dict[str, Any]


@requires(Permission.JOBS_RUN)
def webhook_letter(work: Work, action_id: UUID) -> Letter | None:
    """None where it was told already."""
    row = access.action(work, action_id)
    action = action_of(row.asked)
    if row.result == ActionResult.DONE or action.hook is None:
        return None
    run = work.session.get_one(AutomationRun, row.run_id)
    automation = work.session.get_one(Automation, run.automation_id)
    about = {"student_id": run.student_id, "family_id": run.family_id, "lesson_id": run.lesson_id}
    told: dict[str, Any] = {
        "id": str(row.id),
        "studio_id": str(work.studio_id),
        "automation_id": str(automation.id),
        "happening": str(run.happening),
        "happened_at": run.happened_at.isoformat(),
        **{name: str(value) if value else None for name, value in about.items()},
    }
    return Letter(action.url, action.hook, told)
