"""What it would mean if a family cancelled now: shown before, and held to after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from studio_app.bookings.access.bookings import require_bookable
from studio_app.bookings.access.policies import documents
from studio_app.bookings.access.policy_cases import Said, cases_of
from studio_app.bookings.commands.cancelling import REASON_LABELS, sentence_of
from studio_app.bookings.consequences import Decided, decided_in_turn, stamp_of
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.kit.access import Permission
from studio_app.kit.ids import SeatId
from studio_app.kit.words import Text
from studio_app.kit.work import Work, requires


@dataclass(frozen=True, slots=True)
class Choice:
    """A reason, and what cancelling for it would mean. `stamp` goes back with the cancellation;
    `sentence` is empty where the studio has no policy."""

    reason: str
    label: str
    sentence: str
    stamp: str
    is_possible: bool
    is_late: bool


@requires(Permission.LESSON_BOOK)
def cancelling_choices(work: Work, seat_ids: Collection[SeatId]) -> list[Choice]:
    """Every reason the policy knows, for all of these seats together, in the reader's language.
    NotFound for another family's; everything is asked once."""
    found = cases_of(work, seat_ids, Said(Act.CANCEL))
    for student_id in {one.student_id for one in found}:
        require_bookable(work, student_id)
    policies = documents(work, {one.version_id for one in found if one.version_id})
    own = {each.key: each.name for policy in policies.values() for each in policy.reasons}
    labels: dict[str, Text | str] = {**REASON_LABELS, **own}
    return [
        _choice(
            work,
            reason,
            str(label),
            decided_in_turn(
                [replace(one, case=replace(one.case, reason=reason)) for one in found], policies
            ),
        )
        for reason, label in labels.items()
    ]


def _choice(work: Work, reason: str, label: str, found: Sequence[Decided]) -> Choice:
    effects = [one.decision.effects for one in found if one.decision]
    return Choice(
        reason,
        label,
        sentence_of(work, found),
        stamp_of(found),
        is_possible=all(one.allowed for one in effects),
        is_late=any(one.late for one in effects),
    )
