"""P1: putting a lesson into the diary, against bare psycopg sending the same statements."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from studio_app.kit.database import engine_for
from studio_app.kit.ids import LessonTypeId, StudentId, TeacherId, new_id
from studio_app.kit.work import run
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from tests.bench.ground import HALF_HOUR, MONDAY, Crowd, Ground, crowd
from tests.bench.measure import Figure, at_least, in_turns
from tests.bench.replay import Recorded, record, replay

LESSONS = 25
TARGET = 0.5


def measure(ground: Ground) -> Iterator[Figure]:
    people = crowd(ground, ground.cast.harmony, teachers=8, students=8)
    for connections in (1, 8):
        yield _measure(ground, people, connections)


def _measure(ground: Ground, people: Crowd, connections: int) -> Figure:
    """Each connection has a teacher and a student of its own, so nobody waits for anybody."""
    engine = engine_for(ground.database.app_url, pool_size=connections)
    slots = count(connections * 1_000_000)
    recorded = [_record(ground, people, n, next(slots)) for n in range(connections)]
    with ExitStack() as stack, ThreadPoolExecutor(connections) as threads:
        stack.callback(engine.dispose)
        bare = [stack.enter_context(ground.connect()) for _ in range(connections)]

        def by_use_case(n: int) -> None:
            for _ in range(LESSONS):
                wish = _wish(people, n, next(slots))
                run(engine, ground.cast.olivia, schedule_lesson, wish)

        def by_hand(n: int) -> None:
            for _ in range(LESSONS):
                statements, swap = recorded[n], _swap(recorded[n], people, n, next(slots))
                replay(bare[n], statements, swap)

        def all_of(work: Callable[[int], None]) -> None:
            list(threads.map(work, range(connections)))

        pair = in_turns(lambda: all_of(by_use_case), lambda: all_of(by_hand))
    what = f"A lesson into the diary, {connections} connection{'s' * (connections > 1)}"
    return at_least(f"P1/{connections}", what, pair, TARGET, per=LESSONS * connections)


def _wish(people: Crowd, n: int, slot: int) -> NewLesson:
    return NewLesson(
        TeacherId(people.teachers[n]),
        LessonTypeId(people.type_id),
        MONDAY + slot % 1_000_000 * HALF_HOUR + slot // 1_000_000 * timedelta(days=7300),
        (StudentId(people.students[n]),),
    )


def _record(ground: Ground, people: Crowd, n: int, slot: int) -> Recorded:
    wish = _wish(people, n, slot)
    return record(ground.engine, ground.cast.olivia, schedule_lesson, wish)


def _swap(recorded: Recorded, people: Crowd, n: int, slot: int) -> dict[Any, Any]:
    """New ids for the rows that were written, and the time of another slot."""
    start = _wish(people, n, slot).starts_at
    swap: dict[Any, Any] = {}
    for statement, given in recorded:
        rows = given if isinstance(given, list) else [given]
        if statement.startswith(("INSERT INTO lesson", "INSERT INTO seat")):
            for row in rows:
                swap[row["id"]] = new_id()
                swap[row["starts_at"]], swap[row["ends_at"]] = start, start + HALF_HOUR
        if "app.audit_id" in statement:
            (entered,) = rows
            swap[entered["audit"]] = str(new_id())
    assert any(isinstance(key, UUID) for key in swap)
    return swap
