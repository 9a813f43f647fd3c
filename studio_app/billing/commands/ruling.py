"""What a policy decided that a cancelled lesson costs; the charge itself follows the news."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from studio_app.billing.models.rulings import SeatRuling
from studio_app.kit.ids import SeatId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.money import Money
from studio_app.kit.work import Work


@dataclass(frozen=True, slots=True)
class Ruling:
    """`amount` None: what the lesson costs anyway. `forfeits`: credit that paid for it is spent."""

    amount: Money | None = None
    forfeits: bool = False
    because_id: UUID | None = None


def rule_on(work: Work, seat_id: SeatId, ruling: Ruling) -> None:
    """From now on the seat costs this, should nobody sit in it."""
    _write(work, seat_id, ruling, stands=True)


def withdraw_ruling(work: Work, seat_id: SeatId) -> None:
    """The seat costs what it would without a decision; without one there is nothing to do."""
    latest = _latest(work, seat_id)
    if latest is not None and latest.stands:
        _write(work, seat_id, Ruling(because_id=latest.because_id), stands=False)


def _write(work: Work, seat_id: SeatId, ruling: Ruling, *, stands: bool) -> None:
    lock_in_order(work, seat_id)
    latest = _latest(work, seat_id)
    row = SeatRuling(
        seat_id=seat_id,
        nth=latest.nth + 1 if latest else 1,
        stands=stands,
        minor=None if ruling.amount is None else ruling.amount.minor,
        forfeits=ruling.forfeits,
        because_id=ruling.because_id,
        ruled_by=work.actor.person_id,
        ruled_at=work.now,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()


def _latest(work: Work, seat_id: SeatId) -> SeatRuling | None:
    query = select(SeatRuling).where(SeatRuling.seat_id == seat_id)
    return work.session.exec(query.order_by(col(SeatRuling.nth).desc())).first()
