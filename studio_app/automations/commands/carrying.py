"""Carrying an automation out: once for each occasion, with what became of it written down."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from studio_app.automations.access import rows as access
from studio_app.automations.access.facts import Fact
from studio_app.automations.access.knowing import known_of
from studio_app.automations.access.saying import values_of
from studio_app.automations.actions import Doing, perform
from studio_app.automations.commands.tasks import write_task
from studio_app.automations.events import WebhookDue
from studio_app.automations.models import Automation, AutomationAction, AutomationRun
from studio_app.automations.rules.deciding import Outcome, all_held, outcomes
from studio_app.automations.rules.recipe import Action, Do, Recipe, as_data_of, recipe_of, said_of
from studio_app.automations.rules.results import ActionResult, RunResult
from studio_app.automations.rules.timing import REMEMBERED
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Refused
from studio_app.kit.ids import AutomationId, RunId, new_id
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work

log = logging.getLogger(__name__)
DEEPEST = 1
"""What an automation does may set off others, but not what these do."""


def carry_out(
    work: Work, automation_id: AutomationId, fact: Fact, *, after_id: RunId | None = None
) -> RunResult | None:
    """Look at one thing that happened and do what is to be done; None if that was done before.

    What happened before anything is remembered may have been done: it is no news.
    """
    if fact.at < work.now - REMEMBERED:
        return None
    lock_in_order(work, automation_id)
    automation = access.switched_on(work, automation_id)
    if automation is None:
        return None
    recipe = recipe_of(automation.recipe)
    if recipe.when.happening is not fact.happening:
        return None
    [known] = known_of(work, [fact], [one.what for one in recipe.conditions])
    found = outcomes(recipe.conditions, known)
    chain = access.came_after(work, after_id)
    result = _result(work, automation, recipe, found, chain)
    run_id = _claim(work, automation, fact, found, result, chain)
    if run_id is None:
        return None
    if result is RunResult.HELD_BACK:
        _say_once(work, automation, run_id)
    if result is RunResult.ACTED:
        [values] = values_of(work, [fact])
        _act(work, recipe.actions, Doing(automation.id, run_id, fact, values))
    return result


def _result(
    work: Work,
    automation: Automation,
    recipe: Recipe,
    found: Iterable[Outcome],
    chain: Sequence[AutomationRun],
) -> RunResult:
    if not all_held(found):
        return RunResult.NOT_MET
    if len(chain) > DEEPEST or automation.id in {one.automation_id for one in chain}:
        return RunResult.STOPPED
    done = access.acted_on(work, automation.id, _today(work))
    too_many = done + len(recipe.actions) > automation.daily_limit
    return RunResult.HELD_BACK if too_many else RunResult.ACTED


def _claim(
    work: Work,
    automation: Automation,
    fact: Fact,
    found: Iterable[Outcome],
    result: RunResult,
    chain: Sequence[AutomationRun],
) -> RunId | None:
    """Write the run; None where this occasion has one already."""
    row: dict[str, Any] = {
        "id": new_id(),
        "created_at": work.now,
        "automation_id": automation.id,
        "version": automation.version,
        "occasion": fact.occasion,
        "happening": fact.happening,
        "happened_at": fact.at,
        "ran_at": work.now,
        "on_day": _today(work),
        "student_id": fact.student_id,
        "family_id": fact.family_id,
        "lesson_id": fact.lesson_id,
        "conditions": [_kept(one) for one in found],
        "result": result,
        "depth": len(chain),
        "after_id": chain[0].id if chain else None,
        "work_id": work.id,
    }
    statement = insert(AutomationRun).values(**row).on_conflict_do_nothing()
    claimed = work.session.connection().execute(statement.returning(col(AutomationRun.id)))
    return claimed.scalar()


def _kept(one: Outcome) -> dict[str, Any]:
    found = list(one.found) if isinstance(one.found, tuple) else one.found
    asked = one.condition
    return {
        "what": asked.what,
        "compare": asked.compare,
        "value": asked.value,
        "days": asked.days,
        "found": found,
        "held": one.held,
    }


def _act(work: Work, actions: Sequence[Action], doing: Doing) -> None:
    """In their order; after one that failed the rest is not run, for it may rest on that."""
    failed = False
    for position, action in enumerate(actions):
        row = AutomationAction(
            run_id=doing.run_id,
            position=position,
            asked=as_data_of(action),
            result=ActionResult.NOT_RUN,
            created_at=work.now,
        )
        work.session.add(row)
        if failed:
            continue
        work.session.flush()
        if action.do is Do.WEBHOOK:
            row.result = ActionResult.WAITING
            work.emit(WebhookDue(row.id))
            continue
        row.made_id, why = _tried(work, replace(doing, position=position), action)
        failed = why is not None
        row.result = ActionResult.FAILED if failed else ActionResult.DONE
        row.reason = said_of(why) if why else {}
        row.ended_at, row.attempts = work.now, 1
    work.session.flush()


def _tried(work: Work, doing: Doing, action: Action) -> tuple[UUID | None, Text | None]:
    """What it made, or why it failed; then nothing of it has happened."""
    try:
        with work.session.begin_nested():
            made_id = perform(work, doing, action)
            work.session.flush()
    except Refused as refused:
        return None, refused.text
    except OperationalError:
        raise  # a deadlock, a lost connection: all of it is tried again
    except Exception:
        log.exception("an action of run %s failed", doing.run_id)
        return None, _("Something unexpected went wrong; the details are in the log.")
    return made_id, None


def _say_once(work: Work, automation: Automation, run_id: RunId) -> None:
    """The first that is held back on a day tells the office; the lock makes it the first."""
    if access.held_back_on(work, automation.id, _today(work)) > 1:
        return
    words = _(
        "“{name}” has reached its limit of {n} actions for today. What else it would have done "
        "is held back; look at its history.",
        name=automation.name,
        n=automation.daily_limit,
    )
    said = words.say(studio(work).locale)
    write_task(work, said, due_in=0, student_id=None, family_id=None, lesson_id=None, run_id=run_id)


def _today(work: Work) -> date:
    return local_date(work.now, studio_zone(work))
