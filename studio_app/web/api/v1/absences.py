"""A family cancels lessons: what each reason would mean, doing it, and taking it back."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from studio_app.bookings.commands.cancelling import Absence, cancel_for_family, undo_cancelling
from studio_app.bookings.commands.unspending import Instead
from studio_app.bookings.queries.cancelling import Choice, cancelling_choices
from studio_app.kit.ids import SeatId
from studio_app.web.api.caller import Asking

router = APIRouter(prefix="/api/v1", tags=["bookings"])
Seats = Annotated[tuple[SeatId, ...], Field(min_length=1, max_length=20)]


@dataclass(frozen=True, slots=True)
class Whose:
    """The places of one's own students."""

    seat_ids: Seats


@dataclass(frozen=True, slots=True)
class Cancelling:
    """`seen` is the `stamp` of the choice that the family was shown."""

    seat_ids: Seats
    seen: str
    reason: str = "other"
    words: Annotated[str, Field(max_length=500)] = ""


@dataclass(frozen=True, slots=True)
class Undoing:
    """`instead`: what becomes of the lesson for which the credit has been used meanwhile."""

    seat_ids: Seats
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What follows from it, in a sentence; empty without a policy."""

    sentence: str


@router.post("/absences/preview")
def preview_absence(asking: Asking, whose: Whose) -> list[Choice]:
    """What cancelling now would mean, reason by reason; nothing changes."""
    return asking.run(cancelling_choices, whose.seat_ids)


@router.post("/absences", status_code=201)
def cancel_lessons(asking: Asking, wish: Cancelling) -> Cancelled:
    """Cancels, exactly as shown. 409 where it would mean something else by now: nothing has
    changed then, and `detail` is the sentence that holds."""
    absence = Absence(wish.seat_ids, wish.seen, wish.reason, wish.words)
    return Cancelled(asking.run(cancel_for_family, absence))


@router.post("/absences/undo", status_code=204)
def undo_absence(asking: Asking, wish: Undoing) -> None:
    """The lesson, its charge and its credit are as they were. 409 where the time has been taken,
    or the credit was used: `instead` says what becomes of that lesson."""
    asking.run(undo_cancelling, wish.seat_ids, instead=wish.instead)
