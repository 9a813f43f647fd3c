"""Everything the family was asked to pay, and what it has in credit."""

from typing import Any

import reflex as rx

from studio_app.billing.queries.mine import my_accounts, my_invoices
from studio_app.web import routes
from studio_app.web.documents import DocumentRow, row_of
from studio_app.web.handlers import handler, loader
from studio_app.web.portal.home_state import AccountShown, account_of
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import badge
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.documents import document_badges
from studio_app.web.ui.lists import row, rows
from studio_app.web.ui.live import live
from studio_app.web.ui.phone import card_line
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


class FamilyInvoicesState(PageState, rx.State):
    accounts: list[AccountShown] = []
    documents: list[DocumentRow] = []

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    async def _show(self) -> None:
        self.accounts = [account_of(one) for one in await self._run(my_accounts)]
        found = await self._run(my_invoices)
        self.documents = [row_of(card, to=routes.PORTAL_INVOICE) for card in found]


def page() -> rx.Component:
    state: Any = FamilyInvoicesState
    content = loaded(
        state,
        rx.foreach(state.accounts, _account),
        card(rows(state.documents, _row, empty=_none())),
        skeleton=card(skeleton_rows(4)),
        on_retry=FamilyInvoicesState.load,
    )
    changes = live("invoice", "payment", on_change=FamilyInvoicesState.look_again)
    return portal_shell(
        routes.PORTAL_INVOICES, phone_header(_("Invoices"), "", account_button()), content, changes
    )


def _account(one: Any) -> rx.Component:
    late = rx.cond(one.overdue != "", badge("overdue", one.overdue), rx.fragment())
    owes, credit = _("to pay"), _("in credit")
    said = rx.match(one.standing, ("owes", owes), ("credit", credit), _("nothing to pay"))
    return card(
        card_body(
            card_line(rx.el.h2(_("Balance"), class_name="t-over"), late),
            rx.el.p(
                rx.el.span(one.balance, class_name="num figure-lg"),
                " ",
                rx.el.span(said, class_name="dim"),
                class_name="mt-1",
            ),
        )
    )


def _row(one: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.div(one.title, class_name="font-medium"),
        rx.el.div(rx.cond(one.period != "", one.period, one.issued), class_name="t-sm dim"),
        class_name="flex-1 min-w-0",
    )
    figures = rx.el.div(
        rx.el.div(one.total, class_name="num font-medium"),
        document_badges(one.statuses),
        class_name="grid gap-1 justify-items-end",
    )
    return row(words, figures, href=one.href)


def _none() -> rx.Component:
    words = _("Your first invoice appears here as soon as the studio sends it.")
    return empty("receipt", _("No invoices yet"), words, level=2)
