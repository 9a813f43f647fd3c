"""Every sentence of the code is in the catalogues, and in French it is translated whole."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from studio_app.cli.words import APP, KEYWORDS, LANGUAGES, collected
from studio_app.kit.words import catalogue_file

PLACEHOLDER = re.compile(r"{\w+}")


def _catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def _messages(language: str) -> list[Any]:
    return [message for message in _catalogue(language) if message.id]


def _forms(words: Any) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _placeholders(words: Any) -> set[str]:
    return {found for form in _forms(words) for found in PLACEHOLDER.findall(form)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_has_exactly_the_sentences_of_the_code(language: str) -> None:
    # `./studio words` writes what is missing and drops what is gone.
    known = {message.id for message in _messages(language)}

    assert known ^ collected() == set()


def _said_indirectly() -> Iterator[str]:
    """Calls whose sentence does not stand in them: nobody would collect it."""
    the_words_themselves = {APP / "kit" / "words.py", APP / "web" / "words.py"}
    for path in sorted(set(APP.glob("**/*.py")) - the_words_themselves):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                sentences = call.args[: len(KEYWORDS.get(call.func.id) or (1,))]
                if call.func.id in KEYWORDS and not all(
                    isinstance(each, ast.Constant) for each in sentences
                ):
                    yield f"{path.relative_to(APP)}:{call.lineno}"


def test_every_sentence_stands_where_it_is_said() -> None:
    assert list(_said_indirectly()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_keeps_what_nobody_says_any_more(language: str) -> None:
    assert list(_catalogue(language).obsolete) == []


def test_every_sentence_is_said_in_french() -> None:
    silent = [message.id for message in _messages("fr") if not all(_forms(message.string))]

    assert silent == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    said = [message for message in _messages(language) if any(_forms(message.string))]

    assert [
        message.id for message in said if _placeholders(message.id) != _placeholders(message.string)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_all_their_forms_or_none(language: str) -> None:
    wanted = _catalogue(language).num_plurals
    counted = [message for message in _messages(language) if message.pluralizable]

    assert [
        message.id
        for message in counted
        if len(_forms(message.string)) != wanted or len(set(map(bool, _forms(message.string)))) != 1
    ] == []
