"""Parts of office pages: columns, the head of a detail page, the panel beside a list."""

from typing import Any

import reflex as rx

from studio_app.web.ui.buttons import Words, icon_button
from studio_app.web.ui.icons import icon
from studio_app.web.words import _


def columns(main: rx.Component, side: rx.Component) -> rx.Component:
    """A wide column and a narrow one; under each other where there is no room."""
    return rx.el.div(main, side, class_name="columns")


def halves(*children: Any) -> rx.Component:
    """Sections side by side in equal widths."""
    return rx.el.div(*children, class_name="halves")


def stack(*children: Any, **props: Any) -> rx.Component:
    """Sections under each other."""
    more = props.pop("class_name", "")
    look = f"grid grid-cols-1 gap-4 content-start {more}".strip()
    return rx.el.div(*children, class_name=look, **props)


def breadcrumb(*steps: tuple[Words, str]) -> rx.Component:
    """Where this page hangs: (words, path) from the top down; the page itself is the title."""
    links = []
    for words, path in steps:
        links.append(rx.el.a(words, href=path, class_name="link t-sm"))
        links.append(icon("chevron-right", 14))
    return rx.el.nav(*links, class_name="breadcrumb", aria_label=_("Where this page belongs"))


def detail_head(title: Any, detail: Words, *right: Any, mark: Any = None) -> rx.Component:
    """The head of one thing's card: its name with a status, and its figure on the right."""
    return rx.el.div(
        rx.el.div(
            rx.el.h2(title, mark or rx.fragment(), class_name="t-h1 detail__title"),
            rx.el.p(detail, class_name="dim"),
            class_name="min-w-0",
        ),
        rx.el.div(*right, class_name="detail__right"),
        class_name="detail__head",
    )


def side_panel(*children: Any, title: Words, on_close: Any) -> rx.Component:
    """What is selected, beside the list or calendar; over it on a phone."""
    return rx.el.aside(
        rx.el.div(
            rx.el.h2(title, class_name="t-over"),
            icon_button("x", _("Close"), size="sm", on_click=on_close),
            class_name="flex items-center justify-between",
        ),
        *children,
        class_name="panel",
        aria_label=title,
    )
