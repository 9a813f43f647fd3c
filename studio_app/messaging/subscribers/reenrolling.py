"""Asking families whether they go on in the next term, and telling what was decided."""

from collections.abc import Sequence

from studio_app.bookings.access.rollover_places import Listed, listed
from studio_app.bookings.events import (
    RolloverAsked,
    RolloverConfirmed,
    RolloverDecided,
    RolloverDeclined,
)
from studio_app.bookings.models.rollover import Rollover, RolloverPlace
from studio_app.bookings.rules.rollover import Answer, RolloverState
from studio_app.kit.ids import ContactId
from studio_app.kit.work import Work
from studio_app.messaging.access import causes, contacts
from studio_app.messaging.access.teaching import unless_they_did_it
from studio_app.messaging.commands.posting import Occasion, post

ASKED, REMINDED = "rollover_asked", "rollover_reminder"
DECIDED, DECLINED = "rollover_decided", "rollover_declined"
CONFIRMED = "rollover_confirmed"


def ask_families(work: Work, event: RolloverAsked) -> None:
    """Everybody once, about all of their own; whoever answers first has answered."""
    run = work.session.get(Rollover, event.rollover_id)
    if run is None or run.state != RolloverState.OPEN:
        return
    silent = [
        one
        for one in listed(work, run.id)
        if one.answer is None and event.family_id in {None, one.family_id}
    ]
    cause = causes.cause_of(work)
    occasion = Occasion(
        REMINDED if event.again else ASKED,
        about=(run.id,),
        happened_at=cause.at,
        key=str(cause.id),
        why="RolloverAsked",
    )
    post(work, occasion, _who_hears(work, silent))


def tell_what_was_decided(work: Work, event: RolloverDecided) -> None:
    """The studio answered for them: by telephone, or at the end."""
    _tell_of_places(work, DECIDED, event)


def tell_that_they_go_on(work: Work, event: RolloverConfirmed) -> None:
    """They said so themselves, and have it in writing: the other parent hears of it too."""
    _tell_of_places(work, CONFIRMED, event)


def _tell_of_places(work: Work, kind: str, event: RolloverDecided | RolloverConfirmed) -> None:
    cause = causes.cause_of(work)
    decided = listed(work, event.rollover_id, ids=event.place_ids)
    occasion = Occasion(
        kind,
        about=(event.rollover_id,),
        happened_at=cause.at,
        key=str(cause.id),
        why=type(event).__name__,
        facts={"places": [str(one.place.id) for one in decided]},
    )
    post(work, occasion, _who_hears(work, decided))


def tell_teacher_of_a_no(work: Work, event: RolloverDeclined) -> None:
    place = work.session.get(RolloverPlace, event.place_id)
    if place is None or place.answer != Answer.NO:
        return
    cause = causes.cause_of(work)
    for one in listed(work, place.rollover_id, ids=[place.id]):
        occasion = Occasion(
            DECLINED,
            about=(place.id,),
            happened_at=cause.at,
            key=f"{cause.id} {place.id}",
            why="RolloverDeclined",
        )
        post(work, occasion, unless_they_did_it(work, one.teacher_id, cause))


def _who_hears(work: Work, places: Sequence[Listed]) -> list[ContactId]:
    return contacts.hearing_of_lessons(work, {one.place.student_id for one in places})
