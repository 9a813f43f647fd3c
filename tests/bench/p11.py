"""P11: row-level security on, against off: the same queries by the same role."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg

from studio_app.scheduling.queries.calendar import calendar_lesson, calendar_range
from tests.bench.ground import MONDAY, Ground, crowd, lessons
from tests.bench.measure import Figure, at_most, in_turns
from tests.bench.p6 import another_studio
from tests.bench.replay import Recorded, record, replay

OTHERS = 20
PER_WEEK = 200
TABLES = ["lesson", "seat", "student", "teacher", "lesson_type", "room", "series"]


def measure(ground: Ground) -> Iterator[Figure]:
    """A studio with a quarter of lessons among twenty others with as many."""
    people = crowd(ground, ground.cast.harmony, teachers=10, students=100)
    (first, *_) = lessons(ground, people, 12 * PER_WEEK, per_week=PER_WEEK, since=MONDAY)
    for _ in range(OTHERS):
        other = crowd(ground, another_studio(ground), teachers=10, students=100)
        lessons(ground, other, 12 * PER_WEEK, per_week=PER_WEEK, since=MONDAY)
    monday = MONDAY.date()
    one = record(ground.engine, ground.cast.olivia, calendar_lesson, first)
    week = record(
        ground.engine, ground.cast.olivia, calendar_range, monday, monday + timedelta(days=7)
    )
    with ground.connect() as fenced, _unfenced(ground) as open_:
        for id_, what, recorded, limit, often in (
            ("P11 row", "One lesson, with row-level security", one, 2.0, 30),
            ("P11 week", "A week of lessons, with row-level security", week, 1.6, 4),
        ):
            free = _by_studio(recorded, str(ground.cast.harmony))
            pair = in_turns(
                lambda r=recorded, n=often: _send(fenced, r, n),
                lambda r=free, n=often: _send(open_, r, n),
            )
            yield at_most(id_, what, pair, limit, per=often)


def _unfenced(ground: Ground) -> psycopg.Connection:
    """A role that row-level security does not apply to, doing the same."""
    return ground.connect(as_owner=True)


def _by_studio(recorded: Recorded, studio_id: str) -> Recorded:
    """Without the fence the query itself has to name the studio, as such code would."""
    free: list[tuple[str, Any]] = []
    for statement, given in recorded:
        if "FROM lesson" in statement and " WHERE " in f" {statement.replace(chr(10), ' ')} ":
            named = statement.replace("WHERE ", f"WHERE lesson.studio_id = '{studio_id}' AND ", 1)
            free.append((named, given))
        else:
            free.append((statement, given))
    return free


def _send(connection: psycopg.Connection, recorded: Recorded, times: int) -> None:
    for _ in range(times):
        replay(connection, recorded, {})
