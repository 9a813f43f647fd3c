"""What stands in front of everything: which page in which language, and the headers.

browser -> edge -> api (FastAPI) -> Reflex's websocket
"""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio_app.kit.words import speaking
from studio_app.web import routes
from studio_app.web.front import front
from studio_app.web.frontends import Frontend, frontend_of
from studio_app.web.language import LANGUAGE_COOKIE, SESSION_COOKIE, cookie, language_of
from studio_app.web.page import Page

SAFE = {"GET", "HEAD"}
OK, NOT_FOUND = 200, 404
YEAR = 365 * 24 * 3600
_FALLBACK = "/__spa-fallback.html"
_REFUSED = ("/_upload",)  # Reflex's own upload takes anything from anybody
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"
_WORKER = "/sw.js"
_WORKER_POLICY = "default-src 'none'; connect-src 'self'"
"""A service worker lives by the policy it came with: it fetches our pages and their parts."""


class Edge:
    def __init__(
        self, app: ASGIApp, pages: Iterable[Page], router: Callable[[str], str | None]
    ) -> None:
        """`router` maps a path to the route that declares it, without the leading slash."""
        self._app = app
        self._pages = {page.path.strip("/") or "index": page for page in pages}
        self._router = router
        built = map(frontend_of, front().languages)
        self._frontends = {found.language: found for found in built if found}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        said_in = speaking.set(language_of(headers))
        try:
            await self._answer(scope, headers)(scope, receive, _with_headers(send))
        finally:
            speaking.reset(said_in)

    def _answer(self, scope: Scope, headers: Headers) -> ASGIApp:
        path = scope["path"]
        if path.startswith(_REFUSED):
            return PlainTextResponse("Not found.", 404)
        if path.startswith(routes.SPEAK):
            return _speak(path.removeprefix(routes.SPEAK), headers)
        if scope["method"] not in SAFE:
            return self._app if _same_origin(headers) else PlainTextResponse("Forbidden.", 403)
        found = self._file(path)
        if found:
            return found
        page = self._page(path)
        if page is None:
            return self._api(headers)
        if page.demo_only and not front().studio_demo:
            return self._html("/404.html", headers, status=NOT_FOUND)
        if not page.public and not _cookie(headers, SESSION_COOKIE):
            asked = path + (f"?{query.decode()}" if (query := scope["query_string"]) else "")
            return RedirectResponse(routes.sign_in_and_back(asked), 303)
        return self._html(path.rstrip("/") + ".html", headers)

    def _page(self, path: str) -> Page | None:
        route = self._router(path)
        return self._pages.get(route.strip("/") or "index") if route is not None else None

    def _file(self, path: str) -> ASGIApp | None:
        """Assets are the same in every build that has the name, so any of them will do."""
        if path.endswith(".html"):
            return None
        for frontend in self._frontends.values():
            if path in frontend.files:
                more = {"content-security-policy": _WORKER_POLICY} if path == _WORKER else {}
                return _serving(frontend, path, cache=_cache_of(path), more=more)
        return None

    def _html(self, name: str, headers: Headers, status: int = OK) -> ASGIApp:
        if not self._frontends:
            return PlainTextResponse("The pages have not been built yet: ./studio run", 503)
        frontend = self._frontends[language_of(headers, tuple(self._frontends))]
        name = "/index.html" if name == ".html" else name
        name = name if name in frontend.files else _FALLBACK
        more = {
            "content-security-policy": frontend.policies[name],
            "content-language": frontend.language,
            "vary": "Cookie, Accept-Language, Accept-Encoding",
        }
        return _serving(frontend, name, cache="no-cache", status=status, more=more)

    def _api(self, headers: Headers) -> ASGIApp:
        """Everything that is no page. What is not found there gets our page, if one is wanted."""
        wants_page = "text/html" in headers.get("accept", "")

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            missing = False

            async def checked(message: Message) -> None:
                nonlocal missing
                if message["type"] == "http.response.start":
                    missing = wants_page and message["status"] == NOT_FOUND
                if not missing:
                    await send(message)

            await self._app(scope, receive, checked)
            if missing:
                await self._html("/404.html", headers, status=NOT_FOUND)(scope, receive, send)

        return answer


def _serving(
    frontend: Frontend,
    name: str,
    *,
    cache: str,
    status: int = OK,
    more: dict[str, str] | None = None,
) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["cache-control"] = cache
                headers.update(more or {})
                if message["status"] == OK:
                    message["status"] = status
            await send(message)

        await frontend.serve({**scope, "path": name, "root_path": ""}, receive, sent)

    return answer


def _speak(language: str, headers: Headers) -> ASGIApp:
    """Remember the language and go back to where one was, as a full page load."""
    back = routes.safe_way_back(urlsplit(headers.get("referer", "")).path or routes.HOME)
    answer = RedirectResponse(back, 303, headers={"cache-control": "no-store"})
    if language in front().languages:
        answer.set_cookie(LANGUAGE_COOKIE, language, YEAR, httponly=True, samesite="lax")
    return answer


def _cache_of(path: str) -> str:
    hashed = path.startswith(("/assets/", "/fonts/"))
    return "public, max-age=31536000, immutable" if hashed else "no-cache"


def _same_origin(headers: Headers) -> bool:
    """A cookie counts only together with our own Origin; what sends no cookie has a token."""
    origin = headers.get("origin")
    if origin is None:
        return not _cookie(headers, SESSION_COOKIE)
    return origin in front().origins


def _cookie(headers: Headers, name: str) -> str:
    return cookie(headers.get("cookie", ""), name)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if "html" not in headers.get("content-type", ""):
                headers.setdefault("content-security-policy", _NO_CONTENT)
            if front().studio_origin.startswith("https://"):
                headers.setdefault("strict-transport-security", "max-age=31536000")
        await send(message)

    return sent
