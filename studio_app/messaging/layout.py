"""A letter's look, in HTML and in plain text, from the same words.

Jinja escapes, MJML (mrml) makes the tables that mail programs understand; the colours are those
of the product's own stylesheet, light and dark.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from unicodedata import category

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from studio_app.kit.settings import ROOT

TEMPLATES = Path(__file__).parent / "templates"
TOKENS = ROOT / "assets" / "tokens.css"
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b")
_BLANK_LINES = re.compile(r"\n{3,}")

Link = tuple[str, str]
"""What it says and where it leads."""


def dressed(
    *,
    studio: str,
    heading: str,
    paragraphs: Sequence[str],
    button: Link | None,
    rows: Sequence[tuple[str, str]] = (),
    footer: Sequence[str],
    unsubscribe: Link | None,
    locale: str,
) -> tuple[str, str]:
    """The letter as HTML and as plain text. `rows` are label and value: When, Where, With.

    Every word may come from a stranger: it is shown, never obeyed. A line break in a paragraph,
    a value or a footer stays one.
    """
    words = {
        "studio": _legible(studio),
        "heading": _legible(heading),
        "paragraphs": [_legible(paragraph) for paragraph in paragraphs],
        "rows": [(_legible(label), _legible(value)) for label, value in rows],
        "button": button and (_legible(button[0]), button[1]),
        "footer": [_legible(line) for line in footer],
        "unsubscribe": unsubscribe and (_legible(unsubscribe[0]), unsubscribe[1]),
        "locale": locale,
    }
    light, dark = _colours()
    source = _layout("layout.mjml.j2").render(**words, light=light, dark=dark)
    plain = _layout("layout.txt.j2").render(**words)
    return mrml.to_html(source).content, _BLANK_LINES.sub("\n\n", plain).strip() + "\n"


def _legible(words: str) -> str:
    """Without the control signs that no mail program and no XML may meet."""
    return "".join(sign for sign in words if sign in "\n\t" or category(sign) not in {"Cc", "Cs"})


@cache
def _layout(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=name.endswith(".mjml.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


@cache
def _colours() -> tuple[dict[str, str], dict[str, str]]:
    """The tokens that are plain colours, for a light and for a dark screen."""
    light, _dark, dark = TOKENS.read_text().partition(".dark {")
    return dict(_COLOUR.findall(light)), dict(_COLOUR.findall(dark.partition("}")[0]))
