"""Talking to a vendor's server: how long we wait, and what a broken line means."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, ProxyError

from studio_app.kit.clock import utc_now
from studio_app.kit.settings import settings

CONNECT_PATIENCE = 5.0  # seconds; a server that is there answers the door at once
NO_WAIT = timedelta()
DAY = 86_400


def patience() -> tuple[float, float]:
    """Seconds to wait for a connection, and for each answer after it."""
    answer = settings().studio_vendor_patience
    return min(CONNECT_PATIENCE, answer), answer


def asked_to_wait(headers: Mapping[str, str]) -> timedelta | None:
    """Retry-After, as seconds or as a date (RFC 9110 10.2.3); None where it says nothing.

    Some say the date as ISO 8601 does; that is understood too.
    """
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said), DAY))
    try:
        return max(_moment(said) - utc_now(), NO_WAIT) if said else None
    except (ValueError, TypeError):
        return None


def reason_of(fault: requests.RequestException) -> object:
    """What really happened, inside of what requests and urllib3 wrap around it."""
    inner = fault.args[0] if fault.args else None
    return (inner.reason if isinstance(inner, MaxRetryError) else inner) or fault


def never_heard(fault: requests.RequestException) -> bool:
    """Certain only where no connection was made: after that somebody may have heard us."""
    return isinstance(reason_of(fault), ConnectTimeoutError | NewConnectionError | ProxyError)


def _moment(said: str) -> datetime:
    if not said[0].isdigit():
        return parsedate_to_datetime(said)
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
