"""P10: a thousand studios of a hundred and twenty students, against ten: every screen as fast."""

import asyncio
import statistics
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from reflex.utils.format import format_event_handler

from studio_app.attendance.commands import mark_day_present
from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.prices import set_price
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.money import Money
from studio_app.kit.work import run
from studio_app.web.page import Page
from studio_app.web.site import loads, pages
from tests.bench.cloning import clone_studio
from tests.bench.ground import Crowd, Ground, crowd, ground, lessons
from tests.bench.measure import Figure, counted, taken
from tests.bench.server import Browser, Server, ours, session_of

FEW, MANY = 10, 1_000
TEACHERS, STUDENTS, WEEKS, PAST_WEEKS = 6, 120, 12, 8
SEEDED_WITHIN = 300.0
FLAT = 1.3
LOOKS = 24
BROWSERS = 6
SUSPECTS, LOOKS_AGAIN = 6, 120
"""Of many pages one suffers most by chance: these are looked at again, for long."""
A_LITTLE_MS = 3.0
"""What two of the same differ by, whatever they do: less is neither slower nor faster."""


def measure(here: Ground) -> Iterator[Figure]:
    """Two servers side by side, each page in turns; so what slows the machine slows both."""
    with ground() as few:
        small, large = _Town(few), _Town(here)
        small.fill(FEW)
        seconds = taken(lambda: large.fill(MANY))
        what = f"{MANY} studios of {STUDENTS} students and {WEEKS} weeks, seeded"
        yield counted("P10 seeding", what, seconds, SEEDED_WITHIN, unit="s")
        with ours(few) as site, ours(here) as crowded:
            looks = asyncio.run(_look(small, site, large, crowded))
    yield from _said(looks)


@dataclass
class _Town:
    """A studio like any other, as often as wanted; the first of them is looked at."""

    ground: Ground

    def fill(self, studios: int) -> None:
        self.people = self._one()
        clone_studio(self.ground, self.people.studio_id, studios - 2)  # the cast has two

    def _one(self) -> Crowd:
        cast = self.ground.cast
        people = crowd(self.ground, cast.harmony, teachers=TEACHERS - 1, students=STUDENTS - 1)
        people.teachers.insert(0, cast.teacher_id)
        people.students.insert(0, cast.student_id)
        monday = utc_now().date() - timedelta(days=utc_now().weekday(), weeks=PAST_WEEKS)
        since = datetime(monday.year, monday.month, monday.day, 9, tzinfo=UTC)
        lessons(self.ground, people, STUDENTS * WEEKS, per_week=STUDENTS, since=since)
        self._run(set_price, Money(2150, "GBP"), from_on=monday)
        for n in range(7 * (PAST_WEEKS - 1)):
            self._run(mark_day_present, monday + timedelta(days=n))
        self._run(bill_month, monday)
        return people

    def _run(self, use_case: Any, *args: Any, **kwargs: Any) -> None:
        run(self.ground.engine, self.ground.cast.olivia, use_case, *args, **kwargs)

    def rows(self) -> Mapping[str, UUID]:
        """What the pages of one thing show."""
        query = "select id from invoice where studio_id = %s and family_id = %s limit 1"
        with self.ground.connect(as_owner=True) as connection:
            found = connection.execute(query, (self.people.studio_id, self._family())).fetchone()
        assert found is not None, "nothing was billed"
        return {
            "student_id": self.people.students[0],
            "teacher_id": self.people.teachers[0],
            "family_id": self._family(),
            "invoice_id": found[0],
        }

    def _family(self) -> UUID:
        return self.ground.cast.family_id

    def viewer(self, path: str) -> Actor:
        cast = self.ground.cast
        return {"/teacher": cast.tom, "/portal": cast.grace}.get(
            f"/{path.split('/')[1]}", cast.olivia
        )


Looks = dict[str, tuple[list[float], list[float]]]


async def _look(small: _Town, few: Server, large: _Town, many: Server) -> Looks:
    """Milliseconds of each look at each page, of few studios and of many."""
    async with AsyncExitStack() as stack:
        one, other = _Looking(small, few), _Looking(large, many)
        for looking in (one, other):
            await looking.open(stack)
        shown = [page for page in pages() if one.shows(page)]
        took = {page.path: await _in_turns(page, one, other, LOOKS) for page in shown}
        suspects = sorted(shown, key=lambda page: _slower(*took[page.path]))[-SUSPECTS:]
        again = {page.path: await _in_turns(page, one, other, LOOKS_AGAIN) for page in suspects}
        return took | again


async def _in_turns(
    page: Page, one: "_Looking", other: "_Looking", looks: int
) -> tuple[list[float], list[float]]:
    frame, *own = (format_event_handler(load) for load in loads(page))
    took: dict[int, list[float]] = {id(one): [], id(other): []}
    for nth in range(looks + BROWSERS):  # the first of each browser warms it up
        for each in (one, other) if nth % 2 else (other, one):
            took[id(each)].append(await each.look(page.path, nth, [*own, frame]))
    return took[id(one)][BROWSERS:], took[id(other)][BROWSERS:]


class _Looking:
    """Some browsers of each kind of person, in one studio of a town."""

    def __init__(self, town: _Town, site: Server) -> None:
        self._town, self._site = town, site
        self._rows = {name: str(id_) for name, id_ in town.rows().items()}
        self._browsers: dict[Actor, list[Browser]] = {}

    async def open(self, stack: AsyncExitStack) -> None:
        for viewer in (self._town.viewer(path) for path in ("/office", "/teacher", "/portal")):
            session = session_of(self._town.ground, viewer)
            self._browsers[viewer] = [
                await stack.enter_async_context(Browser(self._site.base, session=session))
                for _ in range(BROWSERS)
            ]

    def shows(self, page: Page) -> bool:
        known = all(part in self._rows for part in _parts(page.path))
        return known and not (page.demo_only or page.public)

    async def look(self, path: str, nth: int, events: list[str]) -> float:
        """Milliseconds until everything that the page loads is there."""
        browser = self._browsers[self._town.viewer(path)][nth % BROWSERS]
        shown = {part: self._rows[part] for part in _parts(path)}
        return 1000 * await browser.ask_all(events, path=path, shown=shown)


def _parts(path: str) -> list[str]:
    """What an address leaves open: `student_id`."""
    return [part[1:-1] for part in path.split("/") if part.startswith("[")]


def _said(looks: Looks) -> Iterator[Figure]:
    known = [path for path, (few, _many) in looks.items() if len(few) > LOOKS]
    worst = max(known, key=lambda path: _slower(*looks[path]))
    few, many = (statistics.quantiles(each, n=20)[-1] for each in looks[worst])
    for id_, what, ours_, theirs in (
        ("P10 worst", f"p95 of the page that suffers most of {len(looks)}: {worst}", many, few),
        ("P10 all", f"p95 of all {len(looks)} pages together", *_together(looks)),
    ):
        ratio = ours_ / theirs
        met = ours_ <= FLAT * theirs + A_LITTLE_MS
        yield Figure(id_, what, ours_, theirs, ratio, f"≤ {FLAT}x that of {FEW}", met)


def _slower(few: list[float], many: list[float]) -> float:
    """By how many milliseconds more than allowed."""
    least, most = (statistics.quantiles(each, n=20)[-1] for each in (few, many))
    return most - FLAT * least


def _together(looks: Looks) -> tuple[float, float]:
    few = [each for page in looks.values() for each in page[0]]
    many = [each for page in looks.values() for each in page[1]]
    return statistics.quantiles(many, n=20)[-1], statistics.quantiles(few, n=20)[-1]
