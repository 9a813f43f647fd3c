"""Words on pages: said at once, in the language of the build or of the person who asks.

Pages are compiled once per language, so a sentence in a component is said while the page
is built. In an event handler the guard has set `speaking` to the visitor's language.
Never keep the result in a module constant: it would be said too early.
"""

from typing import Any

from babel import Locale

from studio_app.kit.words import PSEUDO_LOCALE, Text, speaking
from studio_app.kit.words import _ as unsaid
from studio_app.kit.words import many as unsaid_many
from studio_app.web.front import front

speaking.set(front().studio_build_locale)


def _(msgid: str, **params: Any) -> str:
    """The sentence, said. Parameters may be vars of a state."""
    return str(unsaid(msgid, **params))


def many(one: str, other: str, *, n: int, **params: Any) -> str:
    """Singular or plural, said. n is a number, not a var: count on the server."""
    return str(unsaid_many(one, other, n=n, **params))


def say(words: Text | str) -> str:
    return str(words)


def weekdays() -> list[str]:
    """Monday to Sunday, as the language of the build or of the visitor says them."""
    names = Locale.parse(_spoken(), sep="-").days["stand-alone"]["wide"]
    return [names[number] for number in range(7)]


def _spoken() -> str:
    language = speaking.get()
    return "en-GB" if language == PSEUDO_LOCALE else language
