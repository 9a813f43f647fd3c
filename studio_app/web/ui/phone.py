"""Parts of phone pages: headings of lists, rows of lessons, the card of what is now."""

from typing import Any

import reflex as rx

from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.buttons import Words
from studio_app.web.ui.cards import card
from studio_app.web.ui.icons import icon


def lead(words: Words, *right: Any) -> rx.Component:
    """The heading of a list, with what belongs to all of it on the right."""
    return rx.el.div(rx.el.h2(words, class_name="t-over"), *right, class_name="lead-line")


def listed(rows: Any, one: Any) -> rx.Component:
    """A card of rows."""
    return card(rx.el.ul(rx.foreach(rows, one), class_name="rows"))


def waiting_list(words: Words, count: Any, rows: Any, one: Any) -> rx.Component:
    """A red count that opens into rows: what was forgotten, without pushing today away."""
    line = rx.el.summary(
        rx.el.span(count, class_name="waiting__count num"),
        rx.el.span(words, class_name="flex-1"),
        icon("chevron-down", 18),
        class_name="row waiting__line",
    )
    return rx.el.details(line, rx.el.ul(rx.foreach(rows, one)), class_name="card waiting")


def timed_row(time: Words, *children: Any, over: Any = False) -> rx.Component:
    """A row that begins with a time; `over` greys the time."""
    look = rx.cond(over, "row__time num faint", "row__time num")
    return rx.el.li(rx.el.span(time, class_name=look), *children, class_name="row row--timed")


def who(name: Words, *detail: Any, struck: Any = False) -> rx.Component:
    """A name and what belongs to it, in the middle of a row."""
    look = rx.cond(struck, "font-medium line-through faint", "font-medium")
    return rx.el.div(
        rx.el.div(name, class_name=look),
        rx.el.div(*detail, class_name="t-sm dim row__detail"),
        class_name="flex-1 min-w-0",
    )


def big_person(initials: Words, name: Words, detail: Words, colour: Words) -> rx.Component:
    """The person a card is about."""
    return rx.el.div(
        avatar(initials, colour, size="lg"),
        rx.el.div(
            rx.el.h2(name, class_name="t-person"),
            rx.el.p(detail, class_name="dim"),
            class_name="min-w-0",
        ),
        class_name="flex items-center gap-3 min-w-0 flex-1",
    )


def card_line(*children: Any) -> rx.Component:
    """The first line of a card: what it is on the left, its state on the right."""
    return rx.el.div(*children, class_name="card-line")


def date_tile(month: Words, day: Words) -> rx.Component:
    """A leaf of the calendar; the date is said in words beside it."""
    return rx.el.div(
        rx.el.span(month), rx.el.b(day, class_name="num"), class_name="date-tile", aria_hidden=True
    )


def small_print(*children: Any) -> rx.Component:
    return rx.el.p(*children, class_name="small-print")
