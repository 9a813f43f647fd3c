"""What the mail, text and push servers can answer, in our own words."""

from dataclasses import dataclass

from studio_app.kit.words import Text


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
