"""Which language a visitor reads."""

from collections.abc import Mapping, Sequence
from http.cookies import CookieError, SimpleCookie

from studio_app.web.front import front

LANGUAGE_COOKIE = "studio_language"
SESSION_COOKIE = "studio_session"


def cookie(header: str, name: str) -> str:
    """The value of one cookie; empty when it is missing or the header is nonsense."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def language_of(headers: Mapping[str, str], among: Sequence[str] = ()) -> str:
    """The language of whoever sent these headers, out of those we have."""
    chosen = cookie(headers.get("cookie", ""), LANGUAGE_COOKIE)
    accepted = headers.get("accept-language", "")
    return choose(among or front().languages, chosen=chosen, accepted=accepted)


def choose(available: Sequence[str], *, chosen: str = "", accepted: str = "") -> str:
    """The cookie's language, else the browser's best (RFC 9110 §12.5.4), else the first."""
    if chosen in available:
        return chosen
    for tag in _by_preference(accepted):
        found = _closest(tag, available)
        if found:
            return found
    return available[0]


def _by_preference(accepted: str) -> list[str]:
    weighed = [_weighed(part) for part in accepted.split(",")[:20] if part.strip()]
    return [tag for tag, weight in sorted(weighed, key=lambda pair: -pair[1]) if weight > 0]


def _weighed(part: str) -> tuple[str, float]:
    tag, _, quality = part.strip().partition(";q=")
    try:
        return tag.strip(), float(quality or 1)
    except ValueError:
        return tag.strip(), 0


def _closest(tag: str, available: Sequence[str]) -> str | None:
    wanted = tag.lower()
    exact = [name for name in available if name.lower() == wanted]
    language = wanted.split("-", maxsplit=1)[0]
    related = [name for name in available if name.lower().split("-")[0] == language]
    return next(iter(exact + related), None)
