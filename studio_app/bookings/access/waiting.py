"""Who waits, and whom somebody may speak for."""

from collections.abc import Sequence

from sqlmodel import col, select

from studio_app.bookings.models.waiting import Offer, OfferRule, Waiting
from studio_app.bookings.rules.waiting import WaitingState
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonTypeId, OfferId, WaitingId
from studio_app.kit.work import Work
from studio_app.people.access import visible_students
from studio_app.people.models import Student
from studio_app.scheduling.access.setup import PutAway, row
from studio_app.scheduling.models.setup import LessonType


def offer_rule(work: Work, *, lock: bool = False) -> OfferRule:
    """The studio's, or as it ships; that one is not written yet."""
    query = select(OfferRule)
    found = work.session.exec(query.with_for_update() if lock else query).one_or_none()
    return found or OfferRule(created_at=work.now)


def entry(work: Work, waiting_id: WaitingId, *, lock: bool = False) -> Waiting:
    """An entry for a student whom the actor may see."""
    query = select(Waiting).where(
        Waiting.id == waiting_id, col(Waiting.student_id).in_(visible_students(work))
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = work.session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def offer(work: Work, offer_id: OfferId) -> Offer:
    """An offer to a student whom the actor may see; held until the work is done.

    Whoever decides about it, the family or the clock, holds this row: so there is one outcome.
    """
    theirs = select(Waiting.id).where(col(Waiting.student_id).in_(visible_students(work)))
    query = select(Offer).where(Offer.id == offer_id, col(Offer.waiting_id).in_(theirs))
    locked = query.with_for_update().execution_options(populate_existing=True)
    found = work.session.exec(locked).one_or_none()
    if found is None:
        raise NotFound
    return found


def waiting_now(work: Work) -> Sequence[Waiting]:
    """Everybody who waits and has not left, in no order."""
    query = (
        select(Waiting)
        .join(Student, col(Student.id) == col(Waiting.student_id))
        .where(Waiting.state == WaitingState.WAITING, col(Student.archived_at).is_(None))
    )
    return work.session.exec(query).all()


def require_kind(work: Work, lesson_type_id: LessonTypeId) -> None:
    """NotFound without such a kind of lesson; PutAway where it is no longer offered."""
    if row(work, LessonType, lesson_type_id).archived_at is not None:
        raise PutAway
