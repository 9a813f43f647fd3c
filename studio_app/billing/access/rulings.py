"""What was decided about seats in which nobody sits."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import col

from studio_app.attendance.access import among, ask
from studio_app.billing.models.rulings import SeatRuling
from studio_app.billing.rules.charging import Ruled
from studio_app.kit.ids import SeatId
from studio_app.kit.work import Work


def ruled(work: Work, seat_ids: Collection[SeatId]) -> dict[SeatId, Ruled]:
    """Of each seat the decision that counts; nothing is asked where there are no seats."""
    if not seat_ids:
        return {}
    seat_id = col(SeatRuling.seat_id)
    query = (
        select(seat_id, col(SeatRuling.stands), col(SeatRuling.minor), col(SeatRuling.forfeits))
        .distinct(seat_id)
        .where(among(seat_id, seat_ids))
        .order_by(seat_id, col(SeatRuling.nth).desc())
    )
    return {
        id_: Ruled(minor, forfeits=forfeits)
        for id_, stands, minor, forfeits in ask(work, query)
        if stands
    }
