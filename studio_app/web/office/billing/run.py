"""The billing run: look at it, decide what is open, send it. Two taps when nothing is."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.billing.frame import billing_shell
from studio_app.web.office.billing.run_state import RunState
from studio_app.web.ui.buttons import button, link, link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import choice, option
from studio_app.web.ui.forms import select_field
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.pages import columns, stack
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = RunState
    main = stack(_to_decide(state), _families(state))
    return billing_shell(
        routes.BILLING_RUN,
        loaded(
            state,
            columns(main, _summary(state)),
            skeleton=skeleton_block("h-96"),
            on_retry=RunState.load,
        ),
    )


def _summary(state: Any) -> rx.Component:
    span = select_field(
        _("What to bill"), "span", state.spans, value=state.span, on_change=state.choose
    )
    open_ = some(state.undecided)
    nothing = ~some(state.families)
    send = button(
        _("Send {count}", count=state.count), "send", kind="primary", size="lg", block=True,
        disabled=open_ | nothing, on_click=state.send(state.key),
    )  # fmt: skip
    draft = button(
        _("Only make drafts"), "file-pen", block=True, disabled=open_ | nothing,
        on_click=state.draft(state.key),
    )  # fmt: skip
    wait = hint(
        "list-checks", _("Decide the lessons first: nothing is billed silently."), tone="warn"
    )
    left = rx.el.p(state.left_said, class_name="t-sm dim")
    return card(
        card_body(
            rx.el.div(
                span,
                rx.el.div(
                    rx.el.p(state.total, class_name="num figure-lg"),
                    rx.el.p(state.count, " · ", state.period, class_name="dim"),
                ),
                rx.cond(open_, wait, rx.fragment()),
                rx.cond(state.left_said != "", left, rx.fragment()),
                send,
                draft,
                rx.el.p(
                    _("Families get their invoices at once; they are due in 14 days."),
                    class_name="t-xs faint",
                ),
                class_name="grid gap-3 pt-4",
            )
        )
    )


def _to_decide(state: Any) -> rx.Component:
    leave_all = button(_("Leave all for later"), size="sm", on_click=state.leave_all)
    listed = card(
        rx.el.ul(rx.foreach(state.undecided, _decide), class_name="rows"),
        title=_("To decide first"),
        action=leave_all,
    )
    return rx.cond(some(state.undecided), listed, rx.fragment())


def _decide(one: Any) -> rx.Component:
    state: Any = RunState
    marks = [
        option("present", "", icon="check", look="a-present", says=_("Present")),
        option("no_show", "", icon="away", look="a-no_show", says=_("No-show")),
        option("excused", "", icon="cross", look="a-excused", says=_("Excused")),
    ]
    mark = choice(
        _("Attendance of {name}", name=one.student), "unmarked", marks,
        look="att att--mini", marker=one.seat_id, rev=state.rev, on_choose=state.decide,
    )  # fmt: skip
    price = link_button(_("Set a price"), routes.BILLING_PRICES, "tag", size="sm")
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.student, class_name="font-medium"),
            rx.el.p(one.detail, class_name="t-sm dim"),
            class_name="flex-1 min-w-0",
        ),
        rx.cond(one.unpriced, price, mark),
        button(_("Later"), kind="ghost", size="sm", on_click=state.leave(one.seat_id)),
        class_name="row row--wrap",
    )


def _families(state: Any) -> rx.Component:
    nothing = empty(
        "circle-check",
        _("Nothing left to bill"),
        _("What was held in this time is on an invoice already."),
        link_button(_("Look at the invoices"), routes.BILLING_INVOICES, "receipt"),
        level=2,
    )
    return card(
        rows(state.families, _family, empty=nothing),
        title=_("What each family would get"),
    )


def _family(one: Any) -> rx.Component:
    def line(each: Any) -> rx.Component:
        return rx.el.div(
            rx.el.span(each.quantity, " × ", each.title, class_name="min-w-0"),
            rx.el.span(each.amount, class_name="num"),
            class_name="flex-line t-sm dim",
        )

    def change(words: Any) -> rx.Component:
        return rx.el.span(words, class_name="badge tone-info")

    last = rx.el.span(_("last time {amount}", amount=one.last_total), class_name="t-xs faint num")
    return rx.el.li(
        rx.el.div(
            link(one.family, one.href),
            rx.el.span(
                rx.cond(one.last_total != "", last, rx.fragment()),
                rx.el.b(one.total, class_name="num"),
                class_name="inline-flex items-baseline gap-3",
            ),
            class_name="flex-line",
        ),
        rx.foreach(one.lines, line),
        rx.el.div(rx.foreach(one.changes, change), class_name="badges"),
        class_name="entry",
    )
