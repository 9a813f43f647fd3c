"""Files brought in by Olivia, step by step as a page does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio_app.imports.commands.staging import check_rows, stage_import
from studio_app.kit.ids import BatchId
from tests.conftest import World

SAMPLES = Path(__file__).parent / "samples"
Bring = Callable[[bytes], BatchId]


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.csv").read_bytes()


@pytest.fixture
def bring(world: World) -> Bring:
    """Stage a file and check all of its rows."""

    def brought(content: bytes) -> BatchId:
        batch_id = world.run(world.olivia, stage_import, "contacts.csv", content)
        while not world.run(world.olivia, check_rows, batch_id, limit=50).finished:
            pass
        return batch_id

    return brought
