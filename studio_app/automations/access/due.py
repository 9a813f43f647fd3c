"""Which studios have an automation that the clock sets off: ids, and nothing else of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, text

from studio_app.kit.ids import StudioId

_SCHEDULED = text("select id from automations_studios_scheduled()")


def studios_with_scheduled_automations(engine: Engine, _now: datetime) -> Sequence[StudioId]:
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_SCHEDULED)]
