"""A family says that it will come."""

from collections.abc import Collection

from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work, requires
from studio_app.people.access import visible_students
from studio_app.scheduling.models.lessons import Seat


@requires(Permission.LESSON_VIEW)
def confirm_seats(work: Work, seat_ids: Collection[SeatId]) -> None:
    """These students will come to their lessons as they stand now; a later move unsays it."""
    _set(work, seat_ids, confirmed=True)


@requires(Permission.LESSON_VIEW)
def unconfirm_seats(work: Work, seat_ids: Collection[SeatId]) -> None:
    """Nobody says any more that they will come."""
    _set(work, seat_ids, confirmed=False)


def _set(work: Work, seat_ids: Collection[SeatId], *, confirmed: bool) -> None:
    query = select(Seat).where(
        col(Seat.id).in_(seat_ids),
        col(Seat.left_at).is_(None),
        col(Seat.student_id).in_(visible_students(work)),
    )
    seats = work.session.exec(query.order_by(col(Seat.id)).with_for_update()).all()
    if len(seats) != len(set(seat_ids)):
        raise NotFound
    for seat in seats:
        seat.confirmed_for = seat.starts_at if confirmed else None
    work.session.flush()
