"""Lists and tables. On a phone a table becomes a list of small cards; both have empty sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.web.ui.buttons import Words, button
from studio_app.web.words import _


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what a cell shows of a row, and whether figures stand right."""

    heading: Words
    cell: Callable[[Any], Any]
    figures: bool = False


def table(
    caption: Words, columns: Sequence[Column], rows: Any, *, empty: rx.Component
) -> rx.Component:
    """`rows` is a var of frozen values; `caption` names the table for the screen reader."""
    heads = [
        rx.el.th(column.heading, scope="col", class_name="r" if column.figures else "")
        for column in columns
    ]

    def shown(row: Any) -> rx.Component:
        return rx.el.tr(*[_cell(column, row) for column in columns])

    filled = rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr"),
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(rx.foreach(rows, shown)),
            class_name="tbl tbl--cards",
        ),
        class_name="tbl-box",
        tab_index=0,
        role="region",
        aria_label=caption,
    )
    return rx.cond(rows.length() > 0, filled, empty)


def _cell(column: Column, row: Any) -> rx.Component:
    return rx.el.td(
        column.cell(row),
        class_name="r num" if column.figures else "",
        custom_attrs={"data-label": column.heading},
    )


def rows(items: Any, one: Callable[[Any], rx.Component], *, empty: rx.Component) -> rx.Component:
    """A list of rows made by `one`, or the empty sentence."""
    listed = rx.el.ul(rx.foreach(items, one), class_name="rows")
    return rx.cond(items.length() > 0, listed, empty)


def row(*children: Any, href: Words = "", **props: Any) -> rx.Component:
    """One row; with `href` the whole row leads there."""
    if isinstance(href, rx.Var) or href:
        inner = rx.el.a(*children, href=href, class_name="row row--link", **props)
        return rx.el.li(inner)
    return rx.el.li(*children, class_name="row", **props)


def acting_row(words: Any, actions: Any) -> rx.Component:
    """What it is and what can be done with it; under each other on a phone."""
    return rx.el.li(words, actions, class_name="row row--acts")


def toolbar(*children: Any) -> rx.Component:
    """Search, filters and the count above a list."""
    return rx.el.div(*children, class_name="toolbar")


def some(items: Any) -> Any:
    """Whether a list of a state has anything in it."""
    return items.length() > 0


def pager(number: Any, *, more: Any, on_back: Any, on_next: Any) -> rx.Component:
    """Under a list that is shown a page at a time; nothing while all of it is on one page."""
    buttons = rx.el.nav(
        button(_("Back"), "chevron-left", kind="ghost", disabled=number <= 1, on_click=on_back),
        rx.el.span(_("Page"), " ", number, class_name="t-sm dim num"),
        button(_("Next"), "chevron-right", kind="ghost", disabled=~more, on_click=on_next),
        class_name="pager",
        aria_label=_("Pages"),
    )
    return rx.cond(more | (number > 1), buttons, rx.fragment())
