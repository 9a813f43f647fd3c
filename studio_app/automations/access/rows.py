"""Automations, their runs and the office's tasks: rows for commands, sums for decisions."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from studio_app.automations.models import (
    Automation,
    AutomationAction,
    AutomationRun,
    AutomationTick,
    Task,
    WebhookKey,
)
from studio_app.automations.rules.recipe import Happening
from studio_app.automations.rules.results import ActionResult, RunResult
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import AutomationId, RunId, TaskId
from studio_app.kit.work import Work


def automation(work: Work, automation_id: AutomationId, *, lock: bool = False) -> Automation:
    """One that has not been deleted."""
    query = select(Automation).where(
        Automation.id == automation_id, col(Automation.deleted_at).is_(None)
    )
    found = work.session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound
    return found


def switched_on(work: Work, automation_id: AutomationId) -> Automation | None:
    query = select(Automation).where(
        Automation.id == automation_id, col(Automation.is_on), col(Automation.deleted_at).is_(None)
    )
    return work.session.exec(query).one_or_none()


def listening(work: Work, happenings: Iterable[Happening]) -> Sequence[Automation]:
    """Those that are switched on and wait for one of these."""
    query = select(Automation).where(
        col(Automation.happening).in_(list(happenings)),
        col(Automation.is_on),
        col(Automation.deleted_at).is_(None),
    )
    return work.session.exec(query.order_by(col(Automation.id))).all()


def last_slot(work: Work, automation_id: AutomationId) -> date | None:
    query = select(func.max(col(AutomationTick.slot)))
    return work.session.exec(query.where(AutomationTick.automation_id == automation_id)).one()


def run_of_work(work: Work, work_id: UUID | None) -> RunId | None:
    """The run whose actions that work was, if it was one's."""
    if work_id is None:
        return None
    query = select(col(AutomationRun.id)).where(AutomationRun.work_id == work_id)
    return work.session.exec(query.limit(1)).first()


def came_after(work: Work, run_id: RunId | None) -> list[AutomationRun]:
    """A run and those that made it happen, the newest first."""
    chain: list[AutomationRun] = []
    while run_id is not None:
        found = work.session.get_one(AutomationRun, run_id)
        chain.append(found)
        run_id = found.after_id
    return chain


def acted_on(work: Work, automation_id: AutomationId, day: date) -> int:
    """How many actions it has done, or tried, on this day."""
    query = (
        select(func.count())
        .select_from(AutomationAction)
        .join(AutomationRun, col(AutomationRun.id) == AutomationAction.run_id)
        .where(
            AutomationRun.automation_id == automation_id,
            AutomationRun.on_day == day,
            AutomationAction.result != ActionResult.NOT_RUN,
        )
    )
    return work.session.exec(query).one()


def held_back_on(work: Work, automation_id: AutomationId, day: date) -> int:
    query = select(func.count()).where(
        AutomationRun.automation_id == automation_id,
        AutomationRun.on_day == day,
        AutomationRun.result == RunResult.HELD_BACK,
    )
    return work.session.exec(query).one()


def action(work: Work, action_id: UUID, *, lock: bool = False) -> AutomationAction:
    query = select(AutomationAction).where(AutomationAction.id == action_id)
    found = work.session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound
    return found


def webhook_key(work: Work, automation_id: AutomationId, hook: UUID) -> WebhookKey:
    query = select(WebhookKey).where(
        WebhookKey.id == hook, WebhookKey.automation_id == automation_id
    )
    found = work.session.exec(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def task(work: Work, task_id: TaskId, *, lock: bool = False) -> Task:
    query = select(Task).where(Task.id == task_id)
    found = work.session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound
    return found
