"""Bookings, moves and cancels at once, on real connections: what everybody was answered could
have happened one after the other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.database import Database, rows
from tests.scheduling.conftest import TUESDAY
from tests.scheduling.linear_diary import Said
from tests.scheduling.linear_office import Office, office_in
from tests.scheduling.linear_run import CALLS, Round, overlapping, unexplained

ROUNDS = range(6)


@pytest.fixture(scope="module")
def office(cloned: Database) -> Iterator[Office]:
    with office_in(cloned) as office:
        yield office


@pytest.mark.parametrize("seed", ROUNDS)
def test_what_everybody_was_answered_has_an_order(
    cloned: Database, office: Office, seed: int
) -> None:
    there = office.on(TUESDAY + timedelta(weeks=seed))

    history = Round(there.ask, seed).play()

    assert unexplained(history) == []
    assert len(history) > CALLS
    assert overlapping(history) > CALLS
    assert {Said.TAKEN, None} <= {call.answer for call in history}
    query = f"select deadlocks from pg_stat_database where datname = '{cloned.name}'"  # noqa: S608
    assert rows(cloned.owner, query) == [(0,)]
