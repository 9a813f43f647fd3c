"""Two workers hear of the same lesson at once: it is charged and given back once."""

from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.kit.access import Actor
from studio_app.kit.ids import SeatId
from studio_app.kit.work import open_work, perform, run
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, deliver_marks, pounds
from tests.cast import Cast, cast_of
from tests.conftest import HOUR, NOW, World
from tests.database import Database, rows

PATIENCE = 20.0  # seconds
WAITING = "select 1 from pg_stat_activity where datname = '{}' and wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        cast = cast_of(connection, NOW)
        Till(World(connection, cast)).price(pounds(25))
    return cast


@pytest.fixture
def seat(cloned: Database, cast: Cast) -> SeatId:
    with cloned.app.begin() as connection:
        return Lessons(World(connection, cast)).seat(NOW - HOUR)


def both_hear(cloned: Database, cast: Cast, seat: SeatId) -> None:
    """One worker has done it and not committed yet when the other begins."""
    system = Actor.system(cast.harmony)
    with ThreadPoolExecutor(1) as threads:
        with open_work(cloned.app, system, deliver_marks) as work:
            perform(work, deliver_marks, [seat])
            second = threads.submit(run, cloned.app, system, deliver_marks, [seat])
            wait_until_it_waits(cloned, second)
        second.result(PATIENCE)


def wait_until_it_waits(cloned: Database, second: "Future[None]") -> None:
    until = monotonic() + PATIENCE
    while not rows(cloned.owner, WAITING.format(cloned.name)):
        assert not second.done()
        assert monotonic() < until
        sleep(0.02)


def test_two_workers_charge_and_give_back_once(cloned: Database, cast: Cast, seat: SeatId) -> None:
    run(cloned.app, cast.olivia, mark_seat, seat, Outcome.PRESENT)
    both_hear(cloned, cast, seat)
    run(cloned.app, cast.olivia, mark_seat, seat, Outcome.EXCUSED)
    both_hear(cloned, cast, seat)

    posted = rows(cloned.owner, "select kind, nth from ledger_transaction order by created_at, id")
    assert posted == [("charge", 1), ("reversal", 1)]
