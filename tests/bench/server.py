"""Servers to measure: the application, and a bare one that Reflex alone would be."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import socketio

from studio_app.identity.commands.sign_in import open_session
from studio_app.kit.access import Actor
from studio_app.kit.settings import ROOT
from studio_app.kit.work import open_work
from studio_app.web.build import serving_environment
from tests.bench.ground import Ground

OURS = "studio_app.studio_app:app"
BARE = "bare.bare:app"
BARE_HOME = Path(__file__).parent / "bare_app"
STARTS_WITHIN = 60.0


@dataclass
class Server:
    base: str
    process: subprocess.Popen[bytes]
    started_in: float
    """Seconds from nothing until it answers."""

    def kilobytes(self) -> int:
        """What the worker alone keeps in memory."""
        return sum(_private(pid) for pid in _children(self.process.pid))


@contextmanager
def ours(ground: Ground, **more: str) -> Iterator[Server]:
    told = {"STUDIO_DEMO": "true", "STUDIO_WORKER": "false", **ground.database.environment()}
    with _serving(OURS, ROOT, "/healthz", {**told, **more}) as server:
        yield server


@contextmanager
def bare(ground: Ground) -> Iterator[Server]:
    told = {"BENCH_DATABASE_URL": ground.database.owner_url}
    with _serving(BARE, BARE_HOME, "/ping", told) as server:
        yield server


@contextmanager
def _serving(target: str, home: Path, health: str, told: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    address = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", *address]
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*command, target],
            cwd=home,
            env=serving_environment(STUDIO_ORIGIN=base, **told),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"{base}{health}", process, log)
            yield Server(base, process, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Any) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            log.seek(0)
            raise RuntimeError(log.read().decode()[-3000:])
        time.sleep(0.02)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2).is_success
    except httpx.TransportError:
        return False


def _children(pid: int) -> list[int]:
    """The process and everything it started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in found for each in _children(int(child)))]


def _private(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private"))


def session_of(ground: Ground, person: Actor) -> str:
    assert person.person_id
    with open_work(ground.engine, Actor.public(), open_session) as work:
        return open_session(work, person.person_id, person.studio_id, device="bench")


def _at(path: str) -> dict[str, Any]:
    pathname, _, query = path.partition("?")
    return {"pathname": pathname, "asPath": path, "query": dict(parse_qsl(query))}


class Browser:
    """What a page does on the websocket, without a page."""

    def __init__(self, base: str, *, session: str = "", token: str = "") -> None:
        self._base, self._session = base, session
        self.heard = 0
        """Bytes of the answers to what was asked last."""
        self._token = token or os.urandom(16).hex()
        self._client = socketio.AsyncClient()
        self._answers: asyncio.Queue[Any] = asyncio.Queue()
        self._client.on("event", self._answers.put, namespace="/_event")

    async def __aenter__(self) -> "Browser":
        headers = {"Origin": self._base}
        if self._session:
            headers["Cookie"] = f"studio_session={self._session}"
        await self._client.connect(
            f"{self._base}?token={self._token}",
            headers=headers,
            socketio_path="/_event",
            namespaces=["/_event"],
            transports=["websocket"],
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.disconnect()

    async def ask(self, name: str, *, path: str = "/", **payload: Any) -> float:
        """Seconds from sending an event, from a page at this path, to its last answer."""
        self._begin()
        began = time.perf_counter()
        await self._send(name, payload, _at(path))
        while not await self._answered():
            pass
        return time.perf_counter() - began

    async def ask_all(self, names: Sequence[str], *, path: str, shown: Mapping[str, str]) -> float:
        """Seconds until the last of these is answered, from a page at this path that shows these
        rows. What changes nothing is not answered, so the last has to be one that always is."""
        self._begin()
        at, began = _at(path), time.perf_counter()
        at["query"] |= shown
        for name in names:
            await self._send(name, {}, at)
        last = names[-1].rpartition(".")[0]
        while not await self._answered(about=last):
            pass
        return time.perf_counter() - began

    def _begin(self) -> None:
        self.heard = 0
        while not self._answers.empty():
            self._answers.get_nowait()

    async def _send(self, name: str, payload: Mapping[str, Any], at: Mapping[str, Any]) -> None:
        event = {"name": name, "payload": payload, "router_data": at}
        await self._client.emit("event", event, namespace="/_event")

    async def _answered(self, *, about: str = "") -> bool:
        """Whether the next answer is the last one, of this state where one is named."""
        answer = await asyncio.wait_for(self._answers.get(), 20)
        self.heard += len(json.dumps(answer, separators=(",", ":")))
        if isinstance(answer, dict) and about and about not in answer.get("delta", {}):
            return False
        return not isinstance(answer, dict) or answer.get("final", True) is not False
