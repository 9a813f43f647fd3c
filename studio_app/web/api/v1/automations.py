"""What the studio does by itself: building, trying out, looking back."""

from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import APIRouter

from studio_app.automations.commands.building import (
    Draft,
    Recipe,
    build_automation,
    change_automation,
    copy_automation,
    delete_automation,
    renew_webhook_key,
    show_webhook_secret,
    switch_off,
    switch_on,
    take_preset,
)
from studio_app.automations.queries.building import (
    AutomationCard,
    AutomationRow,
    PresetRow,
    automation_card,
    automations,
    presets,
)
from studio_app.automations.queries.history import RunPage, run_history
from studio_app.automations.queries.trial import Trial, dry_run
from studio_app.kit.ids import AutomationId, RunId
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["automations"])


@dataclass(frozen=True, slots=True)
class Secret:
    """In hex, used as it is written: the key of the HMAC-SHA256 over "<timestamp>.<body>"."""

    secret: str


@router.get("/automations")
def list_automations(asking: Asking, page: Paging) -> Page[AutomationRow]:
    """By name, with what came of each in the last 30 days."""
    return page.of(asking.run(automations), by=lambda one: one.id)


@router.post("/automations", status_code=201)
def create_automation(asking: Asking, draft: Draft) -> Made:
    """Kept switched off. 422 with a sentence about the first part that cannot be kept."""
    return Made(asking.run(build_automation, draft))


@router.post("/automations/dry-run")
def try_out(asking: Asking, recipe: Recipe) -> Trial:
    """What it would have done in the last 31 days; nothing is written."""
    return asking.run(dry_run, recipe)


@router.get("/automation-presets")
def list_presets(asking: Asking) -> list[PresetRow]:
    return asking.run(presets)


@router.post("/automation-presets/{key}", status_code=201)
def copy_preset(asking: Asking, key: str) -> Made:
    """A ready-made one becomes the studio's own, switched off."""
    return Made(asking.run(take_preset, key))


@router.get("/automations/{automation_id}")
def read_automation(asking: Asking, automation_id: AutomationId) -> AutomationCard:
    return asking.run(automation_card, automation_id)


@router.put("/automations/{automation_id}", status_code=204)
def replace_automation(asking: Asking, automation_id: AutomationId, draft: Draft) -> None:
    """The next version. A webhook that names its key keeps it."""
    asking.run(change_automation, automation_id, draft)


@router.delete("/automations/{automation_id}", status_code=204)
def remove_automation(asking: Asking, automation_id: AutomationId) -> None:
    """Its history can still be read."""
    asking.run(delete_automation, automation_id)


@router.post("/automations/{automation_id}/on", status_code=204)
def turn_on(asking: Asking, automation_id: AutomationId) -> None:
    asking.run(switch_on, automation_id)


@router.post("/automations/{automation_id}/off", status_code=204)
def turn_off(asking: Asking, automation_id: AutomationId) -> None:
    asking.run(switch_off, automation_id)


@router.post("/automations/{automation_id}/copy", status_code=201)
def duplicate(asking: Asking, automation_id: AutomationId) -> Made:
    return Made(asking.run(copy_automation, automation_id))


@router.get("/automations/{automation_id}/runs")
def list_runs(
    asking: Asking,
    automation_id: AutomationId,
    *,
    with_not_met: bool = False,
    after: RunId | None = None,
    limit: Limit = 50,
) -> RunPage:
    """The newest first. `with_not_met`: also where the conditions did not hold."""
    return asking.run(
        run_history, automation_id, with_not_met=with_not_met, after=after, limit=limit
    )


@router.post("/automations/{automation_id}/webhooks/{hook}/secret")
def tell_secret(asking: Asking, automation_id: AutomationId, hook: UUID) -> Secret:
    """What its webhook is signed with: told once, 409 afterwards. An Idempotency-Key is not
    heeded here, so that the secret is written down nowhere."""
    return Secret(replace(asking, key=None).run(show_webhook_secret, automation_id, hook))


@router.post("/automations/{automation_id}/webhooks/{hook}/renew", status_code=201)
def renew_key(asking: Asking, automation_id: AutomationId, hook: UUID) -> Made:
    """Another key from now on; its secret can be asked for once."""
    return Made(asking.run(renew_webhook_key, automation_id, hook))
