"""P7: from a tap to its answer over the websocket, against a bare Reflex app."""

import asyncio
import statistics
from collections.abc import Iterator

from studio_app.kit.work import run
from studio_app.overview.queries.frame import page_frame
from tests.bench.ground import Ground
from tests.bench.measure import Figure, taken
from tests.bench.server import Browser, Server, bare, ours, session_of

STATE = "reflex___state____state"
TOUCH = f"{STATE}.studio_app___web___public___gallery_state____gallery_state.put_back"
LOAD = f"{STATE}.studio_app___web___frame____frame_state.load"
BARE = f"{STATE}.bare___bare____counter.add_and_read"
TAPS = 150
PAUSE = 0.11  # two of ours in each turn; the guard lets twenty a second through
GUARD_LIMIT, COMMAND_LIMIT = 1.3, 1.5


def measure(ground: Ground) -> Iterator[Figure]:
    session = session_of(ground, ground.cast.olivia)
    with ours(ground) as site, bare(ground) as plain:
        guarded, loaded, reference = asyncio.run(_tap(site, plain, session))
    yield Figure(
        "P7 guard", "A tap through the guard, against a bare counter with one indexed read",
        guarded * 1000, reference * 1000, guarded / reference, f"≤ {GUARD_LIMIT}x the time",
        guarded <= GUARD_LIMIT * reference,
    )  # fmt: skip
    allowed = GUARD_LIMIT * reference + COMMAND_LIMIT * _its_use_case(ground)
    yield Figure(
        "P7 use case", "What every page begins with, against the allowance for it",
        loaded * 1000, allowed * 1000, loaded / allowed, "≤ 1x the allowance", loaded <= allowed,
    )  # fmt: skip


async def _tap(site: Server, plain: Server, session: str) -> tuple[float, float, float]:
    """Medians of the three kinds of tap, in turns; another is the first after each pause."""
    took: tuple[list[float], list[float], list[float]] = ([], [], [])
    async with Browser(site.base, session=session) as us, Browser(plain.base) as them:
        for nth in range(TAPS):
            for kind in ((nth + step) % 3 for step in range(3)):
                if kind == 0:
                    took[0].append(await us.ask(TOUCH, mark=str(nth)))
                elif kind == 1:
                    took[1].append(await us.ask(LOAD))
                else:
                    took[2].append(await them.ask(BARE))
            await asyncio.sleep(PAUSE)
    guarded, loaded, reference = (statistics.median(each[10:]) for each in took)
    return guarded, loaded, reference


def _its_use_case(ground: Ground) -> float:
    """What the same use case takes without a browser."""

    def once() -> None:
        run(ground.engine, ground.cast.olivia, page_frame)

    once()
    return statistics.median(taken(once) for _ in range(50))
