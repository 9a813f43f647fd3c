"""Which studios have bookings that wait for too long: ids, and nothing else about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, text

from studio_app.bookings.rules.rollover import A_DAY, REMINDED_BEFORE
from studio_app.kit.ids import StudioId

ALERTED_BEFORE = timedelta(days=3)
_DUE = text("select id from bookings_studios_due(:at, :soon)")

_ASKING = text("select id from bookings_studios_asking()")
_ROLLING = text("select id from bookings_studios_rolling(:soon, :before)")


def studios_with_old_bookings(engine: Engine, now: datetime) -> Sequence[StudioId]:
    with engine.connect() as connection:
        found = connection.execute(_DUE, {"at": now, "soon": now + ALERTED_BEFORE})
        return [StudioId(row.id) for row in found]


def studios_that_ask(engine: Engine, _now: datetime) -> Sequence[StudioId]:
    """Where an offer stands."""
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_ASKING)]


def studios_with_rollovers(engine: Engine, now: datetime) -> Sequence[StudioId]:
    """Where families have some days left to answer and were not reminded. A day too early is
    looked at in vain: which day it is depends on the studio's zone."""
    soon = (now + REMINDED_BEFORE + A_DAY).date()
    with engine.connect() as connection:
        found = connection.execute(_ROLLING, {"soon": soon, "before": now - A_DAY})
        return [StudioId(row.id) for row in found]
