"""What the columns of a file mean, and which way its dates are written."""

from typing import Any

import reflex as rx

from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import option, segmented
from studio_app.web.ui.forms import folded, option_list
from studio_app.web.ui.lists import Column, table
from studio_app.web.words import _


def columns_card(state: Any) -> rx.Component:
    file = state.file
    orders = [option("day_first", _("Day first")), option("month_first", _("Month first"))]
    order = rx.el.div(
        segmented(_("Dates"), file.order, orders, on_choose=state.switch_order),
        rx.el.p(file.order_reason, " ", file.against, class_name="t-sm dim"),
        class_name="flex flex-wrap gap-3 items-center",
    )
    none = rx.el.p(_("The file has no columns."), class_name="t-sm faint")
    listed = folded(
        _("What each column means"),
        table(_("Columns"), _columns(state), state.columns, empty=none),
    )
    told = rx.el.p(
        _("Nothing is imported from these columns:"), " ", file.left_out, class_name="t-sm dim"
    )
    left_out = rx.cond(file.left_out != "", told, rx.fragment())
    return card(
        card_body(order, left_out, listed, class_name="grid gap-3"), title=_("Dates and columns")
    )


def _columns(state: Any) -> tuple[Column, ...]:
    def target(column: Any) -> rx.Component:
        choose = rx.el.select(
            option_list(state.targets),
            value=column.target,
            on_change=state.remap(column.index),
            aria_label=column.heading,
            class_name="input",
        )
        why = rx.el.p(column.why, class_name="t-xs dim mt-1")
        return rx.el.div(choose, rx.cond(column.why != "", why, rx.fragment()))

    return (
        Column(_("In your file"), lambda column: column.heading),
        Column(_("For example"), lambda column: rx.el.span(column.sample, class_name="dim")),
        Column(_("Taken as"), target),
    )
