"""A calendar program that people use, reading a feed over the wire."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import recurring_ical_events
from icalendar import Calendar

from studio_app.calendars.commands.feeds import FeedAbout
from studio_app.kit.clock import utc_now
from studio_app.kit.settings import ROOT
from tests.calendars.asking import address, fetched
from tests.calling import Api
from tests.database import Database
from tests.stage import Stage


def test_a_real_calendar_program_keeps_in_step(stage: Stage, api: Api, tmp_path: Path) -> None:
    """vdirsyncer, as people run it, against the application over HTTP."""
    path = address(stage, "teacher", FeedAbout.TEACHER, stage.cast.teacher_id)
    with served(stage.database) as base:
        synchronise(f"{base}{path}", tmp_path)
        files = list((tmp_path / "here").glob("*.ics"))
        found = [one for file in files for one in occurrences(file.read_bytes())]
    ours = occurrences(fetched(api, path).content)
    assert ours
    assert sorted(found) == sorted(ours)


def occurrences(calendar: bytes) -> list[str]:
    now = utc_now()
    query: Any = recurring_ical_events.of(Calendar.from_ical(calendar))
    found = query.between(now - timedelta(days=90), now + timedelta(days=400))
    return [f"{each.start.isoformat()} {each['summary']} {each['status']}" for each in found]


@contextmanager
def served(database: Database) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    order = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(port)]
    told = {**os.environ, **database.environment()}  # noqa: TID251  for another process
    server = subprocess.Popen([*order, "studio_app.web.api.app:api"], env=told, cwd=ROOT)
    try:
        _wait_for(f"{base}/healthz")
        yield base
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            assert httpx.get(address).status_code == 200
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def synchronise(url: str, folder: Path) -> None:
    config = folder / "config"
    sections = {
        "general": {"status_path": str(folder / "status")},
        "pair lessons": {"a": "there", "b": "here", "collections": None},
        "storage there": {"type": "http", "url": url},
        "storage here": {"type": "filesystem", "path": str(folder / "here"), "fileext": ".ics"},
    }
    config.write_text(
        "\n".join(
            f"[{name}]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in says.items())
            for name, says in sections.items()
        )
    )
    (folder / "here").mkdir()
    program = [str(Path(sys.executable).with_name("vdirsyncer")), "-c", str(config)]
    for act in ("discover", "sync"):
        done = subprocess.run([*program, act], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
