"""A family's account: every movement with the balance it leads to."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.queries.statement import StatementLine, family_statement
from studio_app.kit.ids import FamilyId
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.office.billing.paying import Paying, pay_button
from studio_app.web.ui.buttons import link
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.document import print_button
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.pages import breadcrumb, detail_head
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class Movement:
    on: str = ""
    title: str = ""
    why: str = ""
    amount: str = ""
    balance: str = ""
    invoice: str = ""
    href: str = ""


class StatementState(Paying, rx.State):
    family: str = ""
    id: str = ""
    balance: str = ""
    owes: bool = False
    movements: list[Movement] = []
    _owed: int = 0

    @loader
    async def load(self) -> None:
        await self._again()

    async def _again(self) -> None:
        found = await self._run(family_statement, FamilyId(self._path_id("family_id")))
        self.family, self.id = found.family, str(found.family_id)
        self.balance, self._owed = found.balance, found.balance_minor
        self.owes = found.balance_minor > 0
        self.movements = [movement_of(line) for line in reversed(found.lines)]

    def _owes(self, family_id: str) -> tuple[str, int]:
        return self.family, self._owed


def movement_of(line: StatementLine) -> Movement:
    number = line.invoice_number
    return Movement(
        on=line.on,
        title=line.title,
        why=" · ".join(part for part in (line.lesson, line.mark, line.price) if part),
        amount=line.amount,
        balance=line.balance,
        invoice=str(number) if number else "",
        href=routes.filled(routes.INVOICE, invoice_id=line.invoice_id) if number else "",
    )


def page() -> rx.Component:
    return office_shell(
        routes.FAMILIES,
        loaded(
            StatementState,
            card(
                detail_head(
                    StatementState.family,
                    _("The newest movement comes first."),
                    rx.el.div(StatementState.balance, class_name="t-display num"),
                ),
                movements(StatementState),
            ),
            skeleton=card(skeleton_rows(8)),
            on_retry=StatementState.load,
        ),
        title=_("Statement"),
        top=[
            breadcrumb((_("Families"), routes.FAMILIES)),
            rx.el.span(class_name="flex-1"),
            print_button(_("Print")),
            rx.cond(
                StatementState.owes, pay_button(StatementState, StatementState.id), rx.fragment()
            ),
        ],
    )


def movements(state: Any) -> rx.Component:
    def what(each: Any) -> rx.Component:
        on_invoice = rx.el.span(_("Invoice"), " ", link(each.invoice, each.href))
        return rx.el.div(
            rx.el.div(each.title, class_name="font-medium"),
            rx.el.div(each.why, class_name="t-xs faint"),
            rx.cond(each.invoice != "", on_invoice, rx.fragment()),
        )

    cells = (
        Column(_("Date"), lambda each: rx.el.span(each.on, class_name="num")),
        Column(_("What"), what),
        Column(_("Amount"), lambda each: rx.el.span(each.amount), figures=True),
        Column(_("Balance"), lambda each: rx.el.span(each.balance), figures=True),
    )
    nothing = empty(
        "wallet", _("Nothing has happened yet"), _("Charges and payments are listed here.")
    )
    return rx.fragment(table(_("Movements"), cells, state.movements, empty=nothing), card_body())
