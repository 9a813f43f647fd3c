"""What is offered to families, and lessons of two families that change places."""

from dataclasses import dataclass

from fastapi import APIRouter

from studio_app.bookings.commands.answering import accept_offer, decline_offer, withdraw_offer
from studio_app.bookings.commands.swapping import (
    accept_swap,
    decline_swap,
    propose_swap,
    swap_now,
    undo_swap,
    withdraw_swap,
)
from studio_app.bookings.queries.offered import OfferRow, my_offer, my_offers
from studio_app.bookings.queries.swapping import (
    SwapChoices,
    SwapPreview,
    swap_choices,
    swap_preview,
)
from studio_app.bookings.queries.swaps import SwapRow, my_swap, my_swaps
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId, OfferId, SwapId
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made

router = APIRouter(prefix="/api/v1", tags=["offers and swaps"])


@dataclass(frozen=True, slots=True)
class Pair:
    """One's own lesson, and the one it should change places with."""

    lesson_id: LessonId
    other_id: LessonId


@router.get("/me/offers")
def list_my_offers(asking: Asking) -> list[OfferRow]:
    """What stands for the caller's own students now, what ends first before the others."""
    return asking.run(my_offers)


@router.get("/me/offers/{offer_id}")
def read_my_offer(asking: Asking, offer_id: OfferId) -> OfferRow:
    """Also when it is over: `sentence` says what became of it."""
    found = asking.run(my_offer, offer_id)
    if found is None:
        raise NotFound
    return found


@router.post("/offers/{offer_id}/accept", status_code=201)
def accept(asking: Asking, offer_id: OfferId) -> Made:
    """Books it for good and answers the booking; accepting twice is accepting once. 409 once
    the time to answer is over."""
    return Made(asking.run(accept_offer, offer_id))


@router.post("/offers/{offer_id}/decline", status_code=204)
def decline(asking: Asking, offer_id: OfferId) -> None:
    """The next is asked; the place on the waitlist stays."""
    asking.run(decline_offer, offer_id)


@router.post("/offers/{offer_id}/withdraw", status_code=204)
def withdraw(asking: Asking, offer_id: OfferId) -> None:
    """The office takes it back; nobody else is asked by itself."""
    asking.run(withdraw_offer, offer_id)


@router.get("/me/swaps")
def list_my_swaps(asking: Asking) -> list[SwapRow]:
    """What was proposed to the caller or by them and is not decided; `is_asked`: their answer
    is waited for. Nobody reads whose the other lesson is."""
    return asking.run(my_swaps)


@router.get("/me/swaps/{swap_id}")
def read_my_swap(asking: Asking, swap_id: SwapId) -> SwapRow:
    return asking.run(my_swap, swap_id)


@router.get("/lessons/{lesson_id}/swap-choices")
def choices(asking: Asking, lesson_id: LessonId) -> SwapChoices:
    """The times at which the same teacher teaches somebody else, and one could ask to have this
    lesson instead. Nobody reads whose they are."""
    return asking.run(swap_choices, lesson_id)


@router.post("/swaps/preview")
def preview(asking: Asking, pair: Pair) -> SwapPreview:
    """What `now` would do, for the office: `problem` says why it would not. Nothing changes."""
    return asking.run(swap_preview, pair.lesson_id, pair.other_id)


@router.post("/swaps", status_code=201)
def propose(asking: Asking, pair: Pair) -> Made:
    """Asks the other family. 409 where the two cannot change places now."""
    return Made(asking.run(propose_swap, pair.lesson_id, pair.other_id))


@router.post("/swaps/now", status_code=201)
def exchange(asking: Asking, pair: Pair) -> Made:
    """The office changes both at once, also of two teachers; `undo` takes it back."""
    return Made(asking.run(swap_now, pair.lesson_id, pair.other_id))


@router.post("/swaps/{swap_id}/accept", status_code=204)
def agree(asking: Asking, swap_id: SwapId) -> None:
    """Both lessons move, or neither does. 409 if it was decided before or a time is taken."""
    asking.run(accept_swap, swap_id)


@router.post("/swaps/{swap_id}/decline", status_code=204)
def refuse(asking: Asking, swap_id: SwapId) -> None:
    """The family that was asked would rather keep its time."""
    asking.run(decline_swap, swap_id)


@router.post("/swaps/{swap_id}/withdraw", status_code=204)
def take_back(asking: Asking, swap_id: SwapId) -> None:
    """Who proposed it does not want it any more."""
    asking.run(withdraw_swap, swap_id)


@router.post("/swaps/{swap_id}/undo", status_code=204)
def undo(asking: Asking, swap_id: SwapId) -> None:
    """Back to where both were. 409 if one of them was moved since."""
    asking.run(undo_swap, swap_id)
