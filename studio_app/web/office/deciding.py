"""A lesson of which nobody has said what became of it: one tap for the usual, a menu for the rest.

The same row on the page of unmarked lessons and in front of a billing run.
"""

from typing import Any

import reflex as rx

from studio_app.web.ui.buttons import Words, button, icon_button
from studio_app.web.ui.lists import acting_row
from studio_app.web.ui.menus import menu, menu_item, menu_line
from studio_app.web.words import _


def said_of(first: Any, second: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(first, class_name="t-sm font-medium"),
        rx.el.div(second, class_name="t-xs faint"),
        class_name="flex-1 min-w-0",
    )


def undecided_row(
    said: rx.Component, present: rx.Component, rest: rx.Component, *more: Any
) -> rx.Component:
    """`rest` is the menu of the row."""
    acts = rx.el.div(present, rest, class_name="flex items-center gap-2")
    return rx.fragment(acting_row(said, acts), *more)


def present_button(on_click: Any, words: Words = "") -> rx.Component:
    return button(words or _("Present"), "check", size="sm", on_click=on_click)


def other_marks(name: Words, mark: Any, about: Any, leave: Any = None) -> rx.Component:
    """What else can be said of `name`: `mark(outcome, about)`, or leaving it for later."""
    later = []
    if leave is not None:
        later = [menu_line(), menu_item(_("Leave for later"), "hourglass", on_select=leave)]
    return menu(
        icon_button("ellipsis", _("Other marks for {name}", name=name), size="sm"),
        menu_item(_("Late"), "timer", on_select=mark("late", about)),
        menu_item(_("No-show"), "user-x", on_select=mark("no_show", about)),
        menu_item(_("Excused"), "ban", on_select=mark("excused", about)),
        *later,
    )


def left_row(said: rx.Component, take_up: Any) -> rx.Component:
    """What somebody has left for later, and taking it up again."""
    return acting_row(said, button(_("Ask again"), kind="ghost", size="sm", on_click=take_up))
