"""Words that are kept with money, so that they can be said in any language later."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from studio_app.kit.formats import say_date, say_day, say_money
from studio_app.kit.money import Money
from studio_app.kit.words import Text

Kept = dict[str, Any]
"""JSON: `{"msgid", "plural", "params"}`; dates, money and sentences inside keep their kind."""


def keep(text: Text) -> Kept:
    """What to store of a sentence: its message id and its values, not its English."""
    params = {name: _kept(value) for name, value in text.params.items()}
    return {"msgid": text.msgid, "plural": text.plural, "params": params}


def sentence(kept: Kept) -> Text:
    """What was kept, as a sentence again: to say the same once more."""
    return Text(kept["msgid"], kept["params"], kept["plural"])


def recall(kept: Mapping[str, Any], locale: str) -> str:
    """The stored sentence in the reader's language, with their way of writing money and dates."""
    if not kept:
        return ""
    params = {name: _said(value, locale) for name, value in kept["params"].items()}
    return Text(kept["msgid"], params, kept["plural"]).say(locale)


def _kept(value: Any) -> Any:
    match value:
        case Text():
            return keep(value)
        case Money():
            return {"minor": value.minor, "currency": value.currency}
        case date():
            return {"date": value.isoformat()}
        case list() | tuple():
            return {"dates": [day.isoformat() for day in cast("Sequence[date]", value)]}
        case _:
            return value


def _said(value: Any, locale: str) -> Any:
    match value:
        case {"msgid": _}:
            return recall(cast("Kept", value), locale)
        case {"minor": int(minor), "currency": str(currency)}:
            return say_money(Money(minor, currency), locale)
        case {"date": str(day)}:
            return say_date(date.fromisoformat(day), locale)
        case {"dates": days}:
            said = [say_day(date.fromisoformat(day), locale) for day in cast("list[str]", days)]
            return ", ".join(said)
        case _:
            return value
