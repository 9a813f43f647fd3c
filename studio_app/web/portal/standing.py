"""Something that somebody asked for or is asked about: what it is, where it stands, what to do."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.ui.buttons import Words, link_button
from studio_app.web.ui.cards import card, card_body, facts, hint
from studio_app.web.words import _

Fact = tuple[str, Words, Any]
"""Icon, name for the screen reader, what it is."""


def standing_card(
    title: Any,
    sentence: Any,
    known: tuple[Fact, ...],
    *actions: Any,
    icon: str = "info",
    mark: Any = None,
    more: Any = None,
) -> rx.Component:
    """`mark` is a badge beside the title, `more` a line below the sentence; the last action is
    always the way home."""
    head = rx.el.div(
        rx.el.h2(title, class_name="t-h2 num"),
        mark or rx.fragment(),
        class_name="flex flex-wrap items-center justify-between gap-2 pt-4",
    )
    home = link_button(_("Home"), routes.PORTAL, "house", block=True)
    return card(
        card_body(
            head,
            rx.el.div(hint(icon, rx.fragment(sentence)), class_name="my-3", role="status"),
            more or rx.fragment(),
            facts(*known),
            rx.el.div(*actions, home, class_name="grid gap-2 mt-4"),
        ),
        class_name="card--now",
    )
