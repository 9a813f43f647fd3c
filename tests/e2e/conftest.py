"""The real application on a free port, with compiled pages and a real browser.

A browser test that cannot find a browser fails; it is never skipped.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from studio_app.identity.commands.sign_in import open_session
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.settings import ROOT
from studio_app.kit.work import open_work
from studio_app.web.build import build_all, serving_environment
from studio_app.web.language import SESSION_COOKIE
from tests.cast import Cast, cast_of
from tests.database import Database
from tests.e2e.looking import chromium

LANGUAGES = ("en-GB", "fr", "en-XA")
DESK = (1440, 900)
PHONE = (390, 844)
_BROWSER = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Site:
    """A running application: where it answers, and what is in its database."""

    base: str
    database: Database
    cast: Cast
    log: Path


def session_of(site: Site, person: Actor) -> str:
    """The cookie of somebody who has just signed in."""
    assert person.person_id
    with open_work(site.database.app, Actor.public(), open_session) as work:
        return open_session(work, person.person_id, person.studio_id, device="test")


def session_cookie(site: Site, person: Actor) -> Any:
    return {"name": SESSION_COOKIE, "value": session_of(site, person), "url": site.base}


def come_in(page: Page, site: Site, person: Actor) -> None:
    """Sign this window in without the form: `come_in(phone, site, site.cast.grace)`."""
    page.context.add_cookies([session_cookie(site, person)])


@pytest.fixture(scope="session")
def compiled() -> None:
    """Compile the pages once; later runs find them current."""
    build_all(LANGUAGES)


@pytest.fixture(scope="module")
def site(
    compiled: None, cloned: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The application with Harmony and Rival in it, a database for each module of tests."""
    with cloned.owner.begin() as connection:
        cast = cast_of(connection, utc_now())
    log = tmp_path_factory.mktemp("server") / "server.log"
    with serving(cloned, log) as base:
        yield Site(base, cloned, cast, log)


APPLICATION = "studio_app.studio_app:app"


@contextmanager
def serving(
    database: Database, log: Path, application: str = APPLICATION, **more: str
) -> Iterator[str]:
    """The address of the application, running on this database."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    environment = serving_environment(
        STUDIO_ORIGIN=base,
        STUDIO_DEMO="true",
        STUDIO_LANGUAGES=",".join(LANGUAGES),
        **database.environment(),
        **more,
    )
    with log.open("wb") as told, _server(port, environment, told, application) as process:
        try:
            _wait_for(base, process, log)
            yield base
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """A window that is still open keeps a server waiting for it."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def _server(
    port: int, environment: dict[str, str], log: object, application: str
) -> subprocess.Popen[bytes]:
    address = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    return subprocess.Popen(
        [
            *[sys.executable, "-m", "granian", "--interface", "asgi", "--factory", *address],
            application,
        ],
        cwd=ROOT,
        env=environment,
        stdout=log,  # type: ignore[arg-type]
        stderr=subprocess.STDOUT,
    )


def _wait_for(base: str, process: subprocess.Popen[bytes], told: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while not _answers(base):
        assert process.poll() is None, told.read_text()
        assert time.monotonic() < deadline, told.read_text()
        time.sleep(0.1)


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/healthz", timeout=2).is_success
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=_BROWSER)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A desk's window. Whatever the page throws, or its policy refuses, fails the test."""
    yield from _window(browser, site, DESK)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    yield from _window(browser, site, PHONE, has_touch=True)


def _window(
    browser: Browser, site: Site, size: tuple[int, int], *, has_touch: bool = False
) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        base_url=site.base,
        viewport={"width": size[0], "height": size[1]},
        has_touch=has_touch,
        locale="en-GB",
        timezone_id="America/New_York",
    )
    with sound(context) as page:
        yield page
    context.close()


@contextmanager
def sound(context: BrowserContext) -> Iterator[Page]:
    """A tab. Whatever its page throws, or its policy refuses, fails the test."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert complaints == []
