"""Two families change the places of two lessons; the office may do it by itself."""

from sqlmodel import or_, select

from studio_app.bookings.access.bookings import is_office
from studio_app.bookings.access.swapping import require_own
from studio_app.bookings.events import SwapDeclined, SwapProposed
from studio_app.bookings.models.waiting import Swap
from studio_app.bookings.rules.waiting import SwapState
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound
from studio_app.kit.ids import LessonId, SwapId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.diary import SlotTaken
from studio_app.scheduling.exchanging import Exchange, are_alone, exchange, look


class NotTheSameTeacher(Conflict):
    message = _("Families can change places with each other at the same teacher.")


class NotAlone(Conflict):
    message = _("Only lessons of one student can change places.")


class IsProposed(Conflict):
    message = _("That has been proposed already.")


class SwapIsOver(Conflict):
    message = _("This has been decided already.")


@requires(Permission.LESSON_BOOK)
def propose_swap(work: Work, lesson_id: LessonId, other_id: LessonId) -> SwapId:
    """Ask the other family; nobody is asked about what is not possible now."""
    require_own(work, lesson_id)
    try:
        found = look(work, lesson_id, other_id)
    except SlotTaken:
        raise SlotTaken from None  # its sentence names other students
    _require_for_families(work, found)
    if _proposed(work, lesson_id, other_id):
        raise IsProposed
    swap = _write(work, found, SwapState.PROPOSED)
    work.emit(SwapProposed(swap.id))
    return swap.id


@requires(Permission.LESSON_BOOK)
def accept_swap(work: Work, swap_id: SwapId) -> None:
    """The other family agrees: both lessons move, or neither does."""
    swap = _standing(work, swap_id, of_other=True)
    try:
        _exchange(work, swap)
    except SlotTaken:
        if is_office(work):
            raise
        raise SlotTaken from None
    swap.decide(SwapState.DONE, work.actor.person_id, work.now)
    work.session.flush()


@requires(Permission.LESSON_BOOK)
def decline_swap(work: Work, swap_id: SwapId) -> None:
    swap = _standing(work, swap_id, of_other=True)
    swap.decide(SwapState.DECLINED, work.actor.person_id, work.now)
    work.session.flush()
    work.emit(SwapDeclined(swap.id))


@requires(Permission.LESSON_BOOK)
def withdraw_swap(work: Work, swap_id: SwapId) -> None:
    swap = _standing(work, swap_id, of_other=False)
    swap.decide(SwapState.WITHDRAWN, work.actor.person_id, work.now)
    work.session.flush()


@requires(Permission.CALENDAR_MANAGE)
def swap_now(work: Work, lesson_id: LessonId, other_id: LessonId) -> SwapId:
    """The office lets two lessons change places, also of two teachers; answers what undoes it."""
    swap = _write(work, look(work, lesson_id, other_id), SwapState.PROPOSED)
    _exchange(work, swap)
    swap.decide(SwapState.DONE, work.actor.person_id, work.now)
    work.session.flush()
    return swap.id


@requires(Permission.CALENDAR_MANAGE)
def undo_swap(work: Work, swap_id: SwapId) -> None:
    """Back to where both were, if neither has been moved since."""
    swap = _held(work, swap_id)
    if swap.state != SwapState.DONE:
        raise SwapIsOver
    was = {swap.lesson_id: swap.other_at, swap.other_id: swap.lesson_at}
    exchange(work, swap.lesson_id, swap.other_id, was)
    swap.decide(SwapState.UNDONE, work.actor.person_id, work.now)
    work.session.flush()


def _exchange(work: Work, swap: Swap) -> None:
    seen = {swap.lesson_id: swap.lesson_at, swap.other_id: swap.other_at}
    exchange(work, swap.lesson_id, swap.other_id, seen)


def _require_for_families(work: Work, found: Exchange) -> None:
    if found.lesson.teacher_id != found.other.teacher_id:
        raise NotTheSameTeacher
    if not are_alone(work, found):
        raise NotAlone


def _proposed(work: Work, lesson_id: LessonId, other_id: LessonId) -> bool:
    there = (Swap.lesson_id == lesson_id) & (Swap.other_id == other_id)
    back = (Swap.lesson_id == other_id) & (Swap.other_id == lesson_id)
    query = select(Swap.id).where(or_(there, back), Swap.state == SwapState.PROPOSED)
    return work.session.exec(query).first() is not None


def _write(work: Work, found: Exchange, state: SwapState) -> Swap:
    swap = Swap(
        lesson_id=found.lesson.id,
        other_id=found.other.id,
        lesson_at=found.lesson.starts_at,
        other_at=found.other.starts_at,
        state=state,
        asked_by=work.actor.person_id,
        asked_at=work.now,
        created_at=work.now,
    )
    work.session.add(swap)
    work.session.flush()
    return swap


def _standing(work: Work, swap_id: SwapId, *, of_other: bool) -> Swap:
    """A proposal, for the family that has this side of it."""
    swap = _held(work, swap_id)
    require_own(work, swap.other_id if of_other else swap.lesson_id)
    if swap.state != SwapState.PROPOSED:
        raise SwapIsOver
    return swap


def _held(work: Work, swap_id: SwapId) -> Swap:
    query = select(Swap).where(Swap.id == swap_id).with_for_update()
    swap = work.session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if swap is None:
        raise NotFound
    return swap
