"""A family cancels a lesson: what it was shown is what happens, in one transaction, and can be
undone. Staff cancel by `scheduling`: no policy asks them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from studio_app.bookings.access.absences import cancelling_decision, require_own_seats
from studio_app.bookings.access.bookings import is_office
from studio_app.bookings.carrying_out import carry_out, take_back
from studio_app.bookings.commands.policy_decisions import keep_decision, undo_decision
from studio_app.bookings.commands.unspending import Instead, take_credit_back
from studio_app.bookings.consequences import Decided, Said, decided, stamp_of
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import SeatId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.commands.giving_up import give_up_seat, hold_seat_of, take_seat_again

OTHER = "other"
REASON_LABELS = {
    "illness": _("Illness"),
    "school": _("School"),
    "holiday": _("Holiday"),
    "weather": _("Weather"),
    OTHER: _("Something else"),
}
"""As a family chooses them; a studio's own reasons are in its policy."""
UNDO_FOR = timedelta(minutes=15)
"""How long a family can undo by itself; the office until the lesson begins."""
LONGEST = 500


class MeansSomethingElse(Conflict):
    """What was shown does not hold any more: the sentence that does."""


class NotPossible(Refused):
    """The policy does not let a family do this; its sentence says why."""


class TooMuchSaid(Refused):
    message = _("At most {n} characters, please.", n=LONGEST)


class UndoIsOver(Conflict):
    message = _("This can no longer be undone here. Please ask the studio.")


@dataclass(frozen=True, slots=True)
class Absence:
    """Who does not come, and why. `seen` is the stamp of what the family was shown."""

    seat_ids: tuple[SeatId, ...]
    seen: str
    reason: str = OTHER
    words: str = ""


@requires(Permission.LESSON_BOOK)
def cancel_for_family(work: Work, wish: Absence) -> str:
    """These do not come; the sentence that was shown, which is now what holds.

    MeansSomethingElse where it would be another by now: nothing has changed then.
    """
    if len(wish.words) > LONGEST:
        raise TooMuchSaid
    require_own_seats(work, wish.seat_ids)
    for seat_id in sorted(wish.seat_ids):
        hold_seat_of(work, seat_id)
    found = decided(work, wish.seat_ids, Said(Act.CANCEL, wish.reason))
    _require_as_seen(work, found, wish.seen)
    for one in found:
        decision_id = keep_decision(work, one, words=wish.words)
        if decision_id is not None:
            carry_out(work, one, decision_id)
        give_up_seat(work, one.about.seat_id, reason=_reason(wish))
    return sentence_of(work, found)


@requires(Permission.LESSON_BOOK)
def undo_cancelling(
    work: Work, seat_ids: Collection[SeatId], *, instead: Instead | None = None
) -> None:
    """They come after all: the lesson, what it costs and its credit are as they were.

    SlotTaken where the time is gone, CreditSpent where the credit was used and nobody has said
    what becomes of that lesson.
    """
    require_own_seats(work, seat_ids)
    for seat_id in sorted(seat_ids):
        lesson, seat = hold_seat_of(work, seat_id)
        decision = cancelling_decision(work, seat_id)
        since = seat.left_at or lesson.cancelled_at
        over = since is not None and work.now - since > UNDO_FOR
        # A place that was given back without a decision may be one that the office took away.
        if (over or (seat.left_at and decision is None)) and not is_office(work):
            raise UndoIsOver
        take_credit_back(work, seat_id, instead=instead)
        if decision is not None:
            take_back(work, seat_id, decision.id)
            undo_decision(work, decision.id)
        take_seat_again(work, seat_id)


def sentence_of(work: Work, found: Sequence[Decided]) -> str:
    """What follows, said once where it is the same for several."""
    said = (one.sentence(work.actor.locale) for one in found)
    return " ".join(dict.fromkeys(each for each in said if each))


def _require_as_seen(work: Work, found: Sequence[Decided], seen: str) -> None:
    sentence = sentence_of(work, found)
    if stamp_of(found) != seen:
        raise MeansSomethingElse(sentence or _("Please look at this again: it has changed."))
    refused = [one for one in found if one.decision and not one.decision.effects.allowed]
    if refused:
        raise NotPossible(sentence)


def _reason(wish: Absence) -> str:
    """What everybody concerned may read: the reason's own word, and what was written with it."""
    known = REASON_LABELS.get(wish.reason) if wish.reason != OTHER else None
    return ": ".join(part for part in (str(known) if known else "", wish.words.strip()) if part)
