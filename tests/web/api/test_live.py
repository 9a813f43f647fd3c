"""What open pages are told: the studio's own changes, by name, as soon as they count."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from studio_app import web
from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.kit.access import Actor
from studio_app.kit.work import run
from studio_app.web.api.live import TOLD, Switchboard
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, deliver_marks, pounds
from tests.cast import Cast, cast_of
from tests.conftest import HOUR, NOW, World
from tests.database import Database, rows


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


@pytest.fixture
def listener(cloned: Database) -> Iterator[psycopg.Connection]:
    address = make_url(cloned.app_url).set(drivername="postgresql")
    told = psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)
    with told as connection:
        connection.execute("listen changes")
        yield connection


def test_a_charge_is_told_once_to_the_pages_of_its_studio(
    cloned: Database, cast: Cast, listener: psycopg.Connection
) -> None:
    with cloned.app.begin() as connection:
        world = World(connection, cast)
        Till(world).price(pounds(25))
        seats = [Lessons(world).seat(NOW - hours * HOUR) for hours in (1, 2)]
    for seat in seats:
        run(cloned.app, cast.olivia, mark_seat, seat, Outcome.PRESENT)
    list(listener.notifies(timeout=0.2))  # what the lessons and their marks told

    run(cloned.app, Actor.system(cast.harmony), deliver_marks, seats)

    payloads = [told.payload for told in listener.notifies(timeout=5, stop_after=1)]
    payloads += [told.payload for told in listener.notifies(timeout=0.2)]
    assert payloads == [f"{cast.harmony} ledger_transaction"]
    assert asyncio.run(heard(cast, payloads)) == (["ledger_transaction"], [])


async def heard(cast: Cast, payloads: list[str]) -> tuple[list[str], list[str]]:
    """What pages of Harmony and of Rival are told."""
    board = Switchboard()
    async with board.listening(cast.harmony) as ours, board.listening(cast.rival) as theirs:
        for payload in payloads:
            board.tell(payload)
        return everything(ours), everything(theirs)


def everything(queue: "asyncio.Queue[str]") -> list[str]:
    return [queue.get_nowait() for _n in range(queue.qsize())]


def test_a_mark_is_told(cloned: Database, cast: Cast, listener: psycopg.Connection) -> None:
    with cloned.app.begin() as connection:
        seat = Lessons(World(connection, cast)).seat(NOW - 3 * HOUR)
    list(listener.notifies(timeout=0.2))
    run(cloned.app, cast.tom, mark_seat, seat, Outcome.LATE)
    [told] = listener.notifies(timeout=5, stop_after=1)
    assert told.payload == f"{cast.harmony} attendance_mark"


def test_whatever_pages_wait_for_has_a_trigger_that_tells(cloned: Database) -> None:
    tells = """
        select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        join pg_proc p on p.oid = t.tgfoid where p.prosrc like '%pg_notify(''changes''%'"""
    found = {name for (name,) in rows(cloned.owner, tells)}
    assert TOLD - found == {"inbox"}  # a word of its own, of the messages


def test_pages_are_told_of_everything_they_wait_for() -> None:
    awaited = {
        name
        for path in Path(web.__path__[0]).rglob("*.py")
        for call in re.findall(r"\blive\(\s*((?:\"[a-z_]+\",\s*)+)", path.read_text())
        for name in re.findall(r"\"([a-z_]+)\"", call)
    }
    assert "rollover_place" in awaited
    assert awaited <= TOLD
