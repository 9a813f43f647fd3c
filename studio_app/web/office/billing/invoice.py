"""One invoice: its lines, how the total came about, what has settled it, what can be done."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.office.billing.invoice_state import InvoiceState
from studio_app.web.office.billing.owing import standing
from studio_app.web.office.billing.paying import pay_button
from studio_app.web.ui.buttons import button, link, link_button, submit
from studio_app.web.ui.cards import card, card_body, hint, labelled_facts
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.document import print_button
from studio_app.web.ui.forms import folded, form, text_field
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, columns, detail_head, stack
from studio_app.web.ui.progress import activity, audit, audit_step
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _

HAPPENED = {"created": "file-plus", "sent": "send", "settled": "banknote", "voided": "ban"}
"""The icon of each kind of happening."""


def page() -> rx.Component:
    shown = InvoiceState.shown
    return office_shell(
        routes.BILLING,
        loaded(
            InvoiceState,
            columns(stack(_document(), computation(InvoiceState)), stack(_actions(), _activity())),
            skeleton=card(skeleton_rows(8)),
            on_retry=InvoiceState.load,
        ),
        live(
            "invoice",
            "payment",
            "ledger_transaction",
            on_change=[InvoiceState.look_again, FrameState.count_overdue],
        ),
        title=rx.cond(shown.title != "", shown.title, _("Invoice")),
        top=[
            breadcrumb((_("Billing"), routes.BILLING)),
            rx.el.span(class_name="flex-1"),
            print_button(_("Print")),
            link_button(_("PDF"), shown.pdf, "download", kind="ghost", download=True),
        ],
    )


def _document() -> rx.Component:
    shown = InvoiceState.shown
    return card(
        detail_head(
            shown.title,
            shown.about,
            rx.el.div(shown.total, class_name="t-display num"),
            mark=standing(InvoiceState.head),
        ),
        labelled_facts(
            [
                (_("Billed to"), shown.billed_to),
                (_("Issued"), shown.issued),
                (_("Due on"), InvoiceState.head.due),
            ]
        ),
        line_table(InvoiceState),
        sum_list(InvoiceState),
    )


def line_table(state: Any) -> rx.Component:
    def what(row: Any) -> rx.Component:
        return rx.el.div(
            rx.el.div(row.title, class_name="font-medium"),
            rx.el.div(row.detail, class_name="t-xs faint"),
        )

    cells = (
        Column(_("Description"), what),
        Column(_("Qty"), lambda row: rx.el.span(row.quantity), figures=True),
        Column(_("Price"), lambda row: rx.el.span(row.unit), figures=True),
        Column(_("Amount"), lambda row: rx.el.span(row.amount), figures=True),
    )
    return table(_("Invoice lines"), cells, state.lines, empty=rx.fragment())


def sum_list(state: Any) -> rx.Component:
    def one(each: Any) -> rx.Component:
        look = rx.cond(each.strong, "flex justify-between font-semibold", "flex justify-between")
        return rx.el.div(
            rx.el.dt(each.label, class_name="dim"),
            rx.el.dd(each.amount, class_name="num"),
            class_name=look,
        )

    return rx.el.dl(rx.foreach(state.sums, one), class_name="sums")


def computation(state: Any) -> rx.Component:
    """The answer to "how was this total computed?", down to lesson, mark and price."""

    def source(each: Any) -> rx.Component:
        lesson = link(each.label, each.href)
        return rx.el.li(rx.cond(each.href != "", lesson, rx.el.span(each.label)))

    def step(one: Any) -> rx.Component:
        sources = rx.el.ul(rx.foreach(one.sources, source), class_name="flex flex-wrap gap-x-3")
        return audit_step(one.number, one.title, one.formula, sources, one.result, one.running)

    agrees = rx.cond(
        state.shown.matches,
        hint("circle-check", _("Computed anew just now: it matches."), tone="ok"),
        hint("circle-alert", _("Computed anew, it does not match. Please tell us."), tone="bad"),
    )
    return card(
        card_body(agrees, audit(rx.foreach(state.steps, step)), class_name="grid gap-4"),
        title=_("How this total was computed"),
        class_name="second-page",
    )


def _actions() -> rx.Component:
    shown = InvoiceState.shown
    send = button(_("Send"), "send", kind="primary", block=True, on_click=InvoiceState.send)
    pay = pay_button(InvoiceState, shown.family_id, kind="primary", size="")
    void = confirm(
        title=_("Void this invoice?"),
        words=_("Lessons that were held will be billed again by the next run."),
        action=_("Void it"),
        on_confirm=InvoiceState.void,
        trigger=button(_("Void it"), "ban", kind="ghost danger", block=True),
    )
    return card(
        card_body(
            rx.cond(shown.is_draft, send, rx.fragment()),
            rx.cond(shown.owes, pay, rx.fragment()),
            rx.cond(shown.may_correct, _with_reason("credit", _crediting()), rx.fragment()),
            rx.cond(shown.owes, _with_reason("forgive", _forgiving()), rx.fragment()),
            rx.cond(shown.may_void, void, rx.fragment()),
            class_name="grid gap-2 pt-4",
        ),
        class_name="no-print",
    )


@dataclass(frozen=True, slots=True)
class _Ask:
    title: str
    words: str
    save: str
    icon: str


def _crediting() -> _Ask:
    return _Ask(
        _("Write a credit note"),
        _("A document with a number of its own takes back what is left, or what you name."),
        _("Write it"),
        "receipt-text",
    )


def _forgiving() -> _Ask:
    return _Ask(
        _("Write off what is open"),
        _("The family no longer owes it, and the books say why."),
        _("Write it off"),
        "eraser",
    )


def _with_reason(name: str, ask: _Ask) -> rx.Component:
    handle = InvoiceState.correct if name == "credit" else InvoiceState.forgive
    return named_dialog(
        InvoiceState,
        name,
        form(
            text_field(_("Reason"), "reason", faults=InvoiceState.faults, auto_complete="off"),
            _parts() if name == "credit" else rx.fragment(),
            form_actions(submit(ask.save)),
            on_submit=handle,
        ),
        title=ask.title,
        words=ask.words,
        trigger=button(ask.title, ask.icon, block=True),
    )


def _parts() -> rx.Component:
    """An amount for each line, where not all of it is taken back."""

    def one(line: Any, nth: Any) -> rx.Component:
        control = rx.el.input(
            name="line-" + (nth + 1).to_string(), input_mode="decimal", class_name="input"
        )
        words = rx.el.span(line.title, " (", line.amount, ")", class_name="field__label")
        return rx.el.label(words, control, class_name="field")

    return folded(_("Only part of it"), rx.foreach(InvoiceState.lines, one))


def _activity() -> rx.Component:
    """What happened to it, the newest first: written, sent, paid by what."""

    def one(each: Any) -> rx.Component:
        said = (each.words, each.when)
        cases = [(kind, activity(icon, *said)) for kind, icon in HAPPENED.items()]
        return rx.fragment(rx.match(each.kind, *cases, rx.fragment()))

    listed = rx.el.ol(rx.foreach(InvoiceState.happened, one), class_name="grid gap-3")
    return card(card_body(listed), title=_("Activity"), class_name="no-print")
