"""Who waits for what, and what became free: families for their own, the office for anybody."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Body

from studio_app.bookings.commands.offer_rules import set_offer_rules
from studio_app.bookings.commands.offers import offer_to, see_to_freed
from studio_app.bookings.commands.waitlist import (
    stop_waiting,
    wait_again,
    wait_for,
    wait_for_something_else,
)
from studio_app.bookings.queries.freed import FreedRow, Suited, freed_lately, whom_it_suits
from studio_app.bookings.queries.waiting import Rules, WaitingRow, my_waiting, waitlist
from studio_app.bookings.wishes import TimeWish, WaitingKind, WaitingWish
from studio_app.kit.ids import FreedId, LessonTypeId, StudentId, TeacherId, WaitingId
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import AnyDay
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["waitlist"])


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """A teacher or an instrument, and when: without `times` whenever. Minutes count from
    midnight of the studio's wall. `weekly` is a place every week; `make_up` may come before
    the others, and only the office says so."""

    lesson_type_id: LessonTypeId
    teacher_id: TeacherId | None = None
    instrument: str = ""
    times: list[TimeWish] = field(default_factory=list[TimeWish])
    from_on: AnyDay | None = None
    until_on: AnyDay | None = None
    weekly: bool = False
    make_up: bool = False

    @property
    def wish(self) -> WaitingWish:
        return WaitingWish(
            self.lesson_type_id,
            self.teacher_id,
            self.instrument,
            tuple(self.times),
            self.from_on,
            self.until_on,
            self.weekly,
            WaitingKind.MAKE_UP if self.make_up else WaitingKind.REGULAR,
        )


@dataclass(frozen=True, slots=True)
class OfferRules:
    """`by_itself`: what becomes free is offered without somebody choosing whom."""

    by_itself: bool
    answer_minutes: int
    make_ups_first: bool


@router.get("/waitlist")
def read_waitlist(asking: Asking, page: Paging) -> Page[WaitingRow]:
    """Everybody who waits, in the order in which they are asked."""
    return page.of(asking.run(waitlist).entries, by=lambda one: one.id)


@router.get("/me/waiting")
def my_entries(asking: Asking) -> list[WaitingRow]:
    """What the caller's own students wait for."""
    return asking.run(my_waiting)


@router.post("/waitlist", status_code=201)
def create_entry(
    asking: Asking, student_id: Annotated[StudentId, Body()], wanted: Annotated[WaitedFor, Body()]
) -> Made:
    """Waits from now on: whoever asked earlier is asked earlier."""
    return Made(asking.run(wait_for, student_id, wanted.wish))


@router.put("/waitlist/{waiting_id}", status_code=204)
def replace_entry(asking: Asking, waiting_id: WaitingId, wanted: WaitedFor) -> None:
    """The place in the order stays. 409 if it does not wait any more."""
    asking.run(wait_for_something_else, waiting_id, wanted.wish)


@router.delete("/waitlist/{waiting_id}", status_code=204)
def delete_entry(asking: Asking, waiting_id: WaitingId) -> None:
    """Waits no more; what is on offer to it goes to the next. 409 if it did not wait."""
    asking.run(stop_waiting, waiting_id)


@router.post("/waitlist/{waiting_id}/restore", status_code=204)
def restore_entry(asking: Asking, waiting_id: WaitingId) -> None:
    """Waits again, at the same place in the order."""
    asking.run(wait_again, waiting_id)


@router.get("/waitlist-rules")
def read_rules(asking: Asking) -> Rules:
    return asking.run(waitlist).rules


@router.put("/waitlist-rules", status_code=204)
def replace_rules(asking: Asking, rules: OfferRules) -> None:
    """`answer_minutes`: five minutes to a week. What is on offer keeps the time it was given."""
    asking.run(
        set_offer_rules,
        by_itself=rules.by_itself,
        answer_minutes=rules.answer_minutes,
        make_ups_first=rules.make_ups_first,
    )


@router.get("/freed-times")
def list_freed(asking: Asking, page: Paging) -> Page[FreedRow]:
    """What became free in the last fortnight, the newest first, with who was asked and what
    they answered."""
    return page.of(asking.run(freed_lately), by=lambda one: one.id)


@router.get("/freed-times/{freed_id}/waiting")
def suited(asking: Asking, freed_id: FreedId, page: Paging) -> Page[Suited]:
    """Who waits and could take it, the first first; nobody who has been asked already."""
    return page.of(asking.run(whom_it_suits, freed_id), by=lambda one: one.waiting_id)


@router.post("/freed-times/{freed_id}/offers", status_code=201)
def offer(
    asking: Asking, freed_id: FreedId, waiting_id: Annotated[WaitingId, Body(embed=True)]
) -> Made:
    """Asks this one, also out of turn. 409 while another is asked, or if it is not free."""
    return Made(asking.run(offer_to, freed_id, waiting_id))


@router.post("/freed-times/{freed_id}/seen-to", status_code=204)
def seen_to(asking: Asking, freed_id: FreedId) -> None:
    """It needs nobody any more; an offer that stands is left standing."""
    asking.run(see_to_freed, freed_id)
