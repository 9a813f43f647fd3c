"""P3: many want the same half hour of the same teacher at the same moment."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import Engine

from studio_app.kit.database import engine_for
from studio_app.kit.errors import Refused
from studio_app.kit.ids import LessonTypeId, StudentId, TeacherId
from studio_app.kit.work import run
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from tests.bench.contending import over_http
from tests.bench.ground import HALF_HOUR, MONDAY, Crowd, Ground, crowd
from tests.bench.measure import Figure, counted

ROUNDS = 200
LONGEST_MS = 500


def measure(ground: Ground, *, rounds: int = ROUNDS) -> Iterator[Figure]:
    people = crowd(ground, ground.cast.harmony, teachers=1, students=50)
    for contenders in (16, 50):
        yield from _measure(ground, people, contenders, rounds)
    before = _deadlocks(ground)
    yield from over_http(ground, people, rounds, LONGEST_MS)
    deadlocks = _deadlocks(ground) - before
    yield counted("P3 HTTP deadlocks", "Over HTTP: deadlocks", deadlocks, 0, unit="deadlocks")


def _measure(ground: Ground, people: Crowd, contenders: int, rounds: int) -> Iterator[Figure]:
    engine = engine_for(ground.database.app_url, pool_size=contenders)
    before = _deadlocks(ground)
    took: list[float] = []
    wrong = 0
    with ThreadPoolExecutor(contenders) as threads:
        for nth in range(rounds + 1):
            start = MONDAY + (contenders * 1000 + nth) * HALF_HOUR
            seconds, won, failed = _round(ground, engine, threads, people, start, contenders)
            wrong += won != 1 or failed > 0
            took += [seconds] * (nth > 0)  # the first opens the connections
    engine.dispose()
    id_ = f"P3/{contenders}"
    who = f"{contenders} want one slot, {rounds} rounds"
    yield counted(id_, f"{who}: the longest round", max(took) * 1000, LONGEST_MS, unit="ms")
    yield counted(f"{id_} winners", f"{who}: not exactly one winner", wrong, 0, unit="rounds")
    deadlocks = _deadlocks(ground) - before
    yield counted(f"{id_} deadlocks", f"{who}: deadlocks", deadlocks, 0, unit="deadlocks")


def _round(
    ground: Ground,
    engine: Engine,
    threads: ThreadPoolExecutor,
    people: Crowd,
    start: datetime,
    contenders: int,
) -> tuple[float, int, int]:
    """Seconds until everybody has an answer; how many won, how many failed instead of lost."""
    ready = threading.Barrier(contenders + 1)

    def contend(n: int) -> str:
        wish = NewLesson(
            TeacherId(people.teachers[0]),
            LessonTypeId(people.type_id),
            start,
            (StudentId(people.students[n]),),
            despite="In so many rounds there are bank holidays",
        )
        ready.wait()
        try:
            run(engine, ground.cast.olivia, schedule_lesson, wish)
        except Refused:
            return "lost"
        except Exception:
            return "failed"
        return "won"

    answers = [threads.submit(contend, n) for n in range(contenders)]
    ready.wait()
    began = time.perf_counter()
    said = [answer.result() for answer in answers]
    return time.perf_counter() - began, said.count("won"), said.count("failed")


def _deadlocks(ground: Ground) -> int:
    with ground.connect(as_owner=True) as connection:
        connection.execute("select pg_stat_clear_snapshot(), pg_stat_force_next_flush()")
        query = "select deadlocks from pg_stat_database where datname = current_database()"
        row = connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])
