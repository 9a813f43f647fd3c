"""An invoice in the office, with how its total came about and what can be done with it."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.billing.invoice_state import ICONS, InvoiceState
from studio_app.web.office.billing.paying import pay_button
from studio_app.web.ui.buttons import button, link, link_button, submit
from studio_app.web.ui.cards import card, card_body, labelled_facts
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.document import print_button
from studio_app.web.ui.documents import (
    computation,
    document_badges,
    document_lines,
    recomputed,
    sums,
)
from studio_app.web.ui.forms import folded, form, text_field
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, columns, detail_head, stack
from studio_app.web.ui.progress import activity
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = InvoiceState
    shown = state.document
    main = stack(_document(state), _computation(shown))
    side = stack(_actions(state), _activity(state), class_name="no-print")
    pdf = link_button(
        _("PDF"), shown.pdf, "download", kind="ghost", target="_blank", rel="noopener"
    )
    return office_shell(
        routes.BILLING,
        breadcrumb((_("Billing"), routes.BILLING), (_("Invoices"), routes.BILLING_INVOICES)),
        loaded(
            state,
            columns(main, side),
            skeleton=skeleton_block("h-96"),
            on_retry=InvoiceState.load,
        ),
        live("invoice", "payment", "ledger_transaction", on_change=InvoiceState.look_again),
        title=rx.cond(shown.row.title != "", shown.row.title, _("Invoice")),
        top=[rx.cond(state.ready, pdf, rx.fragment()), print_button(_("Print"))],
    )


def _document(state: Any) -> rx.Component:
    shown = state.document
    due = rx.cond(
        shown.row.is_open,
        rx.el.p(_("due {day}", day=shown.row.due), class_name=_late(shown)),
        rx.el.p(_("nothing left to pay"), class_name="dim"),
    )
    figure = rx.el.p(shown.row.total, class_name="num figure-lg")
    head = detail_head(
        shown.row.title,
        rx.fragment(link(shown.row.family, state.family_href), " · ", shown.row.period),
        figure,
        due,
        mark=document_badges(shown.row.statuses),
    )
    facts = labelled_facts(
        [
            (_("Billed to"), rx.el.span(shown.billed_to, class_name="whitespace-pre-line")),
            (_("Issued"), shown.row.issued),
            (_("Due"), shown.row.due),
            (_("From"), shown.studio),
        ]
    )
    note = rx.el.p(shown.note, class_name="dim px-4 py-3")
    return card(
        head,
        facts,
        rx.cond(shown.note != "", note, rx.fragment()),
        document_lines(shown.lines, _("What this invoice is for")),
        sums(shown.sums, _("Balance due"), shown.row.balance_due),
    )


def _late(shown: Any) -> Any:
    return rx.cond(shown.row.is_overdue, "tone-text-bad", "dim")


def _computation(shown: Any) -> rx.Component:
    foot = rx.el.div(
        rx.el.span(_("Balance due")),
        rx.el.span(shown.row.balance_due, class_name="num"),
        class_name="computed-foot",
    )
    return card(
        card_body(computation(shown)),
        foot,
        title=_("How this total was computed"),
        action=recomputed(shown.matches),
        class_name="second-page",
    )


def _actions(state: Any) -> rx.Component:
    shown = state.document
    pay = pay_button(
        state.family_id, shown.row.family, state.due_minor, shown.row.balance_due,
        kind="primary", size="",
    )  # fmt: skip
    send = button(_("Send it"), "send", kind="primary", on_click=state.send)
    nothing = ~(state.is_draft | state.can_void | state.can_correct | (state.due_minor > 0))
    done = rx.el.p(_("Nothing more can be done with this document."), class_name="t-sm dim")
    body = rx.el.div(
        rx.cond(state.due_minor > 0, pay, rx.fragment()),
        rx.cond(state.is_draft, send, rx.fragment()),
        rx.cond(state.can_correct, _credit(state), rx.fragment()),
        rx.cond(state.can_void, _void(state), rx.fragment()),
        rx.cond(state.due_minor > 0, _write_off(state), rx.fragment()),
        rx.cond(nothing, done, rx.fragment()),
        class_name="grid gap-2",
    )
    return card(card_body(body), title=_("What to do"))


def _credit(state: Any) -> rx.Component:
    shown = state.document

    def one(line: Any, nth: Any) -> rx.Component:
        name = "line-" + (nth + 1).to_string()
        return rx.el.label(
            rx.el.span(line.title, " (", line.amount, ")", class_name="field__label"),
            rx.el.input(name=name, input_mode="decimal", class_name="input"),
            class_name="field",
        )

    fields = form(
        text_field(_("Why"), "reason", faults=state.faults, required=True),
        folded(_("Only part of it"), rx.foreach(shown.lines, one)),
        form_actions(submit(_("Send the credit note"))),
        on_submit=state.correct,
    )
    return named_dialog(
        state,
        "credit",
        fields,
        title=_("Correct by a credit note"),
        words=_("All that is left of the invoice is taken back, unless you name amounts."),
        trigger=button(_("Credit note"), "file-minus"),
    )


def _void(state: Any) -> rx.Component:
    return confirm(
        title=_("Void this invoice?"),
        words=_("It keeps its number and asks for nothing. What was on it can be billed again."),
        action=_("Void the invoice"),
        on_confirm=state.void,
        trigger=button(_("Void"), "ban", kind="danger"),
    )


def _write_off(state: Any) -> rx.Component:
    fields = form(
        text_field(_("Why"), "reason", faults=state.faults, required=True),
        form_actions(submit(_("Write it off"))),
        on_submit=state.give_up,
    )
    return named_dialog(
        state,
        "write off",
        fields,
        title=_("Give up what is still owed?"),
        words=_("The family owes it no longer, and the books say why."),
        trigger=button(_("Write off"), "eraser"),
    )


def _activity(state: Any) -> rx.Component:
    def one(happened: Any) -> rx.Component:
        said = (happened.words, happened.when)
        cases = [(kind, activity(icon, *said)) for kind, icon in ICONS.items()]
        return rx.fragment(rx.match(happened.kind, *cases, rx.fragment()))

    listed = rx.el.ol(rx.foreach(state.happened, one), class_name="grid gap-3 px-4 pb-4")
    return card(listed, title=_("Activity"))
