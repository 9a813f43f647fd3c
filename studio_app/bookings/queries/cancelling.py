"""What it would mean if a family cancelled now: shown before, and held to after."""

from collections.abc import Collection
from dataclasses import dataclass

from studio_app.bookings.commands.cancelling import sentence_of
from studio_app.bookings.consequences import Said, decided, stamp_of
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.kit.access import Permission
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work, requires


@dataclass(frozen=True, slots=True)
class Means:
    """`stamp` goes back with the cancellation; `is_possible` says whether there may be one.
    `sentence` is empty where the studio has no policy."""

    sentence: str
    stamp: str
    is_possible: bool
    is_late: bool


@requires(Permission.LESSON_BOOK)
def cancelling_means(work: Work, seat_ids: Collection[SeatId], reason: str = "other") -> Means:
    """In the reader's language, for all of these together. NotFound for another family's."""
    found = decided(work, seat_ids, Said(Act.CANCEL, reason))
    effects = [one.decision.effects for one in found if one.decision]
    return Means(
        sentence_of(work, found),
        stamp_of(found),
        is_possible=all(one.allowed for one in effects),
        is_late=any(one.late for one in effects),
    )
