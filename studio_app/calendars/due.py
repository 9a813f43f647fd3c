"""Which studios have meetings to make: ids, and nothing else about them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, text

from studio_app.calendars.rules.video import AHEAD
from studio_app.kit.ids import StudioId

_DUE = text("select id from calendars_studios_meeting(:at, :until)")


def studios_with_meetings_to_make(engine: Engine, now: datetime) -> Sequence[StudioId]:
    with engine.connect() as connection:
        given = {"at": now, "until": now + AHEAD}
        return [StudioId(row.id) for row in connection.execute(_DUE, given)]
