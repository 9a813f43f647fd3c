"""P9: a calendar feed, written for the first time and found unchanged."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from studio_app.calendars.access.rows import FeedRow, feed_rows
from studio_app.calendars.commands.feeds import FeedAbout, make_feed
from studio_app.calendars.links import PURPOSE, Link, link_behind
from studio_app.calendars.queries.reading import feed_calendar
from studio_app.calendars.zones import rules_of
from studio_app.identity.secrets import token_about
from studio_app.kit.clock import utc_now
from studio_app.kit.database import engine
from studio_app.kit.ids import StudioId
from studio_app.kit.work import open_work, run
from studio_app.web.api.app import api
from tests.bench.ground import Ground, crowd, lessons
from tests.bench.measure import Figure, at_most, counted, in_turns, taken
from tests.bench.p6 import another_studio
from tests.counting import sent_by
from tests.stage import pointed_at

SIZES = (100, 1_000, 10_000)
TIMES, MILLISECONDS, STATEMENTS, TARGET_SIZE = 1.3, 5, 3, 1_000
OFTEN = 40
LONDON = ZoneInfo("Europe/London")
SCOPE: dict[str, Any] = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "query_string": b"",
    "root_path": "",
    "client": ("127.0.0.1", 1),
    "server": ("localhost", 80),
}


def measure(ground: Ground) -> Iterator[Figure]:
    """A teacher's lessons of a year, each by itself; each size in a studio of its own."""
    with pointed_at(ground.database):
        for size in SIZES:
            yield from _measure(ground, size)


def _measure(ground: Ground, size: int) -> Iterator[Figure]:
    token = _filled(ground, size)
    link = link_behind(ground.engine, token)
    with open_work(ground.engine, link.actor, feed_calendar) as work:
        rows = feed_rows(work, link)
    assert len(rows) == size
    if size >= TARGET_SIZE:
        yield _cold(ground, link, rows)
    yield from _unchanged(ground, token, link, size)


def _cold(ground: Ground, link: Link, rows: Sequence[FeedRow]) -> Figure:
    pair = in_turns(
        lambda: run(ground.engine, link.actor, feed_calendar, link), lambda: _plain(rows)
    )
    what = f"A feed of {len(rows)} lessons, against icalendar writing the same"
    return at_most(f"P9 cold/{len(rows)}", what, pair, TIMES)


def _unchanged(ground: Ground, token: str, link: Link, size: int) -> Iterator[Figure]:
    """Over the whole way of a request, without a network."""
    tag = run(ground.engine, link.actor, feed_calendar, link).stamp
    with asking(f"/feeds/{token}.ics") as ask:
        for name, tags, status in (("304", f'"{tag}"', 304), ("kept", "", 200)):
            assert [ask(tags) for _ in range(2)] == [status, status]
            with sent_by(engine()) as sent:
                ask(tags)
            what = f"Asked again for {size} lessons, {name}"
            yield counted(
                f"P9 {name}/{size} statements", what, len(sent), STATEMENTS, unit="statements"
            )
            times = sorted(_taken(ask, tags) for _ in range(OFTEN))
            if size <= TARGET_SIZE:
                middle = times[OFTEN // 2] * 1000
                yield counted(f"P9 {name}/{size}", what, middle, MILLISECONDS, unit="ms")


def _taken(ask: Callable[[str], int], tags: str) -> float:
    return taken(lambda: ask(tags))


@contextmanager
def asking(path: str) -> Iterator[Callable[[str], int]]:
    """Ask the application for a path, with the tags one has; answers the status."""
    loop = asyncio.new_event_loop()

    async def ask(tags: str) -> int:
        said: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                said.append(message["status"])

        headers = [(b"host", b"localhost"), (b"if-none-match", tags.encode())]
        await api({**SCOPE, "path": path, "headers": headers}, receive, send)
        return said[0]

    try:
        yield lambda tags: loop.run_until_complete(ask(tags))
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


def _filled(ground: Ground, size: int) -> str:
    """A studio with one teacher and so many lessons, and the token of the teacher's calendar."""
    studio_id = another_studio(ground)
    people = crowd(ground, studio_id, teachers=1, students=max(10, size // 20))
    monday = utc_now().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=60)
    lessons(ground, people, size, per_week=100, since=monday)
    olivia = ground.cast.olivia
    assert olivia.person_id is not None
    owner = type(olivia).of(olivia.person_id, StudioId(studio_id), *olivia.roles)
    feed_id = run(ground.engine, owner, make_feed, FeedAbout.TEACHER, people.teachers[0])
    with ground.connect(as_owner=True) as connection:  # read today: no write is measured
        connection.execute("update calendar_feed set fetched_at = now()")
    return token_about(PURPOSE, feed_id)


def _plain(rows: Sequence[FeedRow]) -> bytes:
    """The same lessons, written with icalendar and nothing else."""
    calendar: Any = Calendar()
    calendar.add("prodid", "-//bench//EN")
    calendar.add("version", "2.0")
    years = [row.starts_at.year for row in rows]
    calendar.add_component(rules_of(LONDON.key, min(years) - 1, max(years) + 2))
    for row in rows:
        event: Any = Event()
        event.add("uid", f"{row.id}@localhost")
        event.add("dtstart", row.starts_at.astimezone(LONDON))
        event.add("dtend", row.ends_at.astimezone(LONDON))
        event.add("dtstamp", row.created_at.astimezone(UTC))
        event.add("last-modified", row.created_at.astimezone(UTC))
        event.add("sequence", int(row.created_at.timestamp()))
        event.add("summary", f"{row.lesson_type}, {row.first_name} {row.last_name}")
        event.add("status", "CONFIRMED")
        calendar.add_component(event)
    return calendar.to_ical()
