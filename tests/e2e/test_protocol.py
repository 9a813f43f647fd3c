"""A hostile client on the websocket, without a browser and without manners."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import socketio

from tests.e2e.conftest import Site, session_of

STATE = "reflex___state____state"
NOTICES = f"{STATE}.studio_app___web___notices____notices"
FRAME = f"{STATE}.studio_app___web___frame____frame_state"
GALLERY = f"{STATE}.studio_app___web___public___gallery_state____gallery_state"
HYDRATE = f"{STATE}.hydrate"


class Socket:
    """One connection under a client token, with or without a session cookie."""

    def __init__(self, site: Site, token: str, session: str = "") -> None:
        self._site, self._token, self._session = site, token, session
        self._client = socketio.AsyncClient()
        self.heard: list[dict[str, Any]] = []
        self._client.on("event", self._hear, namespace="/_event")

    def _hear(self, sent: dict[str, Any]) -> None:
        self.heard.append(sent)

    async def __aenter__(self) -> "Socket":
        headers = {"Origin": self._site.base}
        if self._session:
            headers["Cookie"] = f"studio_session={self._session}"
        await self._client.connect(
            f"{self._site.base}?token={self._token}",
            headers=headers,
            socketio_path="/_event",
            namespaces=["/_event"],
            transports=["websocket"],
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.disconnect()

    async def send(self, name: str, wait: float = 0.4, **payload: Any) -> str:
        """Everything heard within a moment after the event, as text."""
        self.heard.clear()
        event = {"name": name, "payload": payload, "router_data": {"pathname": "/office"}}
        await self._client.emit("event", event, namespace="/_event")
        await asyncio.sleep(wait)
        return str(self.heard)


def talk(conversation: Callable[[], Awaitable[None]]) -> None:
    """Browser tests keep a loop running in this thread, so the talking is done in another."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, conversation()).result()  # type: ignore[arg-type]


def test_a_handler_for_members_leads_a_stranger_to_sign_in(site: Site) -> None:
    async def conversation() -> None:
        async with Socket(site, "stranger") as socket:
            said = await socket.send(f"{FRAME}.load")
            assert "/sign-in" in said
            assert "Harmony" not in said

    talk(conversation)


def test_a_member_is_answered_and_a_removed_session_at_once_is_not(site: Site) -> None:
    async def conversation() -> None:
        token = session_of(site, site.cast.olivia)
        async with Socket(site, "member", token) as socket:
            assert "Harmony" in await socket.send(f"{FRAME}.load")
            with site.database.owner.begin() as connection:
                connection.exec_driver_sql("update browser_session set ended_at = now()")
            assert "/sign-in" in await socket.send(f"{FRAME}.load")

    talk(conversation)


@pytest.mark.parametrize("session", ["nobody", "another"])
def test_a_client_token_is_worth_nothing_under_another_cookie(site: Site, session: str) -> None:
    async def conversation() -> None:
        token = session_of(site, site.cast.olivia)
        stolen = f"stolen-{session}"
        async with Socket(site, stolen, token) as socket:
            assert "Harmony" in await socket.send(f"{FRAME}.load")
        thief = session_of(site, site.cast.rita) if session == "another" else ""
        async with Socket(site, stolen, thief) as socket:
            said = await socket.send(HYDRATE)
            assert "delta" in said
            assert "Harmony" not in said
            assert "Olivia" not in said

    talk(conversation)


def test_a_session_that_has_ended_hydrates_nothing(site: Site) -> None:
    async def conversation() -> None:
        token = session_of(site, site.cast.olivia)
        async with Socket(site, "ended", token) as socket:
            await socket.send(f"{FRAME}.load")
        with site.database.owner.begin() as connection:
            connection.exec_driver_sql("update browser_session set ended_at = now()")
        async with Socket(site, "ended", token) as socket:
            assert "Olivia" not in await socket.send(HYDRATE)

    talk(conversation)


@pytest.mark.parametrize("method", ["_put", "put", "setvar", "_tell", "reset"])
def test_what_is_no_declared_handler_is_refused(site: Site, method: str) -> None:
    async def conversation() -> None:
        async with Socket(site, f"undeclared-{method}") as socket:
            said = await socket.send(f"{NOTICES}.{method}", words="hacked", var_name="notice")
            assert said == "[]"

    talk(conversation)


def test_wrong_arguments_change_nothing(site: Site) -> None:
    async def conversation() -> None:
        async with Socket(site, "arguments") as socket:
            assert await socket.send(f"{GALLERY}.put_back", mark=["x"]) == "[]"
            assert await socket.send(f"{GALLERY}.put_back", mark="x", more=1) == "[]"
            assert "x" in await socket.send(f"{GALLERY}.put_back", mark="x")

    talk(conversation)


def test_a_flood_is_cut_off(site: Site) -> None:
    async def conversation() -> None:
        async with Socket(site, "flood") as socket:
            for number in range(600):
                await socket.send(f"{GALLERY}.put_back", wait=0, mark=str(number))
            await asyncio.sleep(1)
            assert 0 < len(socket.heard) < 200

    talk(conversation)


def test_no_cookie_is_written_to_the_log(site: Site) -> None:
    async def conversation() -> None:
        async with Socket(site, "log", "canary-in-a-cookie") as socket:
            await socket.send("reflex___state____state.nobody.nothing")
            await socket.send(f"{GALLERY}.fail")
            await socket.send(f"{GALLERY}.put_back", mark=["x"])

    talk(conversation)

    assert "canary-in-a-cookie" not in site.log.read_text()
