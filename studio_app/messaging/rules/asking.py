"""The sentences by which somebody allows messages: what was ticked is what is kept.

Source: 47 CFR 64.1200(f)(9) (who writes, to which number, not a condition of any purchase);
CTIA Messaging Principles 5.1 (rates, how to end them, how to get help).
"""

from studio_app.kit.words import Text, _
from studio_app.messaging.rules.kinds import Category, Channel
from studio_app.messaging.rules.states import Purpose

ASKED = (
    (Channel.TEXT, Purpose.SERVICE),
    (Channel.EMAIL, Purpose.MARKETING),
    (Channel.TEXT, Purpose.MARKETING),
)
"""What nobody gets without a recorded yes: the way, and what for."""


def texts_sentence(studio: str, phone: str) -> Text:
    return _(
        "Yes, {studio} may text me about lessons at {phone}. How often depends on the lessons. "
        "Message and data rates may apply. Reply STOP to end, HELP for help.",
        studio=studio,
        phone=phone,
    )


def news_sentence(studio: str, channel: Channel, address: str) -> Text:
    if channel is Channel.TEXT:
        return _(
            "Yes, {studio} may text me news and offers at {phone}. Nothing I buy depends on it. "
            "Message and data rates may apply. Reply STOP to end.",
            studio=studio,
            phone=address,
        )
    return _(
        "Yes, {studio} may send me news and offers at {address}. I can end this at any time.",
        studio=studio,
        address=address,
    )


def sentence(studio: str, channel: Channel, purpose: Purpose, address: str) -> Text:
    """What somebody agrees to by this way, for this purpose, at this address."""
    if purpose is Purpose.SERVICE:
        return texts_sentence(studio, address)
    return news_sentence(studio, channel, address)


ABOUT = {
    Category.ACCOUNT: _("Links to sign in, and answers to what you write."),
    Category.LESSONS: _("Booked, moved, cancelled, running late."),
    Category.REMINDERS: _("Before each lesson."),
    Category.PRACTICE: _("What to work on, after a lesson."),
    Category.BILLING: _("Invoices and receipts."),
    Category.LETTERS: _("What the studio writes to several families, or to you."),
    Category.OFFICE: _("What arrives for the office, and the day ahead."),
    Category.NEWS: _("Concerts, holiday courses, offers."),
}
"""What each category is, in a line."""
