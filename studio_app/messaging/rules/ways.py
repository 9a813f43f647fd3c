"""By which ways messages reach people, and what people may mute as one thing."""

from studio_app.kit.words import Labelled, Text, _


class Channel(Labelled):
    """How a message reaches somebody."""

    EMAIL = "email"
    TEXT = "text"
    PUSH = "push"
    INBOX = "inbox"

    @property
    def label(self) -> Text:
        return _CHANNEL_LABELS[self]


_CHANNEL_LABELS = {
    Channel.EMAIL: _("E-mail"),
    Channel.TEXT: _("Text message"),
    Channel.PUSH: _("Notification"),
    Channel.INBOX: _("In Cadenza"),
}


class Category(Labelled):
    """What somebody may mute, as one thing."""

    ACCOUNT = "account"
    LESSONS = "lessons"
    REMINDERS = "reminders"
    PRACTICE = "practice"
    BILLING = "billing"
    LETTERS = "letters"
    OFFICE = "office"
    NEWS = "news"

    @property
    def label(self) -> Text:
        return _CATEGORY_LABELS[self]


_CATEGORY_LABELS = {
    Category.ACCOUNT: _("Signing in"),
    Category.LESSONS: _("Changes of lessons"),
    Category.REMINDERS: _("Reminders"),
    Category.PRACTICE: _("What to practise"),
    Category.BILLING: _("Invoices and payments"),
    Category.LETTERS: _("Letters of the studio"),
    Category.OFFICE: _("The studio’s day"),
    Category.NEWS: _("News and offers"),
}
FIXED = frozenset({Category.ACCOUNT, Category.BILLING})
"""What nobody can mute: who asked for it, or owes it, has to hear of it."""
