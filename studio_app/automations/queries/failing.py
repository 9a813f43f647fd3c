"""Automations that lately could not do what they were told."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, func, select

from studio_app.automations.models import Automation, AutomationAction, AutomationRun
from studio_app.automations.rules.results import ActionResult
from studio_app.kit.access import Permission
from studio_app.kit.ids import AutomationId
from studio_app.kit.work import Work, requires

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Failing:
    automation_id: AutomationId
    name: str
    times: int
    """How many of its runs had an action that failed"""


@requires(Permission.AUTOMATION_MANAGE)
def failing_automations(work: Work) -> list[Failing]:
    """Whose latest failure is newest comes first; one that was changed since, or switched off
    and on again, has been seen to."""
    runs = func.count(func.distinct(col(AutomationRun.id)))
    query = (
        select(col(Automation.id), col(Automation.name), runs)
        .join(AutomationRun, col(AutomationRun.automation_id) == col(Automation.id))
        .join(AutomationAction, col(AutomationAction.run_id) == col(AutomationRun.id))
        .where(
            AutomationAction.result == ActionResult.FAILED,
            AutomationRun.ran_at >= work.now - LATELY,
            AutomationRun.ran_at >= Automation.since,
            col(Automation.is_on),
            col(Automation.deleted_at).is_(None),
        )
        .group_by(col(Automation.id), col(Automation.name))
        .order_by(func.max(col(AutomationRun.ran_at)).desc(), col(Automation.id))
    )
    return [Failing(*row) for row in work.session.exec(query)]
