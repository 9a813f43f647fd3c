"""What a webhook says, how it is signed, and where it may go. Values in, values out."""

import hashlib
import hmac
import ipaddress
import json
from collections.abc import Iterable, Mapping
from typing import Any

SIGNED_AS = "v1"


def body_of(told: Mapping[str, Any]) -> bytes:
    """The JSON as it is signed and sent: what is received must be compared byte by byte."""
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """`v1=` and the HMAC-SHA256, in hex, over "<timestamp>.<body>" under the secret's UTF-8."""
    signed = f"{timestamp}.".encode() + body
    return f"{SIGNED_AS}={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def may_be_reached(address: str) -> bool:
    """Whether an IP address is on the public internet.

    Not: private networks, this machine, link-local (where clouds keep their credentials),
    multicast, and the ways of writing one of these inside an IPv6 address.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return may_be_reached(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None or ip in _TRANSLATED:
            return False
    return ip.is_global and not ip.is_multicast


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def all_may_be_reached(addresses: Iterable[str]) -> bool:
    """A name that leads somewhere else as well is refused: it may lead there next time."""
    listed = list(addresses)
    return bool(listed) and all(may_be_reached(one) for one in listed)
