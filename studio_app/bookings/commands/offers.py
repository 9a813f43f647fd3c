"""A time that became free is offered to whoever waits for it, one after the other.

Nobody is asked who could not take it: whom it suits is found by the search that families book
with. One entry is asked one question at a time.
"""

from dataclasses import dataclass

from sqlmodel import col, select

from studio_app.bookings.access import waiting as access
from studio_app.bookings.events import NobodyTookIt, OfferEnded, SlotOffered
from studio_app.bookings.fitting import Fitting, fitting
from studio_app.bookings.models.waiting import Freed, Offer
from studio_app.bookings.rules.waiting import FreedState, OfferState
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot
from studio_app.kit.errors import Conflict, NotFound
from studio_app.kit.ids import FreedId, LessonId, OfferId, TeacherId, WaitingId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires


class NobodyElse(Conflict):
    message = _("This time is not open to them any more.")


class IsAsked(Conflict):
    message = _("Somebody has been asked already. Please wait for the answer.")


class OutOfTime(Conflict):
    message = _("This is not on offer any more.")


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What became free, before it is known whether anybody wants it."""

    lesson_id: LessonId
    teacher_id: TeacherId
    slot: Slot
    is_place: bool = False
    weekly: bool = False


@requires(Permission.JOBS_RUN)
def free(work: Work, vacancy: Vacancy) -> FreedId | None:
    """Write down that it is free and ask the first whom it suits; None if it suits nobody."""
    if vacancy.slot.starts_at <= work.now or _is_known(work, vacancy):
        return None
    freed = Freed(
        lesson_id=vacancy.lesson_id,
        teacher_id=vacancy.teacher_id,
        starts_at=vacancy.slot.starts_at,
        ends_at=vacancy.slot.ends_at,
        is_place=vacancy.is_place,
        weekly=vacancy.weekly,
        freed_at=work.now,
        created_at=work.now,
    )
    first = next(fitting(work, freed), None)
    if first is None:
        return None
    by_itself = access.offer_rule(work).by_itself
    freed.state = FreedState.ASKING if by_itself else FreedState.OPEN
    work.session.add(freed)
    work.session.flush()
    if by_itself:
        _ask(work, freed, first)
    return freed.id


@requires(Permission.JOBS_RUN)
def ask_next(work: Work, freed_id: FreedId) -> None:
    """Whoever was asked said no or nothing: ask the next, or say that nobody took it."""
    freed = held(work, freed_id)
    if freed.state != FreedState.ASKING or _standing(work, freed.id):
        return
    if freed.starts_at <= work.now:
        freed.settle(FreedState.GONE, work.now)
    elif (following := next(fitting(work, freed), None)) is not None:
        _ask(work, freed, following)
    else:
        freed.settle(FreedState.NOBODY, work.now)
        work.emit(NobodyTookIt(freed.id))
    work.session.flush()


@requires(Permission.CALENDAR_MANAGE)
def offer_to(work: Work, freed_id: FreedId, waiting_id: WaitingId) -> OfferId:
    """The office chooses whom to ask, also out of turn; afterwards it goes on in order."""
    freed = held(work, freed_id)
    if freed.state in {FreedState.TAKEN, FreedState.GONE}:
        raise OutOfTime
    if _standing(work, freed.id):
        raise IsAsked
    chosen = next((one for one in fitting(work, freed) if one.entry.id == waiting_id), None)
    if chosen is None:
        raise NobodyElse
    by_itself = access.offer_rule(work).by_itself
    freed.state = FreedState.ASKING if by_itself else FreedState.OPEN
    freed.settled_at = freed.seen_to_at = None
    work.session.flush()
    return _ask(work, freed, chosen)


@requires(Permission.CALENDAR_MANAGE)
def see_to_freed(work: Work, freed_id: FreedId) -> None:
    """The office knows; it needs nobody any more. An offer that stands is left standing."""
    freed = held(work, freed_id)
    freed.seen_to_at = work.now
    if freed.state == FreedState.OPEN and not _standing(work, freed.id):
        freed.settle(FreedState.NOBODY, work.now)
    work.session.flush()


def held(work: Work, freed_id: FreedId) -> Freed:
    query = select(Freed).where(Freed.id == freed_id).with_for_update()
    found = work.session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def withdraw(work: Work, offer: Offer) -> None:
    """It is gone, or who was asked waits no more."""
    offer.decide(OfferState.WITHDRAWN, work.actor.person_id, work.now)
    work.session.flush()
    work.emit(OfferEnded(offer.id))


def _ask(work: Work, freed: Freed, who: Fitting) -> OfferId:
    offer = Offer(
        freed_id=freed.id,
        waiting_id=who.entry.id,
        teacher_id=freed.teacher_id,
        lesson_id=freed.lesson_id if freed.is_place else None,
        starts_at=freed.starts_at,
        minutes=who.minutes,
        weekly=who.entry.weekly,
        offered_at=work.now,
        offered_by=work.actor.person_id,
        answer_minutes=access.offer_rule(work).answer_minutes,
        answer_by=who.answer_by,
        created_at=work.now,
    )
    work.session.add(offer)
    work.session.flush()
    work.emit(SlotOffered(offer.id))
    return offer.id


def _is_known(work: Work, vacancy: Vacancy) -> bool:
    query = select(Freed.id).where(
        Freed.teacher_id == vacancy.teacher_id,
        Freed.starts_at == vacancy.slot.starts_at,
        Freed.lesson_id == vacancy.lesson_id,
        col(Freed.settled_at).is_(None),
    )
    return work.session.exec(query).first() is not None


def _standing(work: Work, freed_id: FreedId) -> bool:
    query = select(Offer.id).where(Offer.freed_id == freed_id, col(Offer.decided_at).is_(None))
    return work.session.exec(query).first() is not None
