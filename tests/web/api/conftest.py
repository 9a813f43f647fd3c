"""The real API on a database of the module's own."""

from collections.abc import Iterator

import pytest

from tests.calling import Api
from tests.database import Database
from tests.stage import Stage, pointed_at, staged


@pytest.fixture(scope="module")
def stage(cloned: Database) -> Stage:
    return staged(cloned)


@pytest.fixture(scope="module")
def api(stage: Stage) -> Iterator[Api]:
    with pointed_at(stage.database):
        yield Api(stage)
