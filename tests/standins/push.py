"""Browsers and their push service: proves who sends, decrypts as a browser would.

with push_service() as push:
    phone = push.subscribe(public_key())
    …  # send to phone.endpoint, phone.p256dh, phone.auth
    assert phone.shown[0]["title"] == "Your lesson is at 16:00"
"""

import base64
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from studio_app.kit.clock import utc_now
from tests.standins.peer import Breaks, Heard, Said, served
from tests.standins.surroundings import surroundings

LONGEST = 4096  # bytes a push service has to take, RFC 8030 7.2
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """What one attempt meets; a status of 0 breaks the line."""

    status: int = 0
    takes: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def refused(status: int, *, retry_after: str = "", location: str = "") -> Step:
    given = {"Retry-After": retry_after, "Location": location}
    return Step(status, headers={name: value for name, value in given.items() if value})


BREAKS = Step()
TAKEN_THEN_LOST = Step(takes=True)


@dataclass
class Browser:
    """One subscription, with the private key that never leaves the device."""

    endpoint: str
    server_key: str
    key: ec.EllipticCurvePrivateKey
    secret: bytes
    online: bool = True
    shown: list[dict[str, Any]] = field(default_factory=list)
    """What was decrypted, in order; `ttl` beside what was said."""
    _waiting: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def p256dh(self) -> str:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return _base64(point)

    @property
    def auth(self) -> str:
        return _base64(self.secret)

    def take(self, heard: Heard) -> None:
        plain = http_ece.decrypt(heard.body, private_key=self.key, auth_secret=self.secret)
        note = {**json.loads(plain), "ttl": int(heard.headers["TTL"])}
        if self.online:
            self.shown.append(note)
        else:
            self._waiting[heard.headers["Topic"]] = note  # a topic replaces itself, RFC 8030 5.4

    def come_online(self) -> None:
        self.online = True
        self.shown += self._waiting.values()
        self._waiting.clear()


@dataclass
class PushService:
    """Where browsers subscribe; refuses whom it cannot prove."""

    url: str = ""
    attempts: Counter[str] = field(default_factory=Counter)
    claims: list[dict[str, Any]] = field(default_factory=list)
    """What the proven senders said of themselves."""
    _browsers: dict[str, Browser] = field(default_factory=dict)
    _scripts: dict[str, list[Step]] = field(default_factory=dict)

    def subscribe(self, server_key: str) -> Browser:
        """As `pushManager.subscribe({applicationServerKey})`."""
        path = f"/send/{len(self._browsers) + 1}"
        key = ec.generate_private_key(ec.SECP256R1())
        browser = Browser(f"{self.url}{path}", server_key, key, os.urandom(16))
        self._browsers[path] = browser
        return browser

    def unsubscribe(self, browser: Browser) -> None:
        del self._browsers[browser.endpoint.removeprefix(self.url)]

    def script(self, browser: Browser, *steps: Step) -> None:
        """One step for each attempt; after the last everything is taken."""
        self._scripts[browser.endpoint.removeprefix(self.url)] = list(steps)

    def answer(self, heard: Heard) -> Said:
        self.attempts[heard.path] += 1
        browser = self._browsers.get(heard.path)
        if browser is None:
            return Said(410)
        if len(heard.body) > LONGEST:
            return Said(413)
        if "TTL" not in heard.headers or heard.headers.get("Content-Encoding") != "aes128gcm":
            return Said(400)
        try:
            self.claims.append(self._proven(browser, heard.headers.get("Authorization", "")))
        except (jwt.PyJWTError, ValueError):
            return Said(403)
        return self._deliver(browser, heard)

    def _deliver(self, browser: Browser, heard: Heard) -> Said:
        script = self._scripts.get(heard.path)
        step = script.pop(0) if script else Step(201, takes=True)
        if step.takes:
            browser.take(heard)
        if not step.status:
            raise Breaks
        location = {"Location": f"{self.url}/messages/{len(self.claims)}"}
        return Said(step.status, headers=step.headers or location)

    def _proven(self, browser: Browser, said: str) -> dict[str, Any]:
        """RFC 8292: signed by the key this browser subscribed with, for us, for a day at most."""
        scheme, _space, rest = said.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        if scheme != "vapid" or parts["k"] != browser.server_key:
            raise ValueError("another key")
        point = base64.urlsafe_b64decode(parts["k"] + "=" * (-len(parts["k"]) % 4))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        claims = jwt.decode(
            parts["t"],
            key,
            algorithms=["ES256"],
            audience=self.url,
            options={"require": ["exp", "aud", "sub"]},
        )
        if claims["exp"] > (utc_now() + DAY).timestamp():
            raise ValueError("for too long")
        return claims


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def push_service() -> Iterator[PushService]:
    """A push service on a free port that the product may call."""
    push = PushService()
    with (
        served(push.answer) as push.url,
        surroundings(
            studio_push_hosts="127.0.0.1", studio_mail_from="Cadenza <hello@cadenza.example>"
        ),
    ):
        yield push
