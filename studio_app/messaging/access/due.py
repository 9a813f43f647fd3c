"""Which studios the clock has something to do for: ids, and nothing else about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, text

from studio_app.kit.ids import StudioId

_DUE = text("select id from messaging_studios_due(:at)")
_TEACHING = text("select id from messaging_studios_teaching(:first, :last)")
FURTHEST = timedelta(hours=72 + 24)
JUST_OVER = timedelta(hours=48)
"""A lesson that ended within a day began within two."""


def studios_with_due_messages(engine: Engine, now: datetime) -> Sequence[StudioId]:
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_DUE, {"at": now})]


def studios_with_lessons_to_come(engine: Engine, now: datetime) -> Sequence[StudioId]:
    given = {"first": now, "last": now + FURTHEST}
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_TEACHING, given)]


def studios_with_lessons_just_over(engine: Engine, now: datetime) -> Sequence[StudioId]:
    given = {"first": now - JUST_OVER, "last": now}
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_TEACHING, given)]
