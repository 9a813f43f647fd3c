"""P12: what an idle browser costs, and whether closed ones are forgotten."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack

from tests.bench.ground import Ground
from tests.bench.measure import Figure, counted
from tests.bench.p7 import LOAD, STATE
from tests.bench.server import Browser, Server, ours, session_of

HYDRATE = f"{STATE}.hydrate"
IDLE, WAVE, WAVES = 200, 400, 5
AT_ONCE = 20
FORGOTTEN_AFTER = 5
LIMIT_KB = 300
GROWTH = 1.1


def measure(ground: Ground) -> Iterator[Figure]:
    session = session_of(ground, ground.cast.olivia)
    with ours(ground) as site:
        each = asyncio.run(_idle(site, session))
    yield counted("P12 idle", f"One of {IDLE} idle browsers", each, LIMIT_KB, unit="KB")
    told = {"REFLEX_REDIS_TOKEN_EXPIRATION": str(FORGOTTEN_AFTER)}
    with ours(ground, **told) as site:
        sizes = [asyncio.run(_wave(site, session)) for _ in range(WAVES)]
    grown = sizes[-1] / sizes[1]
    what = f"Memory after {WAVE * WAVES} browsers came and went, against after {WAVE * 2}"
    yield Figure(
        "P12 flat", what, sizes[-1], sizes[1], grown, f"≤ {GROWTH}x", grown <= GROWTH, "KB"
    )


async def _idle(site: Server, session: str) -> float:
    """Kilobytes for each browser that has loaded every state and does nothing."""
    async with AsyncExitStack() as stack:
        await _open(site, session, stack, AT_ONCE)  # whatever is made once is made now
        before = site.kilobytes()
        await _open(site, session, stack, IDLE)
        return (site.kilobytes() - before) / IDLE


async def _wave(site: Server, session: str) -> int:
    """So many browsers come, look and go; what is kept after they should be forgotten."""
    for _ in range(WAVE // AT_ONCE):
        async with AsyncExitStack() as stack:
            await _open(site, session, stack, AT_ONCE)
    deadline = time.monotonic() + FORGOTTEN_AFTER * 3
    while time.monotonic() < deadline:
        await asyncio.sleep(1)
        async with AsyncExitStack() as stack:  # eviction happens when somebody comes
            await _open(site, session, stack, 1)
    return site.kilobytes()


async def _open(site: Server, session: str, stack: AsyncExitStack, count: int) -> None:
    for _ in range(count):
        browser = await stack.enter_async_context(Browser(site.base, session=session))
        await browser.ask(HYDRATE)
        await browser.ask(LOAD)
