"""Fifty want the last credit at once: one has it, the others are told, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.packages import Offer, offer_package, sell_package
from studio_app.credits.commands.writing import NoCredit, PaidAlready
from studio_app.credits.rules.lots import CreditKind, Need
from studio_app.kit.access import Actor
from studio_app.kit.errors import Refused
from studio_app.kit.ids import new_id
from studio_app.kit.money import Money
from studio_app.kit.work import run
from tests.attendance.lessons import Lessons
from tests.billing.till import deliver_marks
from tests.cast import Cast, cast_of
from tests.conftest import HOUR, NOW, World
from tests.credits.purse import Purse, use_for
from tests.database import Database, rows

CONTENDERS = 50
PATIENCE = 60.0  # seconds


@pytest.fixture
def cast(cloned: Database) -> Cast:
    with cloned.app.begin() as connection:
        return cast_of(connection, NOW)


def given(cloned: Database, cast: Cast, *amounts: int) -> None:
    with cloned.app.begin() as connection:
        for amount in amounts:
            Purse(World(connection, cast)).give(amount)


def contend(cloned: Database, cast: Cast, targets: list[UUID]) -> list[object]:
    def one(target: UUID) -> object:
        need = Need(cast.family_id, NOW.date(), {CreditKind.LESSON})
        try:
            return run(cloned.app, cast.olivia, use_for, need, target)
        except Refused as refused:
            return type(refused)

    with ThreadPoolExecutor(CONTENDERS) as threads:
        return list(threads.map(one, targets, timeout=PATIENCE))


def deadlocks(cloned: Database) -> int:
    query = f"select deadlocks from pg_stat_database where datname = '{cloned.name}'"  # noqa: S608
    return int(str(rows(cloned.owner, query)[0][0]))


def test_one_of_fifty_has_the_last_credit(cloned: Database, cast: Cast) -> None:
    given(cloned, cast, 1)
    heard = contend(cloned, cast, [new_id() for _each in range(CONTENDERS)])
    assert sum(isinstance(each, list) for each in heard) == 1
    assert heard.count(NoCredit) == CONTENDERS - 1
    assert deadlocks(cloned) == 0


def test_fifty_taps_pay_for_one_seat_once_whatever_there_is(cloned: Database, cast: Cast) -> None:
    given(cloned, cast, 3, 2, 1)
    heard = contend(cloned, cast, [new_id()] * CONTENDERS)
    assert sum(isinstance(each, list) for each in heard) == 1
    assert heard.count(PaidAlready) == CONTENDERS - 1
    used = f"select sum(amount) from credit_entry e where exists (select from credit_lot l where l.id = e.lot_id and l.family_id = '{cast.family_id}')"  # noqa: E501, S608
    assert rows(cloned.owner, used) == [(-1,)]


def test_a_lesson_heard_of_by_many_at_once_takes_one_session(cloned: Database, cast: Cast) -> None:
    """Three tabs, the API and the job say that it was held: whoever hears of it asks again."""
    with cloned.app.begin() as connection:
        world = World(connection, cast)
        lessons = Lessons(world)
        seat = lessons.seat(NOW - HOUR)
        offer = Offer("Ten", 10, Money(10_000, "GBP"), lessons.type_id)
        package = world.run(cast.olivia, offer_package, offer)
        world.run(cast.olivia, sell_package, package, cast.family_id)
        world.run(cast.tom, mark_seat, seat, Outcome.PRESENT)
    system = Actor.system(cast.harmony)

    def hear(_nth: int) -> None:
        run(cloned.app, system, deliver_marks, [seat])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(hear, range(16), timeout=PATIENCE))
    used = f"select act, amount from credit_entry where target_id = '{seat}'"  # noqa: S608
    assert rows(cloned.owner, used) == [("used", -1)]
    earned = (
        "select count(*) from ledger_transaction t join credit_entry e on e.id = t.about_id "  # noqa: S608
        f"where t.kind = 'session_held' and e.target_id = '{seat}'"
    )
    assert rows(cloned.owner, earned) == [(1,)]
    assert deadlocks(cloned) == 0
