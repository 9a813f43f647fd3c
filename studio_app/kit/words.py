"""Words a person may see: written in English where they are needed, said in their language.

`_("Lesson with {name}", name=...)` is a value. It becomes a string only when somebody's
language is known: in a refusal shown to its actor, in a page built for one language.
"""

import gettext
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parents[1] / "locale"
SOURCE_LOCALE = "en-GB"
PSEUDO_LOCALE = "en-XA"  # bracketed, accented English: text outside the catalogue stands out
_ACCENTS = str.maketrans("aeiouyAEIOUYcnCN", "áéíóúýÁÉÍÓÚÝçñÇÑ")

speaking: ContextVar[str] = ContextVar("speaking", default=SOURCE_LOCALE)
"""The language `str(text)` is said in: the page build's, or the request's."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that has not been said yet."""

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    plural: str | None = None

    def say(self, locale: str) -> str:
        """The sentence in that language; values that are Text themselves are said too."""
        said = {k: v.say(locale) if isinstance(v, Text) else v for k, v in self.params.items()}
        template = _template(self, locale)
        return template.format_map(said) if said else template

    def __str__(self) -> str:
        return self.say(speaking.get())


def _(msgid: str, **params: Any) -> Text:
    return Text(msgid, params)


def many(one: str, other: str, *, n: int, **params: Any) -> Text:
    """The singular or plural sentence for n, by the rules of each language."""
    return Text(one, {"n": n, **params}, other)


class Labelled(StrEnum):
    """An enum whose members a person may read: `Status.PAID.label`."""

    @property
    def label(self) -> Text:
        return _(self.name.replace("_", " ").capitalize())


def _template(text: Text, locale: str) -> str:
    if locale == PSEUDO_LOCALE:
        chosen = text.msgid if text.plural is None or text.params["n"] == 1 else text.plural
        return pseudo(chosen)
    catalogue = _catalogue(locale)
    if text.plural is None:
        return catalogue.gettext(text.msgid)
    return catalogue.ngettext(text.msgid, text.plural, text.params["n"])


def pseudo(template: str) -> str:
    """English with accents and brackets; placeholders are left alone."""
    parts = template.replace("{", "\0{").replace("}", "}\0").split("\0")
    return "[" + "".join(p if p.startswith("{") else p.translate(_ACCENTS) for p in parts) + "]"


def catalogue_file(locale: str) -> Path:
    return CATALOGUES / locale.replace("-", "_") / "LC_MESSAGES" / "cadenza.po"


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    """Read from the .po file itself, so that no compiled copy can be forgotten."""
    source = catalogue_file(locale)
    if not source.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=locale.replace("-", "_")))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
