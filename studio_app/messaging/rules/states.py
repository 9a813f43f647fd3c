"""The life of a message."""

from studio_app.kit.words import Labelled, Text, _


class MessageStatus(Labelled):
    """WAITING → SENDING → SENT → DELIVERED, or one of the ways it ends otherwise."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    SKIPPED = "skipped"
    FAILED = "failed"
    DOUBTFUL = "doubtful"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    MessageStatus.WAITING: _("Waiting"),
    MessageStatus.SENDING: _("Being sent"),
    MessageStatus.SENT: _("Sent"),
    MessageStatus.DELIVERED: _("Delivered"),
    MessageStatus.SKIPPED: _("Not needed"),
    MessageStatus.FAILED: _("Failed"),
    MessageStatus.DOUBTFUL: _("Nobody knows"),
}
UNDELIVERED = frozenset({MessageStatus.FAILED, MessageStatus.DOUBTFUL})
"""What somebody has to look at."""


class Purpose(Labelled):
    """What a consent is for: marketing is kept apart from what the lessons need."""

    SERVICE = "service"
    MARKETING = "marketing"


class Heard(Labelled):
    """What an answer by text was understood as."""

    CONFIRMED = "confirmed"
    CANNOT_COME = "cannot_come"
    OPTED_OUT = "opted_out"
    OPTED_IN = "opted_in"
    HELP = "help"
    ASKED_BACK = "asked_back"
    WORDS = "words"

    @property
    def label(self) -> Text:
        return _HEARD_LABELS[self]


_HEARD_LABELS = {
    Heard.CONFIRMED: _("Will come"),
    Heard.CANNOT_COME: _("Cannot come"),
    Heard.OPTED_OUT: _("Wants no more texts"),
    Heard.OPTED_IN: _("Wants texts again"),
    Heard.HELP: _("Asked for help"),
    Heard.ASKED_BACK: _("Was asked which lesson"),
    Heard.WORDS: _("Wrote something"),
}
