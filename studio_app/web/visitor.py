"""Who is behind an event: found once by the guard, used by everything the event does."""

import asyncio
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from studio_app.identity.sessions import actor_for
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.database import reader, threads
from studio_app.kit.errors import SignedOut
from studio_app.web.language import SESSION_COOKIE, cookie, language_of


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a browser. Without a valid session the actor is a public one."""

    actor: Actor
    signed_in: bool


visiting: ContextVar[Visitor | None] = ContextVar("visiting", default=None)


async def visitor_of(headers: Mapping[str, str]) -> Visitor:
    """Resolve the session cookie in the database; removed members lose access at once."""
    token = cookie(headers.get("cookie", ""), SESSION_COOKIE)
    if token:
        try:
            return Visitor(await _actor_of(token), signed_in=True)
        except SignedOut:
            pass
    return Visitor(Actor.public(locale=language_of(headers)), signed_in=False)


async def _actor_of(token: str) -> Actor:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(threads(), lambda: actor_for(reader(), token, utc_now()))
