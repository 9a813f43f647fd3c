"""Two lessons that may change places, as one of the two families reads it."""

from dataclasses import dataclass

from sqlmodel import col, or_, select

from studio_app.bookings.models.waiting import Swap
from studio_app.bookings.rules.waiting import SwapState
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, SwapId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_students
from studio_app.people.models import Student
from studio_app.scheduling.access.lessons import students_in


@dataclass(frozen=True, slots=True)
class SwapRow:
    """Nobody reads whose the other lesson is."""

    id: SwapId
    state: SwapState
    sentence: str
    student: str
    now: str
    then: str
    is_asked: bool
    """One's own answer is waited for; else one asked, and may take it back"""
    stands: bool


@requires(Permission.LESSON_BOOK)
def my_swap(work: Work, swap_id: SwapId) -> SwapRow:
    swap = work.session.get(Swap, swap_id)
    found = _row(work, swap) if swap is not None else None
    if found is None:
        raise NotFound
    return found


@requires(Permission.LESSON_BOOK)
def my_swaps(work: Work) -> list[SwapRow]:
    """What has been proposed and is not decided, by one's own or to them."""
    query = select(Swap).where(
        Swap.state == SwapState.PROPOSED,
        or_(col(Swap.lesson_at) > work.now, col(Swap.other_at) > work.now),
    )
    rows = [_row(work, one) for one in work.session.exec(query.order_by(col(Swap.id)))]
    return [row for row in rows if row is not None]


def _row(work: Work, swap: Swap) -> SwapRow | None:
    asked, asks = _own(work, swap.other_id), _own(work, swap.lesson_id)
    student = asked or asks
    if student is None:
        return None
    zone, locale = studio_zone(work), work.actor.locale
    mine, theirs = swap.lesson_at, swap.other_at
    if asked:
        mine, theirs = theirs, mine
    state = SwapState(swap.state)
    return SwapRow(
        id=swap.id,
        state=state,
        sentence=_SENTENCES[state].say(locale),
        student=student.first_name,
        now=say_when(mine, zone, locale),
        then=say_when(theirs, zone, locale),
        is_asked=asked is not None,
        stands=state is SwapState.PROPOSED,
    )


def _own(work: Work, lesson_id: LessonId) -> Student | None:
    seated = students_in(work, lesson_id)
    query = select(Student).where(
        col(Student.id).in_(seated), col(Student.id).in_(own_students(work))
    )
    return work.session.exec(query.limit(1)).first()


_SENTENCES = {
    SwapState.PROPOSED: _("Both lessons move as soon as the other family agrees."),
    SwapState.DONE: _("Both lessons have changed places."),
    SwapState.DECLINED: _("The other family would rather keep its time."),
    SwapState.WITHDRAWN: _("It was taken back."),
    SwapState.UNDONE: _("The studio has put both lessons back."),
}
