"""P2: booking over HTTP, against a bare Starlette endpoint that sends the same statements."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import psycopg
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from studio_app.identity.commands.tokens import issue_tokens
from studio_app.kit.access import Actor
from studio_app.kit.database import engine
from studio_app.kit.ids import TeacherId, new_id
from studio_app.kit.settings import settings
from studio_app.kit.work import happening_at, run
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.web.api.app import api
from tests.bench.ground import HALF_HOUR, MONDAY, NOW, Crowd, Ground, crowd
from tests.bench.measure import Figure, at_least, in_turns
from tests.bench.replay import Recorded, replay
from tests.counting import recorded_by

BOOKINGS = 20
TARGET = 0.5
PER_DAY = 16
WEDNESDAY = MONDAY + timedelta(days=2)
"""Of the days of a week the one that bank holidays hardly ever are on."""
FAR = timedelta(days=7 * 300)
"""Where the bare endpoint writes: nothing of ours is there."""


def measure(ground: Ground) -> Iterator[Figure]:
    people = crowd(ground, ground.cast.harmony, teachers=1, students=1)
    hours = TeachingHours(8 * 60, 18 * 60, weekday=3)
    headers = bearer(ground, ground.cast.olivia)  # it counts from when it was really issued
    with happening_at(NOW), pointed_at(ground):
        run(ground.engine, ground.cast.olivia, offer_hours, TeacherId(people.teachers[0]), hours)
        yield _measure(ground, people, headers)


def _measure(ground: Ground, people: Crowd, headers: dict[str, str]) -> Figure:
    slots = count()
    with recorded_by(engine()) as heard:
        _post(api, [wish(people, next(slots))], headers)
    recorded = list(heard)
    with ground.connect() as connection:
        endpoint = _bare(connection, recorded, slots)

        def ours() -> None:
            _post(api, [wish(people, next(slots)) for _ in range(BOOKINGS)], headers)

        def by_hand() -> None:
            _post(endpoint, [wish(people, 0)] * BOOKINGS, headers)

        pair = in_turns(ours, by_hand)
    return at_least("P2", "A booking over HTTP, against bare Starlette", pair, TARGET, per=BOOKINGS)


def _bare(connection: psycopg.Connection, recorded: Recorded, slots: Iterator[int]) -> Starlette:
    async def book(request: Request) -> JSONResponse:
        await request.json()
        start = slot(next(slots)) + FAR
        await run_in_threadpool(partial(replay, connection, recorded, _swap(recorded, start)))
        return JSONResponse({"id": str(new_id())}, 202)

    return Starlette(routes=[Route("/api/v1/bookings", book, methods=["POST"])])


def slot(n: int) -> datetime:
    return WEDNESDAY + timedelta(weeks=n // PER_DAY) + n % PER_DAY * HALF_HOUR


def wish(people: Crowd, n: int, student: int = 0) -> dict[str, str]:
    return {
        "student_id": str(people.students[student]),
        "lesson_type_id": str(people.type_id),
        "teacher_id": str(people.teachers[0]),
        "starts_at": slot(n).isoformat(),
    }


def _swap(recorded: Recorded, start: datetime) -> dict[Any, Any]:
    """New ids for the rows that were written, and another time."""
    swap: dict[Any, Any] = {}
    for statement, given in recorded:
        for row in given if isinstance(given, list) else [given]:
            if statement.strip().lower().startswith("insert into"):
                swap[row["id"]] = new_id()
            if statement.startswith(("INSERT INTO lesson", "INSERT INTO seat")):
                swap[row["starts_at"]], swap[row["ends_at"]] = start, start + HALF_HOUR
            if "arguments_hash" in row:
                swap[row["key"]] = str(new_id())
            if "app.audit_id" in statement:
                swap[row["audit"]] = str(new_id())
    return swap


def bearer(ground: Ground, actor: Actor) -> dict[str, str]:
    return {"authorization": f"Bearer {run(ground.engine, actor, issue_tokens).access_token}"}


@contextmanager
def pointed_at(ground: Ground) -> Iterator[None]:
    """The product's own engine is one on this database."""
    before = dict(os.environ)  # noqa: TID251  a bench is an edge of its own
    os.environ.update(ground.database.environment())  # noqa: TID251
    _forget()
    try:
        yield
        engine().dispose()
    finally:
        os.environ.clear()  # noqa: TID251
        os.environ.update(before)  # noqa: TID251
        _forget()


def _forget() -> None:
    settings.cache_clear()
    engine.cache_clear()


Answer = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def _post(app: Answer, bodies: Sequence[dict[str, str]], headers: dict[str, str]) -> None:
    """One after the other, on one event loop as a server has."""

    async def all_of_them() -> None:
        for body in bodies:
            assert await posted(app, body, headers) == 202

    asyncio.run(all_of_them())


async def posted(app: Answer, body: dict[str, str], headers: dict[str, str]) -> int:
    """The status of the answer, without a client that would cost more than what is measured."""
    given = {**headers, "content-type": "application/json", "idempotency-key": str(new_id())}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/v1/bookings",
        "raw_path": b"/api/v1/bookings",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    said: list[int] = []
    arrived = asyncio.Event()
    sent = iter([{"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}])

    async def receive() -> dict[str, Any]:
        message = next(sent, None)
        if message is None:
            await arrived.wait()
            return {"type": "http.disconnect"}
        return message

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            said.append(message["status"])
        if message["type"] == "http.response.body" and not message.get("more_body"):
            arrived.set()

    await app(scope, receive, send)
    return said[0]
