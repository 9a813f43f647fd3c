"""Fifty want the last credit at once: one has it, the others are told, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from studio_app.credits.commands.writing import NoCredit, PaidAlready
from studio_app.credits.rules.lots import CreditKind, Need
from studio_app.kit.errors import Refused
from studio_app.kit.ids import new_id
from studio_app.kit.work import run
from tests.cast import Cast, cast_of
from tests.conftest import NOW, World
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
