"""What the mail, text and push servers can answer, in our own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

from studio_app.kit.clock import utc_now
from studio_app.kit.settings import settings
from studio_app.kit.words import Text

CONNECT_PATIENCE = 5.0  # seconds; a server that is there answers the door at once
NO_WAIT = timedelta()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The vendor has taken the message over; its name for it."""

    provider_id: str


class Undeliverable(Exception):
    """Never try this address again with this message: the sentence says why."""

    def __init__(self, code: str, sentence: Text) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence


class OptedOut(Undeliverable):
    """The recipient has told the vendor that they want no more."""


class Doubtful(Exception):
    """Handed over, and the answer was lost: nobody knows whether it arrived.

    Sending it again by itself might say it twice, so only a person or a look at the
    vendor's own list settles it.
    """


def patience() -> tuple[float, float]:
    """Seconds to wait for a connection, and for each answer after it."""
    answer = settings().studio_vendor_patience
    return min(CONNECT_PATIENCE, answer), answer


def asked_to_wait(headers: Mapping[str, str]) -> timedelta | None:
    """Retry-After, as seconds or as a date (RFC 9110 10.2.3); None where it says nothing."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said), 86_400))
    try:
        return max(parsedate_to_datetime(said) - utc_now(), NO_WAIT) if said else None
    except (ValueError, TypeError):
        return None
