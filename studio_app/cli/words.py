"""Collects every word a person may see into the catalogues: `./studio words`."""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from studio_app.cli.console import say
from studio_app.kit.settings import ROOT
from studio_app.kit.words import Labelled, catalogue_file

APP = ROOT / "studio_app"
LANGUAGES = ("en-US", "fr")  # the source is written in en-GB
SAMPLES = "web/public/gallery"  # the design kit's sample texts stay English
KEYWORDS = {"_": None, "unsaid": None, "many": (1, 2), "unsaid_many": (1, 2)}


def words(_words: list[str]) -> None:
    """Write what is new into each catalogue, drop what is gone, and count what is missing."""
    for language in LANGUAGES:
        catalogue = updated(language)
        path = catalogue_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, omit_header=False, no_location=True)
        missing = sum(1 for message in catalogue if message.id and not message.string)
        say(f"{language}: {len(catalogue)} sentences, {missing} not translated")


def updated(language: str) -> Catalog:
    """The catalogue of a language with exactly the sentences that the code has now."""
    locale = language.replace("-", "_")
    path = catalogue_file(language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    else:
        catalogue = Catalog(locale=locale, project="Cadenza", header_comment="# Cadenza")
    template = Catalog()
    for msgid in sorted(collected(), key=str):
        template.add(msgid)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    return catalogue


def collected() -> set[str | tuple[str, ...]]:
    """Every sentence in the code: a string, or a pair of singular and plural."""
    found = extract_from_dir(str(APP), [("**.py", "python")], keywords=KEYWORDS)
    said = {msgid for name, _, msgid, _, _ in found if msgid and not name.startswith(SAMPLES)}
    return {*said, *_labels()}


def _labels() -> Iterator[str]:
    for path in sorted(APP.glob("*/**/*.py")):
        if "Labelled" not in path.read_text():
            continue
        module = importlib.import_module(_module(path))
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Labelled):
                yield from (member.label.msgid for member in kind)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
