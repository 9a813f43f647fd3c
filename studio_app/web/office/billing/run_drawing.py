"""How a billing run is drawn: what to bill, what to decide first, what it would write."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.deciding import (
    left_row,
    other_marks,
    present_button,
    said_of,
    undecided_row,
)
from studio_app.web.ui.buttons import button, link, link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.forms import select_field
from studio_app.web.ui.lists import Column, rows, some, table
from studio_app.web.ui.states import empty
from studio_app.web.words import _


def choice_card(state: Any) -> rx.Component:
    done = rx.el.div(
        hint("circle-check", state.written, tone="ok"),
        link_button(_("To the invoices"), routes.BILLING, "receipt"),
        class_name="flex flex-wrap gap-3 items-center mt-3",
        role="status",
    )
    return card(
        card_body(
            select_field(
                _("Bill the lessons of"),
                "span",
                state.spans,
                value=state.span,
                on_change=state.choose,
                hint=_(
                    "Anything left from before is included. Running it twice bills nothing twice."
                ),
            ),
            rx.cond(state.written != "", done, rx.fragment()),
            class_name="pt-4",
        ),
    )


def to_decide_card(state: Any) -> rx.Component:
    def one(each: Any) -> rx.Component:
        leave = state.leave(each.seat_id)
        recorded = undecided_row(
            _said(each),
            present_button(state.mark("present", each.seat_id)),
            other_marks(each.student, state.mark, each.seat_id, leave),
        )
        priced = undecided_row(
            _said(each),
            link(_("Set a price"), routes.PRICES),
            button(_("Leave for later"), kind="ghost", size="sm", on_click=leave),
        )
        return rx.cond(each.unrecorded, recorded, priced)

    why = hint(
        "circle-alert",
        _("Present and no-show are billed, excused is not. What is left for later comes back."),
    )
    listed = card(
        card_body(why),
        rows(state.undecided, one, empty=rx.fragment()),
        title=_("Decide these first"),
    )
    return rx.cond(some(state.undecided), listed, rx.fragment())


def _said(each: Any) -> rx.Component:
    first = rx.fragment(each.student, " · ", each.lesson)
    return said_of(first, rx.fragment(each.when, " · ", each.why))


def left_card(state: Any) -> rx.Component:
    """What this run goes on without, because somebody left it for later."""

    def one(each: Any) -> rx.Component:
        return left_row(_said(each), state.take_up(each.seat_id))

    listed = card(rows(state.left, one, empty=rx.fragment()), title=_("Left for later"))
    return rx.cond(some(state.left), listed, rx.fragment())


def preview_card(state: Any) -> rx.Component:
    def what(each: Any) -> rx.Component:
        changed = rx.el.div(each.changes, class_name="t-xs faint")
        return rx.el.div(rx.el.div(each.lines, class_name="t-sm"), changed)

    cells = (
        Column(_("Family"), lambda each: link(each.family, each.href)),
        Column(_("Lessons"), what),
        Column(_("Last time"), lambda each: rx.el.span(each.before), figures=True),
        Column(_("Now"), lambda each: rx.el.span(each.total), figures=True),
    )
    nothing = empty(
        "circle-check",
        _("Nothing to bill"),
        _("Every lesson that was held in this time is on an invoice."),
    )
    waits = some(state.undecided)
    send = button(
        _("Write and send"),
        "send",
        kind="primary",
        disabled=waits,
        on_click=state.write_and_send,
    )
    keep = button(_("Write drafts"), "pencil", disabled=waits, on_click=state.write)
    foot = rx.el.div(
        rx.el.span(_("Together"), " ", rx.el.b(state.total, class_name="num"), class_name="flex-1"),
        keep,
        send,
        class_name="row flex-wrap",
    )
    return card(
        table(_("What will be billed"), cells, state.families, empty=nothing),
        rx.cond(some(state.families), foot, rx.fragment()),
        title=state.period,
    )
