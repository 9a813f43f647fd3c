"""What the owner does with automations: build, change, switch, copy, delete."""

from dataclasses import dataclass, replace
from uuid import UUID

from studio_app.automations.access import rows as access
from studio_app.automations.access.named import require_what_it_names
from studio_app.automations.models import DAILY_LIMIT, Automation, WebhookKey
from studio_app.automations.rules.checking import check
from studio_app.automations.rules.presets import preset_of
from studio_app.automations.rules.recipe import Action, Do, Recipe, as_data, recipe_of
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound, Refused
from studio_app.kit.ids import AutomationId
from studio_app.kit.settings import settings
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

LONGEST_NAME = 120
HIGHEST_LIMIT = 10_000


class NameMissing(Refused):
    message = _("Give it a name, in at most 120 characters.")


class LimitOutOfReach(Refused):
    message = _("From 1 to 10,000 actions a day, please.")


class ShownBefore(Conflict):
    message = _("This key was shown before and is not shown again. Make a new one instead.")


@dataclass(frozen=True, slots=True)
class Draft:
    """An automation as somebody wants it."""

    name: str
    recipe: Recipe
    daily_limit: int = DAILY_LIMIT


@requires(Permission.AUTOMATION_MANAGE)
def build_automation(work: Work, draft: Draft) -> AutomationId:
    """Keep a new one, switched off: looked at first, then let go."""
    made = _new(work, draft.name)
    _put(work, made, draft)
    return made.id


@requires(Permission.AUTOMATION_MANAGE)
def change_automation(work: Work, automation_id: AutomationId, draft: Draft) -> None:
    """Replace it; what it did under its versions before stays in the history."""
    automation = access.automation(work, automation_id, lock=True)
    automation.version += 1
    _put(work, automation, draft)


@requires(Permission.AUTOMATION_MANAGE)
def switch_on(work: Work, automation_id: AutomationId) -> None:
    """From now on; what its schedule missed while it was off is not made up for."""
    automation = access.automation(work, automation_id, lock=True)
    if not automation.is_on:
        automation.is_on, automation.since = True, work.now


@requires(Permission.AUTOMATION_MANAGE)
def switch_off(work: Work, automation_id: AutomationId) -> None:
    access.automation(work, automation_id, lock=True).is_on = False


@requires(Permission.AUTOMATION_MANAGE)
def copy_automation(work: Work, automation_id: AutomationId) -> AutomationId:
    """The same again, switched off and with keys of its own."""
    automation = access.automation(work, automation_id)
    name = str(_("Copy of {name}", name=automation.name))[:LONGEST_NAME]
    made = _new(work, name)
    recipe = recipe_of(automation.recipe)
    keyless = tuple(replace(action, hook=None) for action in recipe.actions)
    _put(work, made, Draft(name, replace(recipe, actions=keyless), automation.daily_limit))
    return made.id


@requires(Permission.AUTOMATION_MANAGE)
def delete_automation(work: Work, automation_id: AutomationId) -> None:
    """It does nothing any more; what it did stays in the history."""
    automation = access.automation(work, automation_id, lock=True)
    automation.deleted_at, automation.is_on = work.now, False


@requires(Permission.AUTOMATION_MANAGE)
def take_preset(work: Work, key: str) -> AutomationId:
    """A ready-made one as the studio's own, in its language, switched off."""
    preset = preset_of(key)
    if preset is None:
        raise NotFound
    locale = studio(work).locale
    said = zip(preset.recipe.actions, preset.words, strict=True)
    subject = preset.subject.say(locale) if preset.subject else ""
    actions = tuple(
        replace(
            action,
            words=words.say(locale),
            subject=subject if action.do is Do.MESSAGE_FAMILY else "",
        )
        for action, words in said
    )
    recipe = replace(preset.recipe, actions=actions)
    return build_automation(work, Draft(preset.name.say(locale), recipe))


@requires(Permission.AUTOMATION_MANAGE)
def show_webhook_secret(work: Work, automation_id: AutomationId, hook: UUID) -> str:
    """What its webhook is signed with; told once, for the other program to know."""
    key = access.webhook_key(work, automation_id, hook)
    if key.shown_at is not None:
        raise ShownBefore
    key.shown_at = work.now
    return webhook_secret(key.id)


@requires(Permission.AUTOMATION_MANAGE)
def renew_webhook_key(work: Work, automation_id: AutomationId, hook: UUID) -> UUID:
    """Sign with another secret from now on; the one before is worth nothing any more."""
    automation = access.automation(work, automation_id, lock=True)
    before = access.webhook_key(work, automation.id, hook)
    recipe = recipe_of(automation.recipe)
    fresh = _new_key(work, automation)
    renewed = tuple(
        replace(action, hook=fresh) if action.hook == before.id else action
        for action in recipe.actions
    )
    automation.recipe = as_data(replace(recipe, actions=renewed))
    automation.version += 1
    return fresh


def webhook_secret(hook: UUID) -> str:
    """Derived from the installation's secret, so that it is kept nowhere."""
    return settings().derived(f"webhook {hook}")


def _new(work: Work, name: str) -> Automation:
    return Automation(name=name, since=work.now, version=1, created_at=work.now)  # type: ignore[call-arg]


def _put(work: Work, automation: Automation, draft: Draft) -> None:
    name = " ".join(draft.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise NameMissing
    if not 1 <= draft.daily_limit <= HIGHEST_LIMIT:
        raise LimitOutOfReach
    check(draft.recipe)
    require_what_it_names(work, draft.recipe)
    automation.name, automation.daily_limit = name, draft.daily_limit
    automation.happening, automation.since = draft.recipe.when.happening, work.now
    automation.recipe = as_data(draft.recipe)
    work.session.add(automation)
    work.session.flush()
    signed = tuple(_with_key(work, automation, action) for action in draft.recipe.actions)
    automation.recipe = as_data(replace(draft.recipe, actions=signed))
    work.session.flush()


def _with_key(work: Work, automation: Automation, action: Action) -> Action:
    """A webhook keeps its key while it is changed; a new one, or somebody else's, gets one."""
    if action.do is not Do.WEBHOOK:
        return replace(action, hook=None)
    if action.hook is not None:
        try:
            return replace(action, hook=access.webhook_key(work, automation.id, action.hook).id)
        except NotFound:
            pass
    return replace(action, hook=_new_key(work, automation))


def _new_key(work: Work, automation: Automation) -> UUID:
    key = WebhookKey(automation_id=automation.id, created_at=work.now)
    work.session.add(key)
    work.session.flush()
    return key.id
