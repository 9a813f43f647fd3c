"""The parts of an invoice's page: its lines and sums, how they came about, what has settled it."""

from typing import Any

import reflex as rx

from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import Words
from studio_app.web.ui.cards import card
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import some
from studio_app.web.ui.progress import audit_step
from studio_app.web.words import _

STATUSES = ("draft", "sent", "due", "overdue", "part_paid", "paid", "void", "written_off")


def document_badges(statuses: Any) -> rx.Component:
    """Overdue and part-paid may stand together."""
    each = rx.foreach(statuses, lambda status: status_badge(status, *STATUSES))
    return rx.el.span(each, class_name="badges")


def document_lines(lines: Any, caption: Words) -> rx.Component:
    """On a phone quantity and price stand under the words, not in columns of their own."""

    def one(line: Any) -> rx.Component:
        each = rx.el.span(line.quantity, " × ", line.unit, class_name="lines__each num")
        return rx.el.tr(
            rx.el.td(
                rx.el.div(line.title, class_name="font-medium"),
                rx.el.div(line.detail, class_name="t-sm dim"),
                rx.cond(line.unit != "", each, rx.fragment()),
            ),
            rx.el.td(line.quantity, class_name="r num lines__wide"),
            rx.el.td(line.unit, class_name="r num lines__wide"),
            rx.el.td(line.amount, class_name="r num font-medium"),
        )

    heads = rx.el.tr(
        rx.el.th(_("Description"), scope="col"),
        rx.el.th(_("Quantity"), scope="col", class_name="r lines__wide"),
        rx.el.th(_("Price"), scope="col", class_name="r lines__wide"),
        rx.el.th(_("Amount"), scope="col", class_name="r"),
    )
    return rx.el.table(
        rx.el.caption(caption, class_name="sr"),
        rx.el.thead(heads),
        rx.el.tbody(rx.foreach(lines, one)),
        class_name="tbl lines",
    )


def sums(figures: Any, total: Words, amount: Words) -> rx.Component:
    """Subtotal, taxes, what was paid; and under a line what is left."""

    def one(figure: Any) -> rx.Component:
        return rx.el.div(
            rx.el.dt(figure.words), rx.el.dd(figure.amount, class_name="num"), class_name="sum"
        )

    last = rx.el.div(
        rx.el.dt(total), rx.el.dd(amount, class_name="num"), class_name="sum sum--total"
    )
    return rx.el.dl(rx.foreach(figures, one), last, class_name="sums")


def computation(document: Any) -> rx.Component:
    """Every step with its formula, its sources and the sum so far; worked out again just now."""

    def source(label: Any) -> rx.Component:
        return rx.el.span(icon("link-2", 12), label, class_name="source")

    def step(one: Any) -> rx.Component:
        sources = rx.el.div(rx.foreach(one.sources, source), class_name="sources")
        said = rx.cond(some(one.sources), sources, rx.fragment())
        running = rx.fragment("= ", one.running)
        return audit_step(one.number, one.title, one.formula, said, one.result, running)

    return rx.el.ol(rx.foreach(document.steps, step), class_name="audit")


def recomputed(matches: Any) -> rx.Component:
    good = rx.el.span(
        icon("circle-check", 14), _("Recomputed now, matches"), class_name="recomputed tone-text-ok"
    )
    bad = rx.el.span(
        icon("circle-alert", 14),
        _("Something changed since it was sent"),
        class_name="recomputed tone-text-warn",
    )
    return rx.cond(matches, good, bad)


def settled_list(settled: Any, title: Words) -> rx.Component:
    """Payments with how and when; nothing while nothing was paid."""

    def one(part: Any) -> rx.Component:
        words = rx.el.div(
            rx.el.div(part.words, class_name="font-medium"),
            rx.el.div(part.detail, class_name="t-sm dim"),
            class_name="flex-1 min-w-0",
        )
        return rx.el.li(words, rx.el.span(part.amount, class_name="num"), class_name="row")

    listed = card(rx.el.ul(rx.foreach(settled, one), class_name="rows"), title=title)
    return rx.cond(some(settled), listed, rx.fragment())
