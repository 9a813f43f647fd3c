"""A family's invoices, the newest first, each with where it stands."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.queries import accounts
from studio_app.billing.queries.invoices import PAGE, InvoiceCard, invoices
from studio_app.kit.access import Permission
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import badge, status_badge
from studio_app.web.ui.buttons import button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.lists import row, rows
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class InvoiceRow:
    number: int = 0
    title: str = ""
    period: str = ""
    due: str = ""
    total: str = ""
    open: str = ""
    """What is still to pay, where that is not all of it."""
    status: str = ""
    part_paid: bool = False
    href: str = ""


class InvoicesState(PageState, rx.State):
    rows: list[InvoiceRow] = []
    more: bool = False

    @loader
    async def load(self) -> None:
        self.rows = []
        await self._add()

    @handler
    async def look_again(self) -> None:
        self.rows = []
        await self._add()

    @handler
    async def show_more(self) -> None:
        await self._add()

    async def _add(self) -> None:
        before = self.rows[-1].number if self.rows else None
        found = await self._run(invoices, own=True, before_number=before)
        self.rows = [*self.rows, *[row_of(one) for one in found]]
        self.more = len(found) == PAGE


def row_of(one: InvoiceCard) -> InvoiceRow:
    is_note = one.kind.value == "credit_note"
    named = _("Credit note {n}", n=one.number) if is_note else _("Invoice {n}", n=one.number)
    badges = {each.value for each in one.badges}
    part_paid = "part_paid" in badges
    unpaid = one.balance_due_minor > 0
    return InvoiceRow(
        number=one.number,
        title=named,
        period=one.period,
        due=_("Due on {day}", day=one.due) if unpaid else one.issued,
        total=one.total,
        open=_("{amount} still to pay", amount=one.balance_due) if part_paid else "",
        status="overdue" if "overdue" in badges else _standing(one, unpaid=unpaid),
        part_paid=part_paid,
        href=routes.filled(routes.PORTAL_INVOICE, invoice_id=one.id),
    )


def _standing(one: InvoiceCard, *, unpaid: bool) -> str:
    """To who pays, a sent invoice is one that is due."""
    return "due" if unpaid and one.state.value == "sent" else one.state.value


def page() -> rx.Component:
    state: Any = InvoicesState
    more = button(_("Show older"), "chevron-down", block=True, on_click=InvoicesState.show_more)
    return portal_shell(
        routes.PORTAL_INVOICES,
        phone_header(_("Invoices"), FrameState.frame.studio, account_button()),
        loaded(
            state,
            card(rows(state.rows, _row, empty=_none())),
            rx.cond(state.more, rx.el.div(more, class_name="phone__tools"), rx.fragment()),
            how_to_pay(),
            skeleton=card(skeleton_rows(5)),
            on_retry=InvoicesState.load,
        ),
        live("invoice", "ledger_transaction", on_change=InvoicesState.look_again),
    )


class PayingState(PageState, rx.State):
    """The studio's own words on how to pay, on every page that shows what is owed."""

    words: str = ""

    @loader
    async def load(self) -> None:
        may = (await self._actor()).may(Permission.STATEMENT_VIEW)
        self.words = await self._run(accounts.how_to_pay) if may else ""


def how_to_pay() -> rx.Component:
    usual = _("Pay in cash or by bank transfer to the studio, with the invoice number.")
    words = rx.cond(PayingState.words != "", PayingState.words, usual)
    return card(card_body(hint("wallet", words, tone="info"), class_name="pt-4"))


def standing(one: Any) -> rx.Component:
    """Where an invoice stands, and that part of it is paid."""
    return rx.el.span(
        rx.cond(one.part_paid, badge("part_paid"), rx.fragment()),
        status_badge(one.status, "draft", "sent", "due", "overdue", "paid", "void"),
        class_name="flex flex-wrap gap-1 justify-end",
    )


def _row(one: rx.vars.ObjectVar[InvoiceRow]) -> rx.Component:
    left = rx.el.span(
        rx.el.span(one.title, class_name="font-medium block"),
        rx.el.span(one.period, class_name="t-sm dim block"),
        rx.el.span(one.due, class_name="t-sm dim num block"),
        class_name="flex-1 min-w-0",
    )
    still = rx.el.span(one.open, class_name="t-sm dim num")
    right = rx.el.span(
        rx.el.span(one.total, class_name="font-semibold num"),
        standing(one),
        rx.cond(one.open != "", still, rx.fragment()),
        class_name="grid gap-1 justify-items-end text-right",
    )
    return row(left, right, href=one.href)


def _none() -> rx.Component:
    return empty(
        "receipt",
        _("No invoices yet"),
        _("When the studio sends one, it stands here to read and to keep."),
        level=2,
    )
