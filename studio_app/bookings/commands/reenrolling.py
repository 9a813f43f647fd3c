"""Answers to a re-enrolment run: a family's own, the office's for it, and those at its end.

Who answers shares the row of the run, who closes it has it alone: an answer at the moment of
closing counts before it or is refused. Two taps on the same place wait for its row, and the
second finds the answer there.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from studio_app.bookings.access import rollover as access
from studio_app.bookings.commands.policy_decisions import agree_to_go_on
from studio_app.bookings.events import (
    RolloverAsked,
    RolloverConfirmed,
    RolloverDecided,
    RolloverDeclined,
)
from studio_app.bookings.models.rollover import Rollover, RolloverPlace
from studio_app.bookings.rules.rollover import (
    Answer,
    AnsweredBy,
    RolloverState,
    is_to_be_reminded,
)
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import FamilyId, RolloverId, RolloverPlaceId
from studio_app.kit.words import _, many
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.commands import continuing
from studio_app.scheduling.commands.continuing import Stopped
from studio_app.scheduling.diary import Full, SlotTaken
from studio_app.scheduling.rules.year import TermDays


class GivenToSomebody(Conflict):
    message = _("This time has been given to somebody else meanwhile. Please speak to the studio.")


class StillUnanswered(Refused):
    message = _("Not everybody has answered: say what becomes of their lessons.")


class EverybodyAnswered(Refused):
    message = _("Everybody has answered.")


@requires(Permission.LESSON_BOOK)
def answer_rollover(
    work: Work,
    rollover_id: RolloverId,
    answers: Mapping[RolloverPlaceId, Answer],
    *,
    reason: str = "",
) -> None:
    """Yes or no for each of one's own; all of it or none. The same again changes nothing."""
    run = access.open_run(work, rollover_id)
    found = access.places(work, run.id, answers)
    access.require_own(work, {place.student_id for place in found})
    asked = [(place, answers[place.id]) for place in found]
    changed = _answer(work, run, asked, AnsweredBy.FAMILY, reason)
    going_on = [place for place in changed if place.answer == Answer.YES]
    if going_on:
        agree_to_go_on(work, [place.next_id or place.enrolment_id for place in going_on])
        work.emit(RolloverConfirmed(run.id, tuple(place.id for place in going_on)))


@requires(Permission.CALENDAR_MANAGE)
def answer_for_family(
    work: Work,
    rollover_id: RolloverId,
    answers: Mapping[RolloverPlaceId, Answer],
    *,
    reason: str = "",
) -> None:
    """The office writes down what a family said by telephone; the family has it in writing."""
    run = access.open_run(work, rollover_id)
    found = access.places(work, run.id, answers)
    asked = [(place, answers[place.id]) for place in found]
    changed = _answer(work, run, asked, AnsweredBy.OFFICE, reason)
    _tell_of(work, run, changed)


@requires(Permission.CALENDAR_MANAGE)
def remind_unanswered(
    work: Work, rollover_id: RolloverId, *, family_id: FamilyId | None = None
) -> int:
    """Ask those again who have not answered, or one family; of how many places that is."""
    return _remind(work, access.open_run(work, rollover_id, alone=True), family_id)


@requires(Permission.JOBS_RUN)
def remind_of_rollovers(work: Work) -> str:
    """The clock's use case: remind once, some days before the last."""
    today = local_date(work.now, studio_zone(work))
    query = select(Rollover).where(
        Rollover.state == RolloverState.OPEN, col(Rollover.reminded_at).is_(None)
    )
    reminded = 0
    for run in work.session.exec(query.order_by(col(Rollover.id)).with_for_update()):
        sent_at = run.sent_at or work.now
        if not is_to_be_reminded(run.answer_by, today, sent_at, work.now):
            continue
        run.reminded_at = work.now
        work.session.flush()
        try:
            reminded += _remind(work, run, None)
        except EverybodyAnswered:
            continue
    return f"{reminded} places"


@requires(Permission.CALENDAR_MANAGE)
def close_rollover(
    work: Work, rollover_id: RolloverId, *, rest: Answer | None = None, reason: str = ""
) -> int:
    """Take no more answers; `rest` is what becomes of the places nobody answered for.

    Refused without it while there are any: nothing is kept or released by silence alone. Who
    has left meanwhile does not go on. How many were silent.
    """
    run = access.open_run(work, rollover_id, alone=True)
    silent = [place for place in access.places(work, run.id) if place.answer is None]
    gone = access.gone_among(work, silent)
    here = [place for place in silent if place.student_id not in gone]
    if here and rest is None:
        raise StillUnanswered(
            many(
                "{n} place has no answer: say what becomes of it.",
                "{n} places have no answer: say what becomes of them.",
                n=len(here),
            )
        )
    asked = [(place, rest or Answer.NO) for place in here]
    asked += [(place, Answer.NO) for place in silent if place.student_id in gone]
    _tell_of(work, run, _answer(work, run, asked, AnsweredBy.CLOSING, reason))
    run.state, run.closed_at, run.closed_by = (
        RolloverState.CLOSED,
        work.now,
        work.actor.person_id,
    )
    work.session.flush()
    return len(here)


def _answer(
    work: Work,
    run: Rollover,
    asked: Sequence[tuple[RolloverPlace, Answer]],
    how: AnsweredBy,
    reason: str,
) -> list[RolloverPlace]:
    """Those whose answer is another than before. Their rows are held."""
    old, _new = access.terms_of(work, run)
    reason = reason.strip()
    changed = [(place, answer) for place, answer in asked if place.answer != answer]
    diary.lock_ids(work, access.needed_by(work, [place for place, _answer in changed]))
    for place, answer in changed:
        _settle(work, place, answer, old, reason)
        place.say(answer, how, work.actor.person_id, work.now, reason)
    work.session.flush()
    return [place for place, _answer in changed]


def _settle(work: Work, place: RolloverPlace, answer: Answer, old: TermDays, reason: str) -> None:
    """What the answer means in the calendar."""
    if answer is Answer.NO:
        _release(work, place, old, reason)
        return
    try:
        _keep(work, place)
    except (SlotTaken, Full):
        raise GivenToSomebody from None  # the sentence of the calendar names other students


def _release(work: Work, place: RolloverPlace, old: TermDays, reason: str) -> None:
    if place.next_id is not None:
        continuing.give_back_next(work, place.next_id)
        work.emit(RolloverDeclined(place.id))
        return
    stopped = continuing.stop_after(work, place.enrolment_id, last_on=old.last_on, reason=reason)
    place.stopped_ids = list(stopped.lesson_ids)
    place.stopped_whole, place.was_ended_on = stopped.whole, stopped.was_ended_on


def _keep(work: Work, place: RolloverPlace) -> None:
    was_released = place.answer == Answer.NO
    if place.next_id is not None:
        take = continuing.take_next_again if was_released else continuing.keep_next
        take(work, place.next_id)
    elif was_released:
        ids = tuple(place.stopped_ids)
        stopped = Stopped(ids, place.was_ended_on, whole=place.stopped_whole)
        continuing.go_on_after_all(work, place.enrolment_id, stopped)


def _remind(work: Work, run: Rollover, family_id: FamilyId | None) -> int:
    silent = [place for place in access.places(work, run.id) if place.answer is None]
    if family_id is not None:
        silent = access.of_family(work, silent, family_id)
    if not silent:
        raise EverybodyAnswered
    for place in silent:
        place.reminded_at = work.now
    work.session.flush()
    work.emit(RolloverAsked(run.id, again=True, family_id=family_id))
    return len(silent)


def _tell_of(work: Work, run: Rollover, places: Sequence[RolloverPlace]) -> None:
    if places:
        work.emit(RolloverDecided(run.id, tuple(place.id for place in places)))
