"""Everything that stands on the studio's wall, for changing the zone of that wall."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import col, func, or_, select

from studio_app.kit.clock import Slot
from studio_app.kit.ids import SeriesId, StudentId
from studio_app.kit.tables import table_of
from studio_app.kit.work import Work
from studio_app.scheduling.access.bookings import students_of
from studio_app.scheduling.models.availability import Availability, TimeOff
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.proposals import Proposal
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.rules.states import BLOCKING, ProposalStatus
from studio_app.scheduling.rules.zones import Moved, Standing

BEFORE = timedelta(days=2)
"""As far back a lesson may still be in the way of one that comes earlier"""


def standing(work: Work, zone: str, *, lock: bool = False) -> list[Standing]:
    """The lessons from shortly before now on; those of a series on another wall are bound."""
    query: Any = (
        columns(
            col(Lesson.id),
            col(Lesson.starts_at),
            col(Lesson.ends_at),
            col(Lesson.teacher_id),
            col(Lesson.room_id),
            col(Lesson.room_single_use),
            col(Lesson.status),
            col(Series.zone),
        )
        .outerjoin(Series, col(Series.id) == col(Lesson.series_id))
        .where(col(Lesson.starts_at) > work.now - BEFORE)
        .order_by(col(Lesson.id))
    )
    if lock:
        query = query.with_for_update(of=Lesson)
    rows = work.session.connection().execute(query).all()
    seated = students_of(work, [row.id for row in rows])
    return [_standing(row, seated[row.id], zone, work.now) for row in rows]


def _standing(row: Any, students: frozenset[Any], zone: str, now: datetime) -> Standing:
    takes: set[UUID] = set()
    if row.status in BLOCKING:
        takes = {row.teacher_id, *students}
        if row.room_id and row.room_single_use:
            takes.add(row.room_id)
    bound = row.starts_at <= now or row.zone not in {None, zone}
    return Standing(row.id, Slot(row.starts_at, row.ends_at), frozenset(takes), bound)


def series_to_come(work: Work, zone: str, *, lock: bool = False) -> Sequence[Series]:
    """Weekly lessons on this wall that are not over, in the order of their ids."""
    today = work.now.date() - timedelta(days=1)
    over = func.least(Series.until_on, Series.ended_on)
    query = (
        select(Series)
        .where(Series.zone == zone, or_(over.is_(None), over >= today))
        .order_by(col(Series.id))
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return work.session.exec(query).all()


def standing_proposals(work: Work) -> Sequence[Proposal]:
    """Those that are open, or were declined and nobody has seen to yet."""
    standing = (ProposalStatus.OPEN.value, ProposalStatus.DECLINED.value)
    query = select(Proposal).where(col(Proposal.status).in_(standing)).order_by(col(Proposal.id))
    return work.session.exec(query.with_for_update()).all()


def enrolled(work: Work, ids: Sequence[SeriesId]) -> set[StudentId]:
    query = select(col(Enrolment.student_id)).where(col(Enrolment.series_id).in_(ids))
    return set(work.session.exec(query)) if ids else set()


def weekly_and_dated_hours(work: Work) -> Sequence[Availability]:
    today = work.now.date() - timedelta(days=1)
    lasting = or_(col(Availability.ends_on).is_(None), col(Availability.ends_on) >= today)
    dated = or_(col(Availability.dated_on).is_(None), col(Availability.dated_on) >= today)
    query = select(Availability).where(lasting, dated).order_by(col(Availability.id))
    return work.session.exec(query).all()


def hours_off(work: Work) -> Sequence[TimeOff]:
    """Time off by the hour; whole days are days on any wall."""
    today = work.now.date() - timedelta(days=1)
    query = select(TimeOff).where(
        TimeOff.last_on >= today,
        or_(col(TimeOff.from_minute) > 0, col(TimeOff.until_minute) < 24 * 60),
    )
    return work.session.exec(query.order_by(col(TimeOff.id))).all()


_lesson = table_of(Lesson)
_MOVE = (
    update(_lesson)
    .where(_lesson.c.id == bindparam("lesson"))
    .values(starts_at=bindparam("starts"), ends_at=bindparam("ends"))
)


def move(work: Work, moved: Sequence[Moved]) -> None:
    """In the order given; a constraint refuses what meets another on its way."""
    if not moved:
        return
    given = [
        {"lesson": one.lesson_id, "starts": one.slot.starts_at, "ends": one.slot.ends_at}
        for one in moved
    ]
    work.session.connection().execute(_MOVE, given)
    work.session.expire_all()
