"""Cancellation and make-up policies: rules as data, their versions, and what they decide."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from studio_app.bookings.commands.policies import (
    discard_draft,
    draft_policy,
    publish_policy,
    put_policy_away,
    rename_policy,
    take_policy_preset,
    use_policy,
    write_draft,
)
from studio_app.bookings.queries.consequences import (
    Consequence,
    DecisionRow,
    consequence_of,
    policy_decisions,
)
from studio_app.bookings.queries.my_policies import PolicyInForce, policies_in_force
from studio_app.bookings.queries.policies import (
    PolicyCard,
    PolicyPreset,
    PolicyRow,
    PolicyVersionCard,
    UsedFor,
    policies,
    policy_card,
    policy_presets,
    policy_schema,
    policy_uses,
    policy_version,
)
from studio_app.bookings.queries.policy_replay import Replay, replay_policy
from studio_app.bookings.queries.policy_trial import (
    Act,
    CancelledBy,
    Example,
    Tried,
    try_policy,
)
from studio_app.kit.ids import LessonTypeId, PolicyId, PolicyVersionId, SeatId, StudentId
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["policies"])
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """`document` as `GET /policy-schema` describes it."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Draft:
    document: Document


@dataclass(frozen=True, slots=True)
class PolicyName:
    name: str


@dataclass(frozen=True, slots=True)
class Publishing:
    """What changes, in the publisher's words."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """Without a kind of lesson: for all that have none of their own. Without a policy: none."""

    policy_id: PolicyId | None = None
    lesson_type_id: LessonTypeId | None = None


@dataclass(frozen=True, slots=True)
class Trying:
    document: Document
    example: Example


@dataclass(frozen=True, slots=True)
class Replaying:
    document: Document
    first_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is about to do; families ask for themselves, staff also for who teaches."""

    seat_ids: Annotated[list[SeatId], Field(min_length=1, max_length=100)]
    act: Act
    reason: Annotated[str, Field(max_length=40)] = "other"
    by: CancelledBy = CancelledBy.FAMILY
    noted: bool = False


@router.get("/policies")
def list_policies(asking: Asking, page: Paging) -> Page[PolicyRow]:
    """By name, each rule as a sentence."""
    return page.of(asking.run(policies), by=lambda one: one.id)


@router.post("/policies", status_code=201)
def create_policy(asking: Asking, new: NewPolicy) -> Made:
    """A draft that counts for nobody. 422 says which part is not as the schema says."""
    return Made(asking.run(draft_policy, new.name, new.document))


@router.post("/policies/try")
def try_draft(asking: Asking, trying: Trying) -> Tried:
    """Which rule would decide, and the sentence a family would read; nothing is written."""
    return asking.run(try_policy, trying.document, trying.example)


@router.post("/policies/replay")
def replay_draft(asking: Asking, replaying: Replaying) -> Replay:
    """What it would have decided in [first_on, until), beside what counted then; without days
    the term that ended last. Nothing is written."""
    days = {"first_on": replaying.first_on, "until": replaying.until}
    return asking.run(replay_policy, replaying.document, **days)


@router.get("/policies/{policy_id}")
def read_policy(asking: Asking, policy_id: PolicyId) -> PolicyCard:
    """The draft, where there is one, else what is published; and every version."""
    return asking.run(policy_card, policy_id)


@router.put("/policies/{policy_id}", status_code=204)
def name_policy(asking: Asking, policy_id: PolicyId, named: PolicyName) -> None:
    asking.run(rename_policy, policy_id, named.name)


@router.delete("/policies/{policy_id}", status_code=204)
def remove_policy(asking: Asking, policy_id: PolicyId) -> None:
    """409 while it counts for lessons. What was booked under it keeps it."""
    asking.run(put_policy_away, policy_id)


@router.put("/policies/{policy_id}/draft", status_code=204)
def replace_draft(asking: Asking, policy_id: PolicyId, draft: Draft) -> None:
    """Nobody is held to it before it is published."""
    asking.run(write_draft, policy_id, draft.document)


@router.delete("/policies/{policy_id}/draft", status_code=204)
def remove_draft(asking: Asking, policy_id: PolicyId) -> None:
    asking.run(discard_draft, policy_id)


@router.post("/policies/{policy_id}/publish", status_code=201)
def publish(asking: Asking, policy_id: PolicyId, publishing: Publishing) -> Made:
    """The draft becomes the next version, for what is booked from now on."""
    return Made(asking.run(publish_policy, policy_id, note=publishing.note))


@router.get("/policy-versions/{version_id}")
def read_version(asking: Asking, version_id: PolicyVersionId) -> PolicyVersionCard:
    return asking.run(policy_version, version_id)


@router.get("/policy-presets")
def list_policy_presets(asking: Asking) -> list[PolicyPreset]:
    return asking.run(policy_presets)


@router.post("/policy-presets/{key}", status_code=201)
def copy_policy_preset(asking: Asking, key: str) -> Made:
    """A ready-made one becomes the studio's own draft."""
    return Made(asking.run(take_policy_preset, key))


@router.get("/policy-uses")
def list_uses(asking: Asking) -> list[UsedFor]:
    """The studio's first, then every kind of lesson."""
    return asking.run(policy_uses)


@router.put("/policy-uses", status_code=204)
def replace_use(asking: Asking, use: Use) -> None:
    """From now on. What is booked already keeps the policy it was booked under."""
    asking.run(use_policy, use.policy_id, lesson_type_id=use.lesson_type_id)


@router.get("/policy-schema")
def read_schema(asking: Asking) -> dict[str, Any]:
    """JSON Schema (2020-12) of a policy's document."""
    return asking.run(policy_schema)


@router.get("/me/policies")
def my_policies(asking: Asking) -> list[PolicyInForce]:
    """What counts for what is booked today, in sentences."""
    return asking.run(policies_in_force)


@router.post("/seats/consequence")
def read_consequence(asking: Asking, asked: Asked) -> list[Consequence]:
    """What follows if this is done now: exact sums and days, and the sentence. Nothing is done."""
    return asking.run(
        consequence_of,
        asked.seat_ids,
        asked.act,
        reason=asked.reason,
        by=asked.by,
        noted=asked.noted,
    )


@router.get("/students/{student_id}/policy-decisions")
def list_decisions(asking: Asking, student_id: StudentId) -> list[DecisionRow]:
    """What was decided, by which rule of which version, and on what it rested; newest first."""
    return asking.run(policy_decisions, student_id)
