"""P6b: what the wire carries when one lesson of five hundred on the calendar is dragged."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from studio_app.kit.clock import utc_now
from tests.bench.ground import HALF_HOUR, MONDAY, PER_DAY, Ground, crowd, lessons
from tests.bench.measure import Figure, counted
from tests.bench.p7 import STATE
from tests.bench.server import Browser, Server, ours, session_of

CALENDAR = f"{STATE}.studio_app___web___office___calendar___state____calendar_state"
WALL = timedelta(hours=1)  # London in September
SHOWN = 500
TEACHERS = 10
LIMIT = 5 * 1024


def measure(ground: Ground) -> Iterator[Figure]:
    people = crowd(ground, ground.cast.harmony, teachers=TEACHERS, students=250)
    ids = lessons(ground, people, SHOWN, since=MONDAY)
    session = session_of(ground, ground.cast.olivia)
    with ours(ground) as site:
        whole, patch = asyncio.run(_drag(site, session, ids[-1]))
    assert whole > SHOWN * 100, "the week was not shown"
    assert _starts_at(ground, ids[-1]) == _last() + timedelta(days=1), "the lesson did not move"
    what = f"The answer to a drag with {SHOWN} lessons on screen ({whole} bytes)"
    yield counted("P6b", what, patch, LIMIT, unit="bytes")


async def _drag(site: Server, session: str, lesson_id: UUID) -> tuple[int, int]:
    """Bytes of the whole week, and of the answer to moving its last lesson to the next day."""
    start = _last() + WALL
    to = start + timedelta(days=1)
    async with Browser(site.base, session=session) as browser:
        path = f"/office/calendar?date={MONDAY.date()}"
        await browser.ask(f"{STATE}.hydrate", path=path)
        await browser.ask(f"{CALENDAR}.load", path=path)
        whole = browser.heard
        move = {
            "id": str(lesson_id),
            "start": _wall(to),
            "end": _wall(to + HALF_HOUR),
            "old_start": _wall(start),
            "old_end": _wall(start + HALF_HOUR),
            "resource_ids": [],
            "old_resource_ids": [],
            "deadline": (utc_now().timestamp() + 10) * 1000,
        }
        await browser.ask(f"{CALENDAR}.move", path=path, move=move)
        return whole, browser.heard


def _last() -> datetime:
    """When the last of the lessons begins: ten teachers, twenty half hours a day."""
    days, half_hours = divmod((SHOWN - 1) // TEACHERS, PER_DAY)
    return MONDAY + timedelta(days=days) + half_hours * HALF_HOUR


def _starts_at(ground: Ground, lesson_id: UUID) -> datetime:
    with ground.connect(as_owner=True) as connection:
        query = "select starts_at from lesson where id = %s"
        row = connection.execute(query, (lesson_id,)).fetchone()
        assert row is not None
        return row[0]


def _wall(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()
