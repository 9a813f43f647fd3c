"""Other times for a lesson: the studio proposes some, and its family takes one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import Field

from studio_app.kit.ids import LessonId, ProposalId
from studio_app.scheduling.commands.proposing import (
    accept_time,
    decline_times,
    propose_times,
    withdraw_proposal,
)
from studio_app.scheduling.queries.proposals import (
    PossibleTime,
    ProposalShown,
    Unanswered,
    my_proposals,
    times_to_propose,
    unanswered_proposals,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["time proposals"])
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class NewProposal:
    """Two to six times; without an offset they are wall time of the studio. `despite` is the
    reason to propose one where something speaks against it: without one it is refused."""

    times: Annotated[list[datetime], Field(max_length=AT_ONCE)]
    words: str = ""
    despite: str = ""


@router.get("/lessons/{lesson_id}/times-to-propose")
def possible_times(asking: Asking, lesson_id: LessonId) -> list[PossibleTime]:
    """Times near the lesson at which it would fit, eight at most."""
    return asking.run(times_to_propose, lesson_id)


@router.post("/lessons/{lesson_id}/time-proposals", status_code=201)
def propose(asking: Asking, lesson_id: LessonId, proposal: NewProposal) -> Made:
    """Asks the family; what was proposed before is withdrawn. 409 if one of them is not free."""
    return Made(
        asking.run(
            propose_times,
            lesson_id,
            proposal.times,
            words=proposal.words,
            despite=proposal.despite,
        )
    )


@router.get("/time-proposals")
def unanswered(asking: Asking, page: Paging) -> Page[Unanswered]:
    """Those nobody has answered, and declined ones; a teacher sees those of their own lessons."""
    return page.of(asking.run(unanswered_proposals), by=lambda one: one.id)


@router.get("/me/time-proposals")
def asked_of_me(asking: Asking) -> list[ProposalShown]:
    """What one's own family may choose from; times that were taken meanwhile are left out."""
    return asking.run(my_proposals)


@router.post("/time-proposals/{time_proposal_id}/accept", status_code=204)
def accept(
    asking: Asking, time_proposal_id: ProposalId, to: Annotated[datetime, Body(embed=True)]
) -> None:
    """Moves the lesson. `to` is the `at` of one of the times; 404 for any other, 409 if it was
    taken meanwhile or somebody has answered."""
    asking.run(accept_time, time_proposal_id, to)


@router.post("/time-proposals/{time_proposal_id}/decline", status_code=204)
def decline(asking: Asking, time_proposal_id: ProposalId) -> None:
    """None of them: the lesson stays where it is."""
    asking.run(decline_times, time_proposal_id)


@router.post("/time-proposals/{time_proposal_id}/withdraw", status_code=204)
def withdraw(asking: Asking, time_proposal_id: ProposalId) -> None:
    """The studio asks no more; or it was declined, and somebody has seen to it."""
    asking.run(withdraw_proposal, time_proposal_id)
