"""What one kind of message is: what it is about, which ways it takes, and when."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from studio_app.kit.words import Text
from studio_app.messaging.rules.ways import FIXED, Category, Channel

_ALWAYS = ("name", "first_name", "studio", "link")


class Quiet(Enum):
    """What becomes of a message in quiet hours."""

    WAITS = "waits"
    COMES_EARLIER = "comes earlier"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: what it is about, which ways it takes, and when."""

    name: str
    label: Text
    category: Category
    about: str
    """The name of the subject that knows its words; see `messaging.subjects`."""
    channels: tuple[Channel, ...]
    words: tuple[str, ...] = ()
    """What its template may say, beside what every message may."""
    button: Text | None = None
    quiet: Quiet = Quiet.WAITS
    held: timedelta = timedelta()
    off: tuple[Channel, ...] = ()
    """Ways it can take, but does not unless the studio wants it."""
    explicit: bool = False
    """Somebody pressed a button for it: it goes out before the studio tells families of changes."""

    @property
    def known_words(self) -> tuple[str, ...]:
        return (*_ALWAYS, *self.words)

    @property
    def can_be_switched(self) -> bool:
        """Whether a studio may choose its ways: not where nobody could sign in without it."""
        return self.category is not Category.ACCOUNT

    @property
    def can_be_muted(self) -> bool:
        return self.category not in FIXED
