"""What came in, month by month, each payment leading to the account it is on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from studio_app.billing.queries.money_in import CameIn, money_in
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, detail_head
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class Received:
    on: str = ""
    family: str = ""
    href: str = ""
    what: str = ""
    amount: str = ""


class PaymentsState(PageState, rx.State):
    month: str = ""
    total: str = ""
    received: list[Received] = []
    has_next: bool = False
    _shown: date | None = None
    _before: date | None = None
    _after: date | None = None

    @loader
    async def load(self) -> None:
        self._shown = None
        await self._again()

    @handler
    async def look_again(self) -> None:
        await self._again()

    @handler
    async def earlier(self) -> None:
        self._shown = self._before
        await self._again()

    @handler
    async def later(self) -> None:
        self._shown = self._after
        await self._again()

    async def _again(self) -> None:
        found = await self._run(money_in, self._shown)
        self.month, self.total = found.month, found.total
        self.received = [_received(one) for one in found.rows]
        self._before, self._after = found.before, found.after
        self.has_next = found.after is not None


def _received(one: CameIn) -> Received:
    statement = routes.filled(routes.STATEMENT, family_id=one.family_id)
    return Received(one.on, one.family, statement, one.what, one.said)


def page() -> rx.Component:
    state: Any = PaymentsState
    cells = (
        Column(_("Date"), lambda row: rx.el.span(row.on, class_name="num")),
        Column(_("Family"), lambda row: link(row.family, row.href)),
        Column(_("What"), lambda row: rx.el.span(row.what)),
        Column(_("Amount"), lambda row: rx.el.span(row.amount), figures=True),
    )
    none = empty("banknote", _("Nothing came in"), _("No payment was recorded for this month."))
    return office_shell(
        routes.BILLING,
        loaded(
            state,
            card(
                detail_head(
                    state.month,
                    _("Everything that came in, newest first."),
                    rx.el.div(state.total, class_name="t-display num"),
                ),
                table(_("Payments"), cells, state.received, empty=none),
            ),
            skeleton=card(skeleton_rows(8)),
            on_retry=state.load,
        ),
        live("payment", "ledger_transaction", on_change=state.look_again),
        title=_("Payments"),
        top=[
            breadcrumb((_("Billing"), routes.BILLING)),
            rx.el.span(class_name="flex-1"),
            button(_("Month before"), "chevron-left", kind="ghost", on_click=state.earlier),
            rx.cond(
                state.has_next,
                button(_("Month after"), "chevron-right", kind="ghost", on_click=state.later),
                rx.fragment(),
            ),
        ],
    )
