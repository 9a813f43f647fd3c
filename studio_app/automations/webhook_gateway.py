"""Posting to an address that somebody typed: only out to the internet, and only once looked up.

The name is resolved here, every address it has is checked, and the connection goes to that
very address: a name that leads elsewhere the next time it is asked gains nothing by it.
"""

import socket
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from studio_app.automations.rules.webhooks import all_may_be_reached
from studio_app.kit.words import Text, _

TIMEOUT = 10.0
_PORTS = {"https": 443, "http": 80}
_TOO_MANY, _TIMED_OUT, _THEIR_FAULT, _MOVED, _FINE = 429, 408, 500, 300, 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it; `try_again` where another time may go better."""

    status: int | None = None
    problem: Text | None = None
    try_again: bool = False


class _Pinned(HTTPSConnection):
    """Connects to one address; name and certificate are those of the host."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT, context=self._tls)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def post(url: str, body: bytes, headers: Mapping[str, str], *, allowed: Collection[str]) -> Answer:
    """Post JSON and say how it went; never raises for what the other side does.

    `allowed` are hosts of one's own network; without TLS only these are written to. Redirects
    are not followed, and of the answer only its status is read.
    """
    parts = urlsplit(url)
    host, own = (parts.hostname or "").lower(), (parts.hostname or "").lower() in allowed
    if parts.scheme != "https" and not own:
        return Answer(problem=_("Addresses must begin with https."))
    port = parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Answer(problem=_("There is no such address on the internet."), try_again=True)
    addresses = [str(one[4][0]) for one in found]
    if not own and not all_may_be_reached(addresses):
        return Answer(problem=_("This address leads into a private network, so it is not used."))
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = (
        _Pinned(host, port, addresses[0])
        if parts.scheme == "https"
        else HTTPConnection(addresses[0], port, timeout=TIMEOUT)
    )
    try:
        connection.request("POST", path, body, {"Host": parts.netloc, **headers})
        return _answer(connection.getresponse().status)
    except TimeoutError:
        return Answer(problem=_("The other side did not answer in time."), try_again=True)
    except (OSError, HTTPException):
        return Answer(problem=_("The other side could not be reached."), try_again=True)
    finally:
        connection.close()


def _answer(status: int) -> Answer:
    if _FINE <= status < _MOVED:
        return Answer(status)
    later = status in {_TOO_MANY, _TIMED_OUT} or status >= _THEIR_FAULT
    return Answer(status, _("The other side answered {status}.", status=status), later)
