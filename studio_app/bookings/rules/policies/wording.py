"""Putting sentences together, and saying them: money and dates inside are values till then."""

from collections.abc import Sequence

from studio_app.billing.rules.words import keep, recall
from studio_app.kit.words import Text, _, many


def say(text: Text, locale: str) -> str:
    """The sentence in the reader's language, with their way of writing money and dates."""
    return recall(keep(text), locale)


def all_of(parts: Sequence[Text]) -> Text:
    """One, two and three."""
    return _joined(parts, both=_BOTH)


def any_of(parts: Sequence[Text]) -> Text:
    """One, two or three."""
    return _joined(parts, both=_EITHER)


def span_words(span: str) -> Text:
    """24 h → 24 hours"""
    number, unit = span.split(" ")
    match unit:
        case "min":
            return many("{n} minute", "{n} minutes", n=int(number))
        case "h":
            return many("{n} hour", "{n} hours", n=int(number))
        case _:
            return many("{n} day", "{n} days", n=int(number))


_BOTH = _("{first} and {last}")
_EITHER = _("{first} or {last}")


def _joined(parts: Sequence[Text], *, both: Text) -> Text:
    said = parts[0]
    for one in parts[1:-1]:
        said = _("{first}, {next}", first=said, next=one)
    return Text(both.msgid, {"first": said, "last": parts[-1]}) if len(parts) > 1 else said
