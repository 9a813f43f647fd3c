"""What the policy says about seats: the same for the dialog that asks and the command that does."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from studio_app.bookings.access.policies import documents
from studio_app.bookings.access.policy_cases import Said, SeatCase, cases_of
from studio_app.bookings.rules.policies.case import Past
from studio_app.bookings.rules.policies.deciding import Decision, decide, remembered
from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.reading import parts_of
from studio_app.bookings.rules.policies.wording import say
from studio_app.kit.ids import PolicyVersionId, SeatId
from studio_app.kit.work import Work

__all__ = ["Decided", "Said", "decided", "decided_in_turn", "stamp_of"]


@dataclass(frozen=True, slots=True)
class Decided:
    """One seat and what was decided about it; None where the studio has no policy for it."""

    about: SeatCase
    decision: Decision | None

    def sentence(self, locale: str) -> str:
        return say(self.decision.sentence, locale) if self.decision else ""


def stamp_of(found: Sequence[Decided]) -> str:
    """The same for the same consequences: what somebody was shown, and what would be done now."""
    said = [
        (
            str(one.about.seat_id),
            str(one.about.version_id),
            one.decision.rule_id if one.decision else "",
            parts_of(one.decision.effects) if one.decision else None,
        )
        for one in found
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def decided(work: Work, seat_ids: Collection[SeatId], said: Said) -> list[Decided]:
    """What follows if this is said now, in the order of the lessons. Nothing is written.

    Raises NotFound for a seat the actor may not see.
    """
    found = cases_of(work, seat_ids, said)
    return decided_in_turn(
        found, documents(work, {one.version_id for one in found if one.version_id})
    )


def decided_in_turn(
    found: Sequence[SeatCase], policies: Mapping[PolicyVersionId, Policy]
) -> list[Decided]:
    """Each counts for those of its family that come after it."""
    done: list[Decided] = []
    for one in found:
        before = tuple(_past(other, one) for other in done if other.decision)
        mine = tuple(past for past in before if past is not None)
        about = replace(one, case=replace(one.case, history=(*one.case.history, *mine)))
        policy = policies.get(one.version_id) if one.version_id else None
        done.append(Decided(about, decide(policy, about.case) if policy else None))
    return done


def _past(other: Decided, one: SeatCase) -> Past | None:
    if other.decision is None or other.about.family_id != one.family_id:
        return None
    past = remembered(other.about.case, other.decision)
    return replace(
        past,
        same_student=other.about.student_id == one.student_id,
        same_enrolment=other.about.enrolment_id == one.enrolment_id,
    )
