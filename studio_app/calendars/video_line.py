"""What those who make meetings can answer, in our own words, and the line to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from typing import Any, cast
from urllib.parse import quote

import requests

from studio_app.calendars.rules.video import Why
from studio_app.kit.clock import utc_now
from studio_app.kit.lines import asked_to_wait, never_heard, patience

EARLY = timedelta(minutes=5)
"""A token is renewed so long before it ends, so that none ends on the way."""
UNSURE = {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}  # somebody behind may have heard us
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Credentials:
    """A studio's own account with a provider."""

    account: str
    """Zoom's account id; Microsoft's tenant."""
    client_id: str
    secret: str = field(repr=False)
    host: str
    """In whose name meetings are made."""


@dataclass(frozen=True, slots=True)
class Wanted:
    topic: str
    starts_at: datetime
    ends_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting that was made: the provider's name for it, and the way in."""

    provider_id: str
    url: str


class Declined(Exception):
    """No meeting was made; `why` says what kind of no it was."""

    def __init__(self, why: Why, detail: str = "", after: timedelta | None = None) -> None:
        super().__init__(why.value, detail)
        self.why = why
        self.detail = detail
        """For the log: never anything secret."""
        self.after = after
        """How long the provider asks to be left alone."""


class Doubtful(Declined):
    """Asked, and the answer was lost: nobody knows whether there is a meeting."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    said: Said
    wait: timedelta | None


class Line:
    """Asking one provider, signed in; tokens are kept in this process until shortly before
    they end. `where` and `sign_in` are the provider's: its address, and its token's answer."""

    def __init__(self, where: Callable[[], str], sign_in: Callable[[Credentials], Said]) -> None:
        self._where, self._sign_in = where, sign_in
        self._kept: dict[str, tuple[str, datetime]] = {}
        self._lock = Lock()

    def ask(self, method: str, path: str, who: Credentials, **more: Any) -> Answer:
        """With the token we have; with a new one, once, where that is not accepted any more."""
        where = self._where().rstrip("/")
        name = _name(who, where)
        kept = self._token(name)
        answer = ask(
            method, f"{where}/{path}", headers=_bearer(kept or self._new(name, who)), **more
        )
        if answer.status == HTTPStatus.UNAUTHORIZED and kept:
            answer = ask(method, f"{where}/{path}", headers=_bearer(self._new(name, who)), **more)
        return answer

    def _token(self, name: str) -> str:
        with self._lock:
            token, until = self._kept.get(name, ("", utc_now()))
        return token if until > utc_now() else ""

    def _new(self, name: str, who: Credentials) -> str:
        """The token of an answer of RFC 6749 5.1. Raises Declined where there is none."""
        said = self._sign_in(who)
        token, seconds = said.get("access_token"), said.get("expires_in", 3600)
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise Declined(Why.ODD, "no token in the answer")
        with self._lock:
            self._kept[name] = (token, utc_now() + timedelta(seconds=seconds) - EARLY)
        return token


def token_of(answer: Answer) -> Said:
    """What a token's endpoint answered (RFC 6749 5.1, 5.2). Raises Declined."""
    if answer.status != HTTPStatus.OK:
        raise Declined(Why.CREDENTIALS, f"token {answer.status} {answer.said.get('error', '')}")
    return answer.said


def ask(method: str, url: str, *, changes: bool = True, **more: Any) -> Answer:
    """One request. Raises Doubtful, or Declined where the line or the server failed."""
    try:
        answer = requests.request(
            method,
            url,
            timeout=patience(),  # pyright: ignore[reportArgumentType]  requests takes the pair
            allow_redirects=False,
            **more,
        )
    except requests.RequestException as fault:
        if never_heard(fault):
            raise Declined(Why.DOWN, "no connection") from fault
        lost = Doubtful if changes else Declined
        raise lost(Why.SILENT, type(fault).__name__) from fault
    wait = asked_to_wait(answer.headers)
    if answer.status_code in UNSURE and changes:
        raise Doubtful(Why.SILENT, str(answer.status_code), wait)
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Declined(Why.DOWN, str(answer.status_code), wait)
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        raise Declined(Why.BUSY, str(answer.status_code), wait)
    return Answer(answer.status_code, _json(answer), wait)


def room(provider_id: object, url: object) -> Room:
    """What we were told of a new meeting. Raises Doubtful: it exists, and cannot be found."""
    named = str(provider_id or "")
    if not named or not isinstance(url, str) or not url.startswith("https://"):
        raise Doubtful(Why.ODD, "a meeting without a name or an address")
    return Room(named, url)


def placed(part: str) -> str:
    """As one step of a path, whatever somebody typed."""
    return quote(part, safe="@")


def in_utc(moment: datetime) -> str:
    """2026-09-08T15:00:00Z"""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _json(answer: requests.Response) -> Said:
    try:
        said: Any = answer.json()
    except ValueError:
        return {}
    return cast("Said", said) if isinstance(said, dict) else {}


def _name(who: Credentials, where: str) -> str:
    """Told apart by all that is signed in with; the secret itself is not kept."""
    parts = "\0".join((where, who.account, who.client_id, who.secret))
    return sha256(parts.encode()).hexdigest()
