"""The endpoint that takes a file from our own pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response

from studio_app.imports.queries.batches import import_batches
from studio_app.kit.access import Actor
from studio_app.web.api import caller as caller_module
from studio_app.web.api.app import api
from studio_app.web.api.caller import Caller, caller
from studio_app.web.office.importing.files import MOST_BYTES
from tests.conftest import World

pytestmark = pytest.mark.anyio
SMALL = b"First Name,Last Name\nAda,Lake\n"


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[AsyncClient]:
    def run_here(_engine: Any, actor: Actor, use_case: Any, *args: Any, **more: Any) -> Any:
        return world.run(actor, use_case, *args, **more)

    monkeypatch.setattr(caller_module, "run", run_here)
    monkeypatch.setattr(caller_module, "engine", lambda: None)
    api.dependency_overrides[caller] = lambda: Caller(world.olivia)
    yield AsyncClient(transport=ASGITransport(api), base_url="http://studio.test")
    api.dependency_overrides.clear()


async def send(client: AsyncClient, content: bytes) -> Response:
    return await client.post("/api/v1/imports", files={"file": ("list.csv", content, "text/csv")})


async def test_a_file_is_staged_and_named(client: AsyncClient, world: World) -> None:
    answer = await send(client, SMALL)

    [batch] = world.run(world.olivia, import_batches)
    assert answer.json() == {"id": str(batch.id)}
    assert (batch.name, batch.rows_total) == ("list.csv", 1)


async def test_what_cannot_be_read_is_refused_with_a_sentence(
    client: AsyncClient, world: World
) -> None:
    answer = await send(client, b"PK\x03\x04 a spreadsheet")

    assert answer.status_code == 422
    assert "Save it as CSV" in answer.json()["detail"]
    assert world.run(world.olivia, import_batches) == []


async def test_a_file_over_the_cap_is_refused(client: AsyncClient, world: World) -> None:
    answer = await send(client, b"x" * (2 * MOST_BYTES))

    assert answer.status_code == 413
    assert world.run(world.olivia, import_batches) == []


async def test_without_a_file_nothing_happens(client: AsyncClient) -> None:
    answer = await client.post("/api/v1/imports", data={"file": "words"})
    assert answer.status_code == 422


async def test_who_may_not_import_is_refused(client: AsyncClient, world: World) -> None:
    api.dependency_overrides[caller] = lambda: Caller(world.tom)
    assert (await send(client, SMALL)).status_code == 403


async def test_without_a_session_nobody_is_heard(client: AsyncClient) -> None:
    api.dependency_overrides.clear()
    assert (await send(client, SMALL)).status_code == 401
