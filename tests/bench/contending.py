"""P3 over HTTP: many book the same half hour of the same teacher at the same moment."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator

from studio_app.kit.ids import TeacherId
from studio_app.kit.work import happening_at, run
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.web.api.app import api
from tests.bench.ground import NOW, Crowd, Ground
from tests.bench.measure import Figure, counted
from tests.bench.p2 import bearer, pointed_at, posted, wish

ACCEPTED, TAKEN = 202, 409


def over_http(ground: Ground, people: Crowd, rounds: int, longest_ms: float) -> Iterator[Figure]:
    """Every contender is a student of their own; the last one heard ends the round."""
    headers = bearer(ground, ground.cast.olivia)
    hours = TeachingHours(8 * 60, 18 * 60, weekday=3)
    with happening_at(NOW), pointed_at(ground):
        run(ground.engine, ground.cast.olivia, offer_hours, TeacherId(people.teachers[0]), hours)
        first = 0
        for contenders in (16, 50):
            took, answers = _rounds(people, headers, contenders, range(first, first + rounds + 1))
            first += rounds + 1
            yield from _said(contenders, rounds, took, answers, longest_ms)


def _rounds(
    people: Crowd, headers: dict[str, str], contenders: int, slots: range
) -> tuple[list[float], list[Counter[int]]]:
    async def one(slot: int) -> Counter[int]:
        wishes = (wish(people, slot, student) for student in range(contenders))
        return Counter(await asyncio.gather(*(posted(api, body, headers) for body in wishes)))

    async def every() -> tuple[list[float], list[Counter[int]]]:
        took: list[float] = []
        answers: list[Counter[int]] = []
        for slot in slots:
            began = time.perf_counter()
            answers.append(await one(slot))
            took.append(time.perf_counter() - began)
        return took[1:], answers  # the first opens the connections

    return asyncio.run(every())


def _said(
    contenders: int,
    rounds: int,
    took: list[float],
    answers: list[Counter[int]],
    longest_ms: float,
) -> Iterator[Figure]:
    id_ = f"P3/{contenders} HTTP"
    who = f"{contenders} book one slot over HTTP, {rounds} rounds"
    right = Counter({ACCEPTED: 1, TAKEN: contenders - 1})
    wrong = sum(answer != right for answer in answers)
    yield counted(id_, f"{who}: the longest round", max(took) * 1000, longest_ms, unit="ms")
    yield counted(f"{id_} answers", f"{who}: not one 202 and else 409", wrong, 0, unit="rounds")
