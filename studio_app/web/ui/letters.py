"""Writing what is sent: words to put in, and how a letter, a text or a notification would read."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_base.vars.base import Var

from studio_app.web.ui.buttons import Words
from studio_app.web.ui.scripts import script


class InsertWords(rx.Component):
    library = script("insert_words.jsx")
    tag = "InsertWords"
    words: Var[list[str]]
    label: Var[str]
    targets: Var[list[str]]
    word_class: Var[str]


def insert_words(label: Words, words: Any, *, into: Sequence[str]) -> rx.Component:
    """Buttons that put `{{ word }}` where the caret is, in the fields with these ids."""
    return InsertWords.create(
        words=words, label=label, targets=list(into), class_name="words", word_class="word"
    )


def letter_frame(title: Words, html: Words) -> rx.Component:
    """A letter as a mail program shows it: no script of it runs, no link of it leads anywhere."""
    return rx.el.iframe(src_doc=html, sandbox="", title=title, class_name="letter")


def bubble(words: Words) -> rx.Component:
    """A text as a telephone shows it."""
    return rx.el.p(words, class_name="bubble t-sm")
