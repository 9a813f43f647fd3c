"""What families are asked and have asked for, when the studio's clock shows another zone.

A time on offer was read on the clock, so it stays what it is there; what is then over is gone.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.bookings.commands.offers import withdraw
from studio_app.bookings.models.bookings import Booking
from studio_app.bookings.models.waiting import Freed, Offer, Swap
from studio_app.bookings.rules.states import BookingState
from studio_app.bookings.rules.waiting import FreedState, SwapState
from studio_app.kit.ids import LessonId
from studio_app.kit.work import Work
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.rules.zones import Moved, Shift, moved_to


def hold_promised_times(work: Work) -> None:
    """Before anybody else is locked, as whoever answers does."""
    for table in (Offer, Swap):
        standing = select(col(table.id)).where(col(table.decided_at).is_(None))
        work.session.exec(standing.order_by(col(table.id)).with_for_update()).all()


def keep_promised_times(work: Work, found: Shift, was: ZoneInfo, zone: ZoneInfo) -> None:
    """Bookings, swaps and offers go with the lessons that have `moved`, or with the clock."""
    moved = {one.lesson_id: one for one in found.moved}
    _bookings(work, moved)
    _swaps(work, moved)
    _offers(work, moved, was, zone)


def _bookings(work: Work, moved: Mapping[LessonId, Moved]) -> None:
    """What was asked for is where its lesson is; who waits for an answer waits no longer."""
    query = select(Booking).where(Booking.starts_at > work.now).order_by(col(Booking.id))
    for booking in work.session.exec(query.with_for_update()):
        gone = moved.get(booking.lesson_id)
        if gone is None or gone.was.starts_at != booking.starts_at:
            continue
        at_its_hour = booking.expires_at == booking.starts_at
        booking.starts_at = gone.slot.starts_at
        if at_its_hour or booking.state == BookingState.REQUESTED:
            hour = booking.starts_at
            booking.expires_at = hour if at_its_hour else min(booking.expires_at, hour)
    work.session.flush()


def _swaps(work: Work, moved: Mapping[LessonId, Moved]) -> None:
    """A swap knows where both lessons are: one that is proposed, and one that may be undone."""
    standing = (SwapState.PROPOSED.value, SwapState.DONE.value)
    query = select(Swap).where(
        col(Swap.state).in_(standing),
        col(Swap.lesson_at) > work.now,
        col(Swap.other_at) > work.now,
    )
    for swap in work.session.exec(query.order_by(col(Swap.id)).with_for_update()):
        both = [moved[one] for one in (swap.lesson_id, swap.other_id) if one in moved]
        goes = {one.was.starts_at: one.slot.starts_at for one in both}
        swap.lesson_at = goes.get(swap.lesson_at, swap.lesson_at)
        swap.other_at = goes.get(swap.other_at, swap.other_at)
    work.session.flush()


def _offers(work: Work, moved: Mapping[LessonId, Moved], was: ZoneInfo, zone: ZoneInfo) -> None:
    query = select(Freed).where(col(Freed.settled_at).is_(None), Freed.starts_at > work.now)
    known = list(work.session.exec(query.with_for_update()))
    goes = {freed.id: _new_time(work, freed, moved, was, zone) for freed in known}
    later = any(goes[freed.id] > freed.starts_at for freed in known)
    for freed in sorted(known, key=lambda one: one.starts_at, reverse=later):
        _move(work, freed, goes[freed.id])


def _new_time(
    work: Work, freed: Freed, moved: Mapping[LessonId, Moved], was: ZoneInfo, zone: ZoneInfo
) -> datetime:
    """With its lesson where that still is there, which may stay; else by the clock."""
    gone = moved.get(freed.lesson_id)
    if gone is not None and gone.was.starts_at == freed.starts_at:
        return gone.slot.starts_at
    lesson = work.session.get_one(Lesson, freed.lesson_id)
    if lesson.starts_at == freed.starts_at:
        return freed.starts_at
    return moved_to(freed.starts_at, was, zone)


def _move(work: Work, freed: Freed, to: datetime) -> None:
    """One after the other: of one lesson no two are at the same time on the way either."""
    by = to - freed.starts_at
    if not by:
        return
    freed.starts_at, freed.ends_at = to, freed.ends_at + by
    query = select(Offer).where(Offer.freed_id == freed.id, col(Offer.decided_at).is_(None))
    for offer in work.session.exec(query.with_for_update()):
        offer.starts_at, offer.answer_by = to, offer.answer_by + by
        if offer.expires_at is not None:
            offer.expires_at = min(offer.expires_at, offer.answer_by)
        if offer.answer_by <= work.now:
            freed.settle(FreedState.GONE, work.now)
            withdraw(work, offer)
    if to <= work.now and freed.settled_at is None:
        freed.settle(FreedState.GONE, work.now)
    work.session.flush()
