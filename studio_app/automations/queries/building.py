"""The automations of a studio, as their page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from studio_app.automations.access import rows as access
from studio_app.automations.access.named import names_in
from studio_app.automations.models import Automation, AutomationAction, AutomationRun, WebhookKey
from studio_app.automations.rules.asking import Kind
from studio_app.automations.rules.phrases import sentence
from studio_app.automations.rules.presets import PRESETS
from studio_app.automations.rules.recipe import (
    About,
    Action,
    Compare,
    Condition,
    Do,
    Happening,
    Recipe,
    What,
    When,
    recipe_of,
)
from studio_app.automations.rules.results import ActionResult, RunResult
from studio_app.automations.rules.timing import next_moment
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import AutomationId
from studio_app.kit.work import Work, requires

__all__ = [
    "About",
    "Action",
    "Compare",
    "Condition",
    "Do",
    "Happening",
    "Kind",
    "What",
    "When",
]
COUNTED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AutomationRow:
    """`next` is when the clock sets it off; empty where something has to happen."""

    id: AutomationId
    name: str
    sentence: str
    is_on: bool
    last: str
    next: str
    acted: int
    """Times it did something in the last 30 days"""
    failed: int
    held_back: int


@dataclass(frozen=True, slots=True)
class HookKey:
    hook: UUID
    is_shown: bool


@dataclass(frozen=True, slots=True)
class AutomationCard:
    id: AutomationId
    name: str
    sentence: str
    recipe: Recipe
    version: int
    is_on: bool
    daily_limit: int
    hooks: tuple[HookKey, ...]


@dataclass(frozen=True, slots=True)
class PresetRow:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class _Counted:
    last_at: datetime | None = None
    acted: int = 0
    failed: int = 0
    held_back: int = 0


@requires(Permission.AUTOMATION_MANAGE)
def automations(work: Work) -> list[AutomationRow]:
    """By name, with what came of them."""
    query = select(Automation).where(col(Automation.deleted_at).is_(None))
    found = work.session.exec(query.order_by(func.lower(Automation.name), col(Automation.id))).all()
    recipes = {one.id: recipe_of(one.recipe) for one in found}
    names, counted = names_in(work, recipes.values()), _counted(work)
    return [_row(work, one, recipes[one.id], names, counted.get(one.id)) for one in found]


@requires(Permission.AUTOMATION_MANAGE)
def automation_card(work: Work, automation_id: AutomationId) -> AutomationCard:
    row = access.automation(work, automation_id)
    recipe = recipe_of(row.recipe)
    used = [action.hook for action in recipe.actions if action.hook]
    keys = select(WebhookKey).where(
        WebhookKey.automation_id == row.id, col(WebhookKey.id).in_(used)
    )
    hooks = tuple(HookKey(one.id, one.shown_at is not None) for one in work.session.exec(keys))
    said = _sentence(work, recipe, names_in(work, [recipe]))
    return AutomationCard(
        row.id, row.name, said, recipe, row.version, row.is_on, row.daily_limit, hooks
    )


@requires(Permission.AUTOMATION_MANAGE)
def presets(work: Work) -> list[PresetRow]:
    """The ready-made ones, in the reader's language."""
    return [PresetRow(one.key, one.name.say(work.actor.locale)) for one in PRESETS]


def _row(
    work: Work,
    one: Automation,
    recipe: Recipe,
    names: Mapping[str, str],
    counted: _Counted | None,
) -> AutomationRow:
    zone, locale, so_far = studio_zone(work), work.actor.locale, counted or _Counted()
    upcoming = next_moment(recipe.when, now=work.now, zone=zone) if one.is_on else None
    return AutomationRow(
        id=one.id,
        name=one.name,
        sentence=_sentence(work, recipe, names),
        is_on=one.is_on,
        last=say_when(so_far.last_at, zone, locale) if so_far.last_at else "",
        next=say_when(upcoming, zone, locale) if upcoming else "",
        acted=so_far.acted,
        failed=so_far.failed,
        held_back=so_far.held_back,
    )


def _sentence(work: Work, recipe: Recipe, names: Mapping[str, str]) -> str:
    locale, currency = work.actor.locale, studio(work).currency
    return sentence(recipe, locale=locale, currency=currency, names=names).say(locale)


def _counted(work: Work) -> dict[AutomationId, _Counted]:
    since = work.now - COUNTED
    did = select(AutomationRun.automation_id, func.max(AutomationRun.ran_at)).where(
        AutomationRun.result != RunResult.NOT_MET
    )
    last = dict(work.session.exec(did.group_by(col(AutomationRun.automation_id))).all())
    recent = col(AutomationRun.ran_at) >= since
    by_result = (
        select(AutomationRun.automation_id, AutomationRun.result, func.count())
        .where(recent)
        .group_by(col(AutomationRun.automation_id), col(AutomationRun.result))
    )
    times = {(key, RunResult(result)): n for key, result, n in work.session.exec(by_result)}
    failing = (
        select(AutomationRun.automation_id, func.count(func.distinct(AutomationRun.id)))
        .join(AutomationAction, col(AutomationAction.run_id) == AutomationRun.id)
        .where(recent, AutomationAction.result == ActionResult.FAILED)
        .group_by(col(AutomationRun.automation_id))
    )
    failed = dict(work.session.exec(failing).all())
    return {
        AutomationId(key): _Counted(
            at,
            times.get((key, RunResult.ACTED), 0),
            failed.get(key, 0),
            times.get((key, RunResult.HELD_BACK), 0),
        )
        for key, at in last.items()
    }
