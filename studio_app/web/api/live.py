"""Tells open pages that something of their studio changed; they then ask for it themselves.

One connection per process listens to Postgres; pages hold an event stream (WHATWG HTML,
server-sent events). What is told is a table's name and a row's id, never its contents; of
the ledger the name alone.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from studio_app.identity.sessions import actor_for
from studio_app.kit.access import Actor, Permission
from studio_app.kit.clock import utc_now
from studio_app.kit.database import conninfo, engine, threads
from studio_app.kit.errors import Forbidden, SignedOut
from studio_app.web.language import SESSION_COOKIE

log = logging.getLogger(__name__)
live = APIRouter(include_in_schema=False)
TOLD = frozenset(
    {
        "lesson",
        "seat",
        "enrolment",
        "availability",
        "time_off",
        "attendance_mark",
        "student",
        "invoice",
        "payment",
        "ledger_transaction",
        "credit_lot",
        "credit_entry",
        "import_batch",
        "job_run",
        "delivery_failure",
        "dead_letter_decision",
        "message",
        "reply",
        "inbox",
        "left_for_later",
        "video_account",
        "booking",
        "bulk",
        "freed",
        "meeting",
        "offer",
        "proposal",
        "rollover",
        "rollover_place",
        "swap",
        "task",
        "waiting",
    }
)
BREATH = 20.0  # seconds between signs of life; each one asks whether the session still counts
PENDING = 200  # changes kept for a slow page before it is told to load everything anew
AGAIN = 2.0


@dataclass(slots=True)
class Switchboard:
    """Who in this process wants to hear of which studio."""

    pages: dict[UUID, set[asyncio.Queue[str]]] = field(
        default_factory=lambda: defaultdict(set[asyncio.Queue[str]])
    )

    def tell(self, payload: str) -> None:
        studio, _, what = payload.partition(" ")
        if not what or what.split(" ", 1)[0] not in TOLD:
            return
        for queue in self.pages.get(UUID(studio), ()):
            if queue.full():
                with suppress(asyncio.QueueEmpty):
                    while True:
                        queue.get_nowait()
                what = "everything"
            queue.put_nowait(what)

    @asynccontextmanager
    async def listening(self, studio_id: UUID) -> AsyncGenerator[asyncio.Queue[str], None]:
        queue: asyncio.Queue[str] = asyncio.Queue(PENDING)
        self.pages[studio_id].add(queue)
        try:
            yield queue
        finally:
            self.pages[studio_id].discard(queue)
            if not self.pages[studio_id]:
                del self.pages[studio_id]


switchboard = Switchboard()


async def listen() -> None:
    """Listen for ever; after a broken connection every page is told to look again."""
    address = conninfo(engine())
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as own:
                await own.execute("listen changes")
                for studio_id in list(switchboard.pages):
                    switchboard.tell(f"{studio_id} lesson")
                async for notification in own.notifies():
                    switchboard.tell(notification.payload)
        except psycopg.OperationalError:
            log.warning("the listening connection broke and is opened again")
        await asyncio.sleep(AGAIN)


@live.get("/live")
async def stream(request: Request) -> StreamingResponse:
    """An endless stream of `data: [["lesson", "<id>"], …]` for the studio of the cookie."""
    token = request.cookies.get(SESSION_COOKIE, "")
    actor = await _actor(token)
    if actor.studio_id is None or not actor.may(Permission.LESSON_VIEW):
        raise Forbidden
    told = _changes(token, actor.studio_id, names_only=not actor.may(Permission.CALENDAR_VIEW))
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)


async def _changes(token: str, studio_id: UUID, *, names_only: bool) -> AsyncGenerator[str, None]:
    async with switchboard.listening(studio_id) as queue:
        yield "retry: 2000\n\n"
        while True:
            try:
                first = await asyncio.wait_for(queue.get(), BREATH)
            except TimeoutError:
                try:
                    await _actor(token)
                except SignedOut:
                    return
                yield ": still here\n\n"
                continue
            await asyncio.sleep(0.05)  # a command changes several rows at once: tell them together
            seen = {first}
            while not queue.empty():
                seen.add(queue.get_nowait())
            pairs = [tuple(what.split(" ")) for what in sorted(seen)]
            told = [list(pair[:1] if names_only else pair) for pair in pairs]
            yield f"data: {json.dumps(told)}\n\n"


async def _actor(token: str) -> Actor:
    if not token:
        raise SignedOut
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(threads(), lambda: actor_for(engine(), token, utc_now()))
