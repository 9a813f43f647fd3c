"""What a subject tells of itself, to one person, as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass

from studio_app.kit.words import Text
from studio_app.kit.work import Work
from studio_app.messaging.access.recipients import Recipient
from studio_app.messaging.access.studio import House
from studio_app.messaging.email_gateway import Attachment
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Telling:
    """A message about to be written: to whom, in which language, in whose studio."""

    work: Work
    message: Message
    recipient: Recipient
    house: House
    language: str
    wording: Wording | None = None
    """Words to try, in place of those that count"""
    rehearsed: bool = False
    """Nobody is told: it is said of the thing whatever its state, with bare addresses"""

    def say(self, text: Text) -> str:
        return text.say(self.language)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a message, where its link leads, and what comes with its letter."""

    words: Mapping[str, str]
    path: str
    rows: tuple[tuple[str, str], ...] = ()
    calendar: bytes | None = None
    calendar_method: str = "PUBLISH"
    attached: tuple[Attachment, ...] = ()
    link: str = ""
    """An address of its own, in place of a link that signs in"""


Answer = Told | Text
"""What to tell, or the reason why there is nothing to tell any more."""
