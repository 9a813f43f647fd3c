"""Cards, figures, rows that need somebody, and lists of facts."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from studio_app.web.ui.buttons import Words
from studio_app.web.ui.icons import icon, tile

Tone = Literal["accent", "ok", "warn", "bad", "info", "mute"]


def card(
    *children: Any, title: Any = "", action: rx.Component | None = None, **props: Any
) -> rx.Component:
    head = rx.el.div(
        rx.el.h2(title, class_name="t-h3"), action or rx.fragment(), class_name="card__h"
    )
    more = props.pop("class_name", "")
    return rx.el.section(
        *([head] if isinstance(title, rx.Var | rx.Component) or title else []),
        *children,
        class_name=f"card {more}".strip(),
        **props,
    )


def card_body(*children: Any, **props: Any) -> rx.Component:
    more = props.pop("class_name", "")
    return rx.el.div(*children, class_name=f"card__b {more}".strip(), **props)


def stat_card(
    label: Words,
    figure: Words,
    *,
    note: Any = "",
    tone: Tone = "mute",
    picture: rx.Component | None = None,
) -> rx.Component:
    """One figure with its name, a line about it and perhaps a small picture."""
    return card(
        rx.el.p(label, class_name="t-sm dim"),
        rx.el.div(
            rx.el.span(figure, class_name="stat__figure num"),
            picture or rx.fragment(),
            class_name="stat__line",
        ),
        rx.el.p(note, class_name=f"t-xs stat__note tone-text-{tone}"),
        class_name="stat",
    )


def stats(*cards: rx.Component) -> rx.Component:
    return rx.el.div(*cards, class_name="stats")


def needs_you_row(
    icon_name: str, tone: Tone, words: Words, detail: Words, action: rx.Component
) -> rx.Component:
    """Something that waits for a person, and the one button that deals with it."""
    return rx.el.li(
        tile(icon_name, tone),
        rx.el.div(
            rx.el.div(words, class_name="t-sm font-medium"),
            rx.el.div(detail, class_name="t-xs faint truncate"),
            class_name="flex-1 min-w-0",
        ),
        action,
        class_name="row",
    )


def facts(*pairs: tuple[str, Words, Any]) -> rx.Component:
    """Facts about one thing: icon, name for the screen reader, what it is."""
    return rx.el.dl(
        *[
            rx.el.div(
                rx.el.dt(icon(icon_name, 15), rx.el.span(name, class_name="sr")),
                rx.el.dd(fact, class_name="t-sm min-w-0"),
                class_name="fact",
            )
            for icon_name, name, fact in pairs
        ],
        class_name="facts",
    )


def labelled_facts(pairs: Sequence[tuple[Words, Any]]) -> rx.Component:
    """Facts side by side with their names above: the head of an invoice."""
    return rx.el.dl(
        *[
            rx.el.div(
                rx.el.dt(name, class_name="t-xs faint"),
                rx.el.dd(fact, class_name="t-sm font-medium"),
            )
            for name, fact in pairs
        ],
        class_name="fact-line",
    )


def hint(icon_name: str, words: Any, *, tone: Tone = "accent") -> rx.Component:
    """A sentence on a coloured ground: a policy, last week's focus, what to know."""
    return rx.el.div(icon(icon_name, 16), rx.el.span(words), class_name=f"hint tone-{tone} t-sm")
