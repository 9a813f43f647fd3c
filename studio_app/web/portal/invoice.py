"""One invoice on a phone: what it asks, why, what was paid, and the file to keep."""

from typing import Any

import reflex as rx

from studio_app.billing.queries.mine import my_invoice
from studio_app.kit.ids import InvoiceId
from studio_app.web import routes
from studio_app.web.documents import DocumentShown, document
from studio_app.web.handlers import handler, loader
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card, card_body, labelled_facts
from studio_app.web.ui.documents import (
    computation,
    document_badges,
    document_lines,
    recomputed,
    settled_list,
    sums,
)
from studio_app.web.ui.forms import folded
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb
from studio_app.web.ui.phone import card_line
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


class FamilyInvoiceState(PageState, rx.State):
    document: DocumentShown = DocumentShown()
    how_to_pay: str = ""

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    async def _show(self) -> None:
        found = await self._run(my_invoice, InvoiceId(self._path_id("invoice_id")))
        self.document = document(found.view, found.computed, to=routes.PORTAL_INVOICE)
        self.how_to_pay = found.how_to_pay


def page() -> rx.Component:
    state: Any = FamilyInvoiceState
    shown = state.document
    content = loaded(
        state,
        _head(state),
        _lines(shown),
        settled_list(shown.settled, _("What has been paid")),
        _computation(shown),
        _file(shown),
        skeleton=skeleton_block("h-96"),
        on_retry=FamilyInvoiceState.load,
    )
    title = rx.cond(shown.row.title != "", shown.row.title, _("Invoice"))
    changes = live("invoice", "payment", on_change=FamilyInvoiceState.look_again)
    back = rx.el.div(breadcrumb((_("Invoices"), routes.PORTAL_INVOICES)), class_name="px-5 pt-4")
    return portal_shell(
        routes.PORTAL_INVOICES,
        back,
        phone_header(title, shown.row.period, account_button()),
        content,
        changes,
    )


def _head(state: Any) -> rx.Component:
    shown = state.document
    said = rx.cond(
        shown.row.is_open,
        rx.fragment(
            rx.el.p(shown.row.balance_due, class_name="num figure-lg mt-1"),
            rx.el.p(_("due {day}", day=shown.row.due), class_name=_late(shown)),
        ),
        rx.fragment(
            rx.el.p(shown.row.total, class_name="num figure-lg mt-1"),
            rx.el.p(_("Nothing left to pay."), class_name="dim"),
        ),
    )
    owed = rx.el.h2(rx.cond(shown.row.is_open, _("To pay"), _("Total")), class_name="t-over")
    told = rx.el.p(state.how_to_pay, class_name="whitespace-pre-line")
    pay = rx.cond(
        shown.row.is_open & (state.how_to_pay != ""), folded(_("How to pay"), told), rx.fragment()
    )
    facts = labelled_facts(
        [(_("Issued"), shown.row.issued), (_("Due"), shown.row.due), (_("For"), shown.row.family)]
    )
    body = card_body(card_line(owed, document_badges(shown.row.statuses)), said, pay)
    return card(body, facts, class_name="card--now")


def _late(shown: Any) -> Any:
    return rx.cond(shown.row.is_overdue, "tone-text-bad", "dim")


def _lines(shown: Any) -> rx.Component:
    note = rx.cond(shown.note != "", rx.el.p(shown.note, class_name="dim px-4 pt-3"), rx.fragment())
    return card(
        note,
        document_lines(shown.lines, _("What this invoice is for")),
        sums(shown.sums, _("Balance due"), shown.row.balance_due),
    )


def _computation(shown: Any) -> rx.Component:
    how = folded(
        _("How was this total computed?"),
        rx.el.div(recomputed(shown.matches), class_name="pb-3"),
        computation(shown),
    )
    return card(card_body(how, class_name="pt-2"))


def _file(shown: Any) -> rx.Component:
    button = link_button(
        _("Download the PDF"), shown.pdf, "download", block=True, target="_blank", rel="noopener"
    )
    return rx.el.div(button, class_name="px-4 pb-4")
