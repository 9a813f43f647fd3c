"""Which studios have bookings that wait for too long: ids, and nothing else about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, text

from studio_app.kit.ids import StudioId

ALERTED_BEFORE = timedelta(days=3)
_DUE = text("select id from bookings_studios_due(:at, :soon)")


def studios_with_old_bookings(engine: Engine, now: datetime) -> Sequence[StudioId]:
    with engine.connect() as connection:
        found = connection.execute(_DUE, {"at": now, "soon": now + ALERTED_BEFORE})
        return [StudioId(row.id) for row in found]
