"""Notifications on phones and computers, through the push services of their browsers.

Source: RFC 8030 (push), RFC 8291 (encryption), RFC 8292 (VAPID, who we are).
"""

import base64
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02, VapidException  # pyright: ignore[reportMissingTypeStubs]
from pywebpush import WebPushException, webpush  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from studio_app.kit.lines import asked_to_wait, patience
from studio_app.kit.outbox import TryLater
from studio_app.kit.settings import settings
from studio_app.kit.words import Text, _
from studio_app.messaging.vendors import Accepted, Undeliverable

SERVICES = ("fcm.googleapis.com", "web.push.apple.com")
FAMILIES = (".push.services.mozilla.com", ".notify.windows.com")
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256's points
AUTH_LENGTH = 16  # bytes, RFC 8291 3.2
LONGEST_ENDPOINT = 2000
TITLE_FITS, BODY_FITS = 120, 450  # signs; even of six bytes each they stay below 4096 encrypted
_HOST = re.compile(r"[a-z0-9.-]+")
_PATH = re.compile(r"/(?!/)[!-\[\]-~]{0,300}")  # ASCII without a backslash


@dataclass(frozen=True, slots=True)
class Push:
    key: UUID
    """Names the notification, so that one sent twice is one on the screen."""
    endpoint: str
    p256dh: str
    auth: str
    title: str
    body: str
    path: str
    """The page of ours that a tap opens."""
    lasts: timedelta
    """After this nobody wants to read it any more."""


def send_push(push: Push) -> Accepted:
    """Hand a notification to the browser's push service. Raises Undeliverable or TryLater.

    A lost answer is no doubt here: the same key replaces what waits or is shown already.
    """
    problem = endpoint_problem(push.endpoint) or keys_problem(push.p256dh, push.auth)
    if problem:
        raise Undeliverable("bad-subscription", problem)
    try:
        answer = _post(push)
    except WebPushException as fault:
        raise _refusal(getattr(fault, "response", None)) from fault
    except (requests.RequestException, VapidException) as fault:
        raise TryLater(why=f"push service: {type(fault).__name__}") from fault
    return Accepted(answer.headers.get("Location") or str(push.key))


def public_key() -> str:
    """Ours, as a browser wants it to subscribe: an uncompressed point in base64url."""
    point = _key(settings().derived("web push")).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def endpoint_problem(endpoint: str) -> Text | None:
    """Why nothing is sent there: we only ever call the push services we know by name."""
    try:
        where = urlsplit(endpoint)
        host, port = where.hostname or "", where.port
    except ValueError:
        return _nowhere()
    ours = host in _own_hosts()
    known = host in SERVICES or host.endswith(FAMILIES)
    plain = _HOST.fullmatch(host) and where.username is None and where.password is None
    printable = endpoint.isascii() and endpoint.isprintable() and not set(endpoint) & set(" \\")
    if not (plain and printable and len(endpoint) <= LONGEST_ENDPOINT):
        return _nowhere()
    if ours and where.scheme in {"http", "https"}:
        return None
    if known and where.scheme == "https" and port in {None, 443}:
        return None
    return _nowhere()


def keys_problem(p256dh: str, auth: str) -> Text | None:
    """Why nothing can be encrypted for this browser."""
    try:
        point, secret = _from_base64(p256dh), _from_base64(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return _nowhere()
    # The standard wants the uncompressed point of 65 bytes; others are points as well.
    return None if point[0] == 4 and len(secret) == AUTH_LENGTH else _nowhere()  # noqa: PLR2004


def _nowhere() -> Text:
    return _("Notifications cannot be sent to this browser.")


def _own_hosts() -> set[str]:
    return {host.strip() for host in settings().studio_push_hosts.split(",") if host.strip()}


def _from_base64(words: str) -> bytes:
    return base64.b64decode(words.encode("ascii") + b"=" * (-len(words) % 4), b"-_", validate=True)


@cache
def _key(secret: str) -> ec.EllipticCurvePrivateKey:
    """The same key for the same secret: browsers are bound to it when they subscribe."""
    return ec.derive_private_key(int(secret, 16) % (ORDER - 1) + 1, ec.SECP256R1())


def _post(push: Push) -> requests.Response:
    said = {
        "key": str(push.key),
        "title": push.title[:TITLE_FITS],
        "body": push.body[:BODY_FITS],
        "path": push.path if _PATH.fullmatch(push.path) else "/",
    }
    with _Straight() as session:
        answer: Any = webpush(
            {"endpoint": push.endpoint, "keys": {"p256dh": push.p256dh, "auth": push.auth}},
            data=json.dumps(said, ensure_ascii=False),
            vapid_private_key=Vapid02(_key(settings().derived("web push"))),
            vapid_claims={"sub": f"mailto:{parseaddr(settings().studio_mail_from)[1]}"},
            headers={"Topic": push.key.hex},
            ttl=max(int(push.lasts.total_seconds()), 0),
            timeout=patience(),  # pyright: ignore[reportArgumentType]  requests takes the pair
            requests_session=session,
        )
    return answer


class _Straight(requests.Session):
    """Goes where it is told and nowhere else: another address is an answer, not an order."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def _refusal(answer: Any) -> Exception:
    status = int(answer.status_code) if answer is not None else 0
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Undeliverable("gone", _("This browser no longer takes notifications."))
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    if refused and status != HTTPStatus.TOO_MANY_REQUESTS:
        return Undeliverable(str(status), _("The push service refused it: {code}", code=status))
    headers: Any = {} if answer is None else answer.headers
    return TryLater(f"push service: {status}", asked_to_wait(headers))
