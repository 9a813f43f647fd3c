"""Pages, languages, headers: what stands in front of everything."""

import asyncio
import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import reflex as rx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from studio_app.kit.words import speaking
from studio_app.web import front as front_module
from studio_app.web.edge import Edge
from studio_app.web.language import LANGUAGE_COOKIE, SESSION_COOKIE
from studio_app.web.page import Page

ORIGIN = "https://studio.example"
SCRIPT = "document.title += '!'"
HTML = "<html><script>{script}</script><script src='/a.js'></script><body>{words}</body></html>"


class Client:
    """A browser with cookies that does not follow redirects."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.cookies = httpx.Cookies()

    def get(self, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._send("GET", path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._send("POST", path, **more))

    async def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        way = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=way, base_url=ORIGIN, cookies=self.cookies) as one:
            answer = await one.request(method, path, **more)
        self.cookies.update(answer.cookies)
        return answer


def _answer(_request: Request) -> Response:
    return PlainTextResponse(speaking.get())


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("STUDIO_BUILD_DIR", str(tmp_path))
    monkeypatch.setenv("STUDIO_LANGUAGES", "en-GB,fr")
    monkeypatch.setenv("STUDIO_ORIGIN", ORIGIN)
    monkeypatch.setenv("STUDIO_DEMO", "false")
    front_module.front.cache_clear()
    for language in ("en-GB", "fr"):
        _build(tmp_path / language / "client", language)
    routes = [Route("/api/thing", _answer, methods=["GET", "POST"])]
    pages = [
        Page("/sign-in", "", rx.fragment, public=True),
        Page("/office", "", rx.fragment),
        Page("/office/students/[student_id]", "", rx.fragment),
        Page("/kit", "", rx.fragment, public=True, demo_only=True),
    ]
    yield Client(Edge(Starlette(routes=routes), pages, _router))
    front_module.front.cache_clear()


def _router(path: str) -> str | None:
    known = {"/sign-in": "sign-in", "/office": "office", "/kit": "kit"}
    if path.startswith("/office/students/"):
        return "office/students/[student_id]"
    return known.get(path.rstrip("/"))


def _build(client: Path, language: str) -> None:
    (client / "assets").mkdir(parents=True)
    for name in ("sign-in", "office", "kit", "404", "__spa-fallback"):
        html = HTML.format(script=SCRIPT, words=f"{name} {language}")
        (client / f"{name}.html").write_text(html)
    (client / "assets" / f"only-{language}-1a2b.js").write_text("1")
    (client / "sw.js").write_text("1")


def test_a_page_comes_in_the_language_of_the_browser(client: Client) -> None:
    answer = client.get("/sign-in", headers={"accept-language": "fr-CH"})

    assert "sign-in fr" in answer.text
    assert answer.headers["content-language"] == "fr"
    assert {"cookie", "accept-language"} <= {
        v.strip().lower() for v in answer.headers["vary"].split(",")
    }
    assert answer.headers["cache-control"] == "no-cache"


def test_the_cookie_wins_over_the_browser(client: Client) -> None:
    client.cookies.set(LANGUAGE_COOKIE, "en-GB")

    assert "sign-in en-GB" in client.get("/sign-in", headers={"accept-language": "fr"}).text


def test_choosing_a_language_is_remembered_and_leads_back(client: Client) -> None:
    where = {"referer": f"{ORIGIN}/sign-in?x=1"}
    answer = client.post("/language/fr", headers=where)

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert client.cookies[LANGUAGE_COOKIE] == "fr"


def test_a_language_we_do_not_have_is_not_remembered(client: Client) -> None:
    client.post("/language/xx")

    assert LANGUAGE_COOKIE not in client.cookies


def test_the_api_hears_the_language_too(client: Client) -> None:
    assert client.get("/api/thing", headers={"accept-language": "fr"}).text == "fr"


def test_a_protected_page_leads_to_sign_in_and_back(client: Client) -> None:
    answer = client.get("/office?tab=2")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Foffice%3Ftab%3D2"


@pytest.mark.parametrize("path", ["/office", "/office/"])
def test_with_a_cookie_it_is_served_with_and_without_a_slash(client: Client, path: str) -> None:
    client.cookies.set(SESSION_COOKIE, "anything")
    answer = client.get(path)

    assert answer.status_code == 200
    assert "office en-GB" in answer.text


def test_a_page_with_an_id_gets_the_shell(client: Client) -> None:
    client.cookies.set(SESSION_COOKIE, "anything")

    answer = client.get("/office/students/7")

    assert (answer.status_code, "__spa-fallback" in answer.text) == (200, True)


def test_the_kit_is_not_there_outside_the_demo(client: Client) -> None:
    answer = client.get("/kit")

    assert answer.status_code == 404
    assert "404 en-GB" in answer.text


def test_what_nobody_serves_is_a_page_for_people_and_plain_for_programs(
    client: Client,
) -> None:
    page = client.get("/nothing", headers={"accept": "text/html,*/*"})
    plain = client.get("/nothing", headers={"accept": "application/json"})

    assert (page.status_code, plain.status_code) == (404, 404)
    assert "404 en-GB" in page.text
    assert "html" not in plain.text


def test_the_service_worker_may_fetch_from_us_and_do_nothing_else(client: Client) -> None:
    """Its policy is the one it comes with: without this it could fetch no page."""
    worker, other = client.get("/sw.js"), client.get("/assets/only-fr-1a2b.js")

    assert worker.headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"
    assert "connect-src" not in other.headers["content-security-policy"]


def test_scripts_run_by_their_hash_and_never_from_strings(client: Client) -> None:
    policy = client.get("/sign-in").headers["content-security-policy"]
    allowed = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()

    scripts = next(p for p in policy.split("; ") if p.startswith("script-src"))
    assert scripts == f"script-src 'self' 'sha256-{allowed}'"
    assert "unsafe-eval" not in policy


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for path in ("/sign-in", "/api/thing", "/nothing", "/assets/only-fr-1a2b.js"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["strict-transport-security"]


def test_hashed_assets_are_kept_for_ever_whatever_the_language(client: Client) -> None:
    answer = client.get("/assets/only-fr-1a2b.js", headers={"accept-language": "en-GB"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_files_outside_the_build_cannot_be_reached(client: Client, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("canary")

    for path in (
        "/../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2f..%2fsecret.txt",
    ):
        assert "canary" not in client.get(path).text


@pytest.mark.parametrize(
    ("origin", "with_cookie", "status"),
    [
        (ORIGIN, True, 200),
        ("https://evil.example", True, 403),
        ("https://evil.example", False, 403),
        ("null", True, 403),
        (None, True, 403),
        (None, False, 200),
    ],
)
def test_a_cookie_counts_only_with_our_origin(
    client: Client, origin: str | None, with_cookie: bool, status: int
) -> None:
    if with_cookie:
        client.cookies.set(SESSION_COOKIE, "anything")

    answer = client.post("/api/thing", headers={"origin": origin} if origin else {})

    assert answer.status_code == status


@pytest.mark.parametrize("path", ["/_upload", "/_upload/private.pdf"])
def test_reflexs_own_upload_is_closed(client: Client, path: str) -> None:
    assert client.post(path).status_code == 404
    assert client.get(path).status_code == 404
