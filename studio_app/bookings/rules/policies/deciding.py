"""The one place that decides what a cancellation, a move or an absence comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio_app.bookings.rules.policies.case import Case, Past
from studio_app.bookings.rules.policies.conditions import Count
from studio_app.bookings.rules.policies.document import Policy, Rule
from studio_app.bookings.rules.policies.effects import Effects, effects_of
from studio_app.bookings.rules.policies.matching import counted, fits
from studio_app.bookings.rules.policies.sentences import sentence_of
from studio_app.kit.words import Text


@dataclass(frozen=True, slots=True)
class Decision:
    """Which rule decided, what follows, the sentence for the family, and on what it rests.

    `sentence` holds money and dates as values: `wording.say` says it in the reader's language.
    """

    rule_id: str
    effects: Effects
    sentence: Text
    inputs: Mapping[str, Any]


def decide(policy: Policy, case: Case) -> Decision:
    """The first rule that fits decides. A policy whose last rule fits everything (`checking`
    sees to it) decides every case; the same case is always decided alike."""
    rule = next((one for one in policy.rules if fits(policy, one, case)), policy.rules[-1])
    effects = effects_of(policy, rule.then, case)
    sentence = sentence_of(policy, rule, case, effects)
    return Decision(rule.id, effects, sentence, inputs_of(policy, rule, case))


def inputs_of(policy: Policy, rule: Rule, case: Case) -> dict[str, Any]:
    """JSON of what was known when it was decided, and what the rules up to this one counted."""
    asked = _counts_before(policy, rule)
    return {
        "act": case.act.value,
        "by": case.by.value,
        "reason": case.reason,
        "noted": case.noted,
        "at": case.at.isoformat(),
        "starts_at": case.starts_at.isoformat(),
        "zone": case.zone.key,
        "notice_seconds": int(case.notice.total_seconds()),
        "plan": case.plan.value,
        "lesson_type_id": str(case.lesson_type_id) if case.lesson_type_id else None,
        "group": case.is_group,
        "make_up": case.is_make_up,
        "paid": case.is_paid,
        "held": case.is_held,
        "price_minor": case.price.minor if case.price else None,
        "currency": case.currency,
        "late_by_seconds": int(case.late_by.total_seconds()) if case.late_by else None,
        "counted": [
            {"what": one.what.value, "period": one.period.value, "days": one.days, "found": found}
            for one, found in ((one, counted(policy, one, case)) for one in asked)
        ],
    }


def _counts_before(policy: Policy, rule: Rule) -> list[Count]:
    """What the rules that were looked at count, each once."""
    seen: list[Count] = []
    for one in policy.rules[: policy.rules.index(rule) + 1]:
        asked = (*one.when.counts, *(one.unless.counts if one.unless else ()))
        seen.extend(count for count in asked if count not in seen)
    return seen


def remembered(case: Case, decision: Decision) -> Past:
    """What later cases look back on."""
    return Past(
        act=case.act,
        by=case.by,
        at=case.at,
        starts_at=case.starts_at,
        reason=case.reason,
        credited=decision.effects.credit is not None,
        late=decision.effects.late,
        noted=case.noted,
        is_make_up=case.is_make_up,
    )
