"""The diary's promises are looked at after every test that commits, not only when its module
ends: so it is known which test broke one.

What is rolled back is examined whole by the fixture `connection`.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from studio_app.wiring import INVARIANTS
from tests.database import Database, breaks_promises

OF_THE_DIARY = tuple(one for one in INVARIANTS if one.id in {"I1", "I2", "I11"})
_BROKEN = text(
    " union all ".join(
        f"select {nth} where exists ({one.sql})" for nth, one in enumerate(OF_THE_DIARY)
    )
)


@pytest.fixture(scope="module")
def watch(cloned: Database) -> Iterator[Connection]:
    """One connection for all tests of a module; between statements it holds nothing."""
    with cloned.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


@pytest.fixture(autouse=True)
def _the_diary_holds(request: pytest.FixtureRequest) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    commits = "cloned" in request.fixturenames and not breaks_promises(request)
    watch: Connection | None = request.getfixturevalue("watch") if commits else None
    yield
    if watch is not None:
        assert broken(watch) == []


def broken(connection: Connection) -> list[str]:
    """The promises of the diary that do not hold, for a connection that sees every studio."""
    return [OF_THE_DIARY[nth].promise for nth in connection.execute(_BROKEN).scalars()]
