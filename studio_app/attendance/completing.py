"""Lessons that complete themselves, where the studio wants that."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, text
from sqlmodel import col, exists, select

from studio_app.attendance import access
from studio_app.attendance.commands import mark_together
from studio_app.attendance.models import AttendanceMark, CompletionRule
from studio_app.attendance.rules import Outcome
from studio_app.kit.access import Permission
from studio_app.kit.ids import SeatId, StudioId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.models.lessons import Seat, seat_takes_place

LOOKED_BACK = timedelta(days=7)
"""What is older when the rule is set stays for somebody to decide."""
_DUE = text("select id from attendance_studios_completing(:at)")


def studios_that_complete(engine: Engine, now: datetime) -> Sequence[StudioId]:
    """Where a lesson is over that nobody has marked, and is to be taken as held."""
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_DUE, {"at": now})]


@requires(Permission.SCHEDULE_CONFIGURE)
def choose_completion(work: Work, *, completes: bool) -> None:
    """Lessons are taken as held once they are over, or somebody says so of each."""
    row = rule(work) or CompletionRule(created_at=work.now)
    row.completes = completes
    work.session.add(row)
    work.session.flush()


@requires(Permission.JOBS_RUN)
def complete_lessons(work: Work) -> str:
    """The clock's use case: who was in a lesson that is over came, unless somebody has said
    otherwise, ever. What is left for later stays left."""
    found = rule(work)
    if found is None or not found.completes:
        return "0 completed"
    later = set(access.left_now(work))
    over = [seat_id for seat_id in _never_marked(work) if seat_id not in later]
    done = mark_together(work, over, Outcome.PRESENT) if over else []
    return f"{len(done)} completed"


def rule(work: Work) -> CompletionRule | None:
    return work.session.exec(select(CompletionRule)).one_or_none()


def _never_marked(work: Work) -> list[SeatId]:
    """A mark that was taken back is somebody's word too: those are not asked about again."""
    query = select(Seat.id).where(
        Seat.ends_at <= work.now,
        Seat.ends_at > work.now - LOOKED_BACK,
        seat_takes_place(),
        ~exists().where(col(AttendanceMark.seat_id) == col(Seat.id)),
    )
    return [SeatId(seat_id) for seat_id in work.session.exec(query)]
