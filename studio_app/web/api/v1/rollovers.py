"""Who goes on in the next term: the office asks, families answer for their own."""

from dataclasses import dataclass
from datetime import time
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import Field

from studio_app.bookings.commands.reenrolling import (
    Answer,
    answer_for_family,
    answer_rollover,
    close_rollover,
    remind_unanswered,
)
from studio_app.bookings.commands.rollover import (
    NewTerm,
    change_answer_by,
    discard_rollover,
    leave_out,
    plan_next,
    prepare_rollover,
)
from studio_app.bookings.commands.sending_rollover import send_rollover
from studio_app.bookings.queries.my_rollovers import MyRollover, my_rollover, my_rollovers
from studio_app.bookings.queries.rollover import PlaceRow, RolloverRow, rollover_run, rollovers
from studio_app.bookings.queries.rollover_checks import Checked, rollover_checks
from studio_app.kit.ids import FamilyId, RolloverId, RolloverLessonId, RolloverPlaceId, TermId
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import AnyDay
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["next term"])
Reason = Annotated[str, Field(max_length=500)]


@dataclass(frozen=True, slots=True)
class NewRun:
    """`to` is a term, or one to be made; `answer_by` is the last day to answer, in two weeks
    unless said otherwise."""

    from_term_id: TermId
    to: TermId | NewTerm
    answer_by: AnyDay | None = None


@dataclass(frozen=True, slots=True)
class Places:
    place_ids: list[RolloverPlaceId]


@dataclass(frozen=True, slots=True)
class Planned:
    """Monday is 1; null is as it was."""

    weekday: Annotated[int, Field(ge=1, le=7)] | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Yes or no for each place; all of it counts or none."""

    answers: dict[RolloverPlaceId, Answer]
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """`rest` is what becomes of the places that nobody answered for; their families read why."""

    rest: Answer | None = None
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class HowMany:
    """Places that had no answer."""

    places: int


@router.get("/rollovers")
def list_runs(asking: Asking, page: Paging) -> Page[RolloverRow]:
    """What is open first, then the latest."""
    return page.of(asking.run(rollovers), by=lambda one: one.id)


@router.post("/rollovers", status_code=201)
def prepare(asking: Asking, run: NewRun) -> Made:
    """Collects the weekly lessons with which a term ends. Nobody is asked yet and nothing is
    held. 409 while another run is between the same two terms."""
    return Made(asking.run(prepare_rollover, run.from_term_id, run.to, answer_by=run.answer_by))


@router.get("/rollovers/{rollover_id}")
def read_run(asking: Asking, rollover_id: RolloverId) -> RolloverRow:
    return asking.run(rollover_run, rollover_id)[0]


@router.delete("/rollovers/{rollover_id}", status_code=204)
def discard(asking: Asking, rollover_id: RolloverId) -> None:
    """Only before it is sent."""
    asking.run(discard_rollover, rollover_id)


@router.get("/rollovers/{rollover_id}/places")
def list_places(asking: Asking, rollover_id: RolloverId, page: Paging) -> Page[PlaceRow]:
    """One for each student of each weekly lesson, by teacher, weekday and time."""
    return page.of(asking.run(rollover_run, rollover_id)[1], by=lambda one: one.id)


@router.get("/rollovers/{rollover_id}/checks")
def check(asking: Asking, rollover_id: RolloverId) -> Checked:
    """What each weekly lesson would meet in the new term; nothing changes by looking."""
    return asking.run(rollover_checks, rollover_id)


@router.post("/rollovers/{rollover_id}/leave-out", status_code=204)
def leave(asking: Asking, rollover_id: RolloverId, places: Places) -> None:
    """These are not asked. 409 once families have been asked."""
    asking.run(leave_out, rollover_id, places.place_ids)


@router.post("/rollovers/{rollover_id}/ask-after-all", status_code=204)
def take_in(asking: Asking, rollover_id: RolloverId, places: Places) -> None:
    asking.run(leave_out, rollover_id, places.place_ids, out=False)


@router.put("/rollovers/{rollover_id}/lessons/{rollover_lesson_id}", status_code=204)
def plan(
    asking: Asking, rollover_id: RolloverId, rollover_lesson_id: RolloverLessonId, planned: Planned
) -> None:
    """Another weekday or time in the new term, on the studio's wall."""
    asking.run(plan_next, rollover_id, rollover_lesson_id, weekday=planned.weekday, at=planned.at)


@router.put("/rollovers/{rollover_id}/answer-by", status_code=204)
def replace_day(
    asking: Asking, rollover_id: RolloverId, answer_by: Annotated[AnyDay, Body(embed=True)]
) -> None:
    """More or less time to answer, also while families are asked."""
    asking.run(change_answer_by, rollover_id, answer_by)


@router.post("/rollovers/{rollover_id}/send", status_code=204)
def send(
    asking: Asking, rollover_id: RolloverId, despite: Annotated[str, Body(embed=True)] = ""
) -> None:
    """Holds every time in the new term, all or none, and asks each family once. 409 names the
    lesson that cannot be held; 422 with `give: despite` what wants a reason."""
    asking.run(send_rollover, rollover_id, despite=despite)


@router.post("/rollovers/{rollover_id}/answers", status_code=204)
def answer_for(asking: Asking, rollover_id: RolloverId, said: Said) -> None:
    """The office writes down what a family said; the family has it in writing."""
    asking.run(answer_for_family, rollover_id, said.answers, reason=said.reason)


@router.post("/rollovers/{rollover_id}/remind")
def remind(
    asking: Asking,
    rollover_id: RolloverId,
    family_id: Annotated[FamilyId | None, Body(embed=True)] = None,
) -> HowMany:
    """Asks again who has not answered, or one family. 422 where everybody has."""
    return HowMany(asking.run(remind_unanswered, rollover_id, family_id=family_id))


@router.post("/rollovers/{rollover_id}/close")
def close(asking: Asking, rollover_id: RolloverId, closing: Closing) -> HowMany:
    """Takes no more answers. 422 without `rest` while some are missing."""
    silent = asking.run(close_rollover, rollover_id, rest=closing.rest, reason=closing.reason)
    return HowMany(silent)


@router.get("/me/rollovers")
def list_mine(asking: Asking) -> list[MyRollover]:
    """The runs that take answers about the caller's own students, the first to end first."""
    return asking.run(my_rollovers)


@router.get("/me/rollovers/{rollover_id}")
def read_mine(asking: Asking, rollover_id: RolloverId) -> MyRollover:
    """Only the caller's own places in it; also when it is closed."""
    return asking.run(my_rollover, rollover_id)


@router.post("/me/rollovers/{rollover_id}/answers", status_code=204)
def answer(asking: Asking, rollover_id: RolloverId, said: Said) -> None:
    """Until the run is closed an answer may be changed. 409 once it is, or where the time was
    given to somebody else meanwhile."""
    asking.run(answer_rollover, rollover_id, said.answers, reason=said.reason)
