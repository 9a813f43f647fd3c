"""What an automation did: each time it looked, what it found and what became of each action."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from studio_app.automations.access.named import names_in
from studio_app.automations.access.saying import families_called, students_called
from studio_app.automations.models import Automation, AutomationAction, AutomationRun
from studio_app.automations.rules.phrases import action_words, condition_words
from studio_app.automations.rules.recipe import (
    Compare,
    Condition,
    Recipe,
    What,
    When,
    action_of,
    text_of,
)
from studio_app.automations.rules.results import ActionResult, RunResult
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_when
from studio_app.kit.ids import AutomationId, FamilyId, RunId, StudentId
from studio_app.kit.work import Work, requires

PAGE = 25
LONGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Looked:
    """One condition in words, and whether it held."""

    words: str
    held: bool


@dataclass(frozen=True, slots=True)
class Acted:
    """One action in words, what became of it and, where it failed, why."""

    words: str
    result: ActionResult
    reason: str


@dataclass(frozen=True, slots=True)
class RunRow:
    id: RunId
    when: str
    whom: str
    """The student, else the family; empty where it was about neither, or they are gone"""
    student_id: StudentId | None
    family_id: FamilyId | None
    result: RunResult
    has_failed: bool
    version: int
    conditions: tuple[Looked, ...]
    actions: tuple[Acted, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    rows: list[RunRow]
    next_after: RunId | None


@requires(Permission.AUTOMATION_MANAGE)
def run_history(
    work: Work,
    automation_id: AutomationId,
    *,
    with_not_met: bool = False,
    after: RunId | None = None,
    limit: int = PAGE,
) -> RunPage:
    """The newest first, a page at a time; of a deleted one too."""
    _require(work, automation_id)
    size = min(max(limit, 1), LONGEST_PAGE)
    query = select(AutomationRun).where(AutomationRun.automation_id == automation_id)
    if not with_not_met:
        query = query.where(AutomationRun.result != RunResult.NOT_MET)
    if after is not None:
        query = query.where(col(AutomationRun.id) < after)
    found = work.session.exec(query.order_by(col(AutomationRun.id).desc()).limit(size + 1)).all()
    shown = found[:size]
    rows = _rows(work, shown)
    return RunPage(rows, shown[-1].id if len(found) > size else None)


def _require(work: Work, automation_id: AutomationId) -> None:
    query = select(Automation.id).where(Automation.id == automation_id)
    if work.session.exec(query).first() is None:
        raise NotFound


def _rows(work: Work, runs: Sequence[AutomationRun]) -> list[RunRow]:
    students = students_called(work, {run.student_id for run in runs if run.student_id})
    families = families_called(work, {run.family_id for run in runs if run.family_id})
    actions = _actions(work, [run.id for run in runs])
    conditions = {run.id: tuple(_condition(one) for one in run.conditions) for run in runs}
    recipes = [Recipe(When(run.happening), conditions[run.id]) for run in runs]
    names, zone = names_in(work, recipes), studio_zone(work)
    return [
        RunRow(
            id=run.id,
            when=say_when(run.ran_at, zone, work.actor.locale),
            whom=students.get(run.student_id, ("", ""))[0] or families.get(run.family_id, ""),
            student_id=run.student_id,
            family_id=run.family_id,
            result=RunResult(run.result),
            has_failed=any(one.result == ActionResult.FAILED for one in actions[run.id]),
            version=run.version,
            conditions=_looked(work, run, conditions[run.id], names),
            actions=tuple(_acted(work, one) for one in actions[run.id]),
        )
        for run in runs
    ]


def _actions(work: Work, run_ids: Sequence[UUID]) -> Mapping[UUID, list[AutomationAction]]:
    query = select(AutomationAction).where(col(AutomationAction.run_id).in_(run_ids))
    found: dict[UUID, list[AutomationAction]] = defaultdict(list)
    for one in work.session.exec(query.order_by(col(AutomationAction.position))):
        found[one.run_id].append(one)
    return found


def _condition(kept: Mapping[str, Any]) -> Condition:
    return Condition(What(kept["what"]), Compare(kept["compare"]), kept["value"], kept["days"])


def _looked(
    work: Work, run: AutomationRun, conditions: Sequence[Condition], names: Mapping[str, str]
) -> tuple[Looked, ...]:
    locale, currency = work.actor.locale, studio(work).currency
    said = (condition_words(one, locale, currency, names).say(locale) for one in conditions)
    return tuple(
        Looked(words, bool(kept["held"])) for words, kept in zip(said, run.conditions, strict=True)
    )


def _acted(work: Work, one: AutomationAction) -> Acted:
    locale, reason = work.actor.locale, text_of(one.reason)
    words = action_words(action_of(one.asked)).say(locale)
    return Acted(words, ActionResult(one.result), reason.say(locale) if reason else "")
