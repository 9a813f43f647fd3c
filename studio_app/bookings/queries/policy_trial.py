"""What a draft would say to an example: nothing has to have happened for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from studio_app.bookings.access.policy_facts import around
from studio_app.bookings.rules.policies.case import Case, Past
from studio_app.bookings.rules.policies.deciding import decide
from studio_app.bookings.rules.policies.kinds import Act, Plan
from studio_app.bookings.rules.policies.reading import policy_of
from studio_app.bookings.rules.policies.wording import say
from studio_app.kit.access import Permission
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.scheduling.rules.states import CancelledBy

__all__ = ["Act", "CancelledBy", "Plan"]
MOST_BEFORE = 20


@dataclass(frozen=True, slots=True)
class Example:
    """`notice_minutes` before the lesson; `credits_before`: that many were given lately."""

    act: Act = Act.CANCEL
    by: CancelledBy = CancelledBy.FAMILY
    notice_minutes: int = 24 * 60
    reason: str = "other"
    plan: Plan = Plan.TERM
    credits_before: int = 0
    is_make_up: bool = False
    is_paid: bool = True
    price_minor: int = 3200


@dataclass(frozen=True, slots=True)
class Tried:
    rule_id: str
    rule: str
    """Its title, or its id"""
    sentence: str


@requires(Permission.SCHEDULE_CONFIGURE)
def try_policy(work: Work, document: dict[str, Any], example: Example) -> Tried:
    """Which rule decides, and the sentence the family would read. Raises `Unusable` where the
    draft cannot be meant yet."""
    policy, here = policy_of(document), around(work)
    starts_at = work.now + timedelta(minutes=example.notice_minutes)
    before = min(max(example.credits_before, 0), MOST_BEFORE)
    past = Past(Act.CANCEL, CancelledBy.FAMILY, work.now, starts_at, credited=True)
    case = Case(
        act=example.act,
        by=example.by,
        at=work.now,
        starts_at=starts_at,
        zone=here.zone,
        currency=here.currency,
        price=Money(example.price_minor, here.currency),
        studio=here.studio,
        reason=example.reason,
        plan=example.plan,
        is_make_up=example.is_make_up,
        is_paid=example.is_paid,
        terms=here.terms,
        closed=here.closed,
        history=(past,) * before,
    )
    decision = decide(policy, case)
    titles = {rule.id: rule.title or rule.id for rule in policy.rules}
    sentence = say(decision.sentence, work.actor.locale)
    return Tried(decision.rule_id, titles[decision.rule_id], sentence)
