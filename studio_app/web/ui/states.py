"""What a section shows while it loads, when it is empty and when it failed. Never a blank."""

from typing import Any

import reflex as rx

from studio_app.web.ui.buttons import Words, button
from studio_app.web.ui.cards import hint
from studio_app.web.ui.icons import icon
from studio_app.web.words import _


def loaded(state: Any, *content: Any, skeleton: rx.Component, on_retry: Any) -> rx.Component:
    """The content of a `PageState` once its `@loader` has run; before that its skeleton."""
    return rx.cond(
        state.trouble != "",
        trouble(state.trouble, on_retry=on_retry),
        rx.cond(state.ready, rx.fragment(*content), skeleton),
    )


def empty(
    icon_name: str, title: Words, words: Words, *actions: rx.Component, level: int = 3
) -> rx.Component:
    """A list without rows: one sentence and the one next thing to do."""
    return rx.el.div(
        rx.el.span(icon(icon_name, 22), class_name="state__icon"),
        _heading(title, level),
        rx.el.p(words, class_name="t-sm dim state__words"),
        rx.el.div(*actions, class_name="flex flex-wrap gap-2 justify-center")
        if actions
        else rx.fragment(),
        class_name="state",
    )


def trouble(words: Words, *, on_retry: Any = None, level: int = 2) -> rx.Component:
    """What failed, said in place of what should be here, with another try."""
    again = button(_("Try again"), "rotate-cw", kind="primary", on_click=on_retry)
    return rx.el.div(
        rx.el.span(icon("cloud-off", 22), class_name="state__icon tone-bad"),
        _heading(_("This could not be loaded"), level),
        rx.el.p(words, class_name="t-sm dim state__words"),
        again if on_retry is not None else rx.fragment(),
        role="alert",
        class_name="state",
    )


def _heading(words: Words, level: int) -> rx.Component:
    tag = {2: rx.el.h2, 3: rx.el.h3, 4: rx.el.h4}[level]
    return tag(words, class_name="t-h3")


def skeleton_rows(count: int = 3) -> rx.Component:
    """Grey rows in the shape of a list, shown after 200 ms so that quick answers do not flash."""
    row = rx.el.div(
        rx.el.div(class_name="skel skel--round"),
        rx.el.div(
            rx.el.div(class_name="skel skel--line w-[55%]"),
            rx.el.div(class_name="skel skel--line w-[35%]"),
            class_name="flex-1 grid gap-2",
        ),
        rx.el.div(class_name="skel h-6 w-16"),
        class_name="flex items-center gap-3 px-4 py-3",
    )
    return _loading(*[row] * count)


def skeleton_cards(count: int = 4) -> rx.Component:
    one = rx.el.div(
        rx.el.div(class_name="skel skel--line w-[45%]"),
        rx.el.div(class_name="skel h-7 w-[60%]"),
        rx.el.div(class_name="skel skel--line w-[80%]"),
        class_name="card stat grid gap-3",
    )
    return _loading(rx.el.div(*[one] * count, class_name="stats"))


def skeleton_block(height: str = "h-64") -> rx.Component:
    return _loading(rx.el.div(class_name=f"skel {height} w-full"))


def _loading(*children: rx.Component) -> rx.Component:
    words = rx.el.span(_("Loading"), class_name="sr")
    return rx.el.div(words, *children, role="status", class_name="loading")


def problem_line(words: Words) -> rx.Component:
    """Why the form came back; nothing while there is no reason."""
    line = rx.el.div(hint("circle-alert", words, tone="bad"), role="alert")
    return rx.cond(words != "", line, rx.fragment())


def good_news(words: Words) -> rx.Component:
    return rx.el.div(hint("circle-check", words, tone="ok"), role="status")
