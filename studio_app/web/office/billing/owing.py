"""Who owes the studio, now and not yet; a payment is two taps away."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.queries.owing import Owing, who_owes
from studio_app.identity.queries import my_profile
from studio_app.kit.formats import say_money
from studio_app.kit.money import Money
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.office.billing.frame import billing_shell
from studio_app.web.office.billing.paying import pay_button
from studio_app.web.session import PageState
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import link, link_button
from studio_app.web.ui.cards import card, stat_card, stats
from studio_app.web.ui.lists import Column, table
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty, loaded, skeleton_cards, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class OwingLine:
    id: str = ""
    family: str = ""
    due_now: str = ""
    later: str = ""
    balance: str = ""
    late: str = ""
    to_pay: str = ""
    to_pay_minor: int = 0
    """What a payment most likely is: what is due, else the whole balance."""
    href: str = ""


class OwingState(PageState, rx.State):
    rows: list[OwingLine] = []
    credit: list[OwingLine] = []
    due_now: str = ""
    later: str = ""
    in_credit: str = ""
    late: str = ""

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    async def _show(self) -> None:
        found = await self._run(who_owes)
        currency, locale = (await self._run(my_profile)).currency, (await self._actor()).locale

        def said(minor: int) -> str:
            return say_money(Money(minor, currency), locale)

        owing = [one for one in found if one.balance_minor > 0]
        ahead = [one for one in found if one.balance_minor < 0]
        self.rows, self.credit = [_line(one) for one in owing], [_line(one) for one in ahead]
        self.due_now = said(sum(one.due_now_minor for one in owing))
        self.later = said(sum(one.not_yet_due_minor for one in owing))
        self.in_credit = said(-sum(one.balance_minor for one in ahead))
        late = sum(one.days_overdue > 0 and one.due_now_minor > 0 for one in owing)
        self.late = many("{n} family is late", "{n} families are late", n=late)


def _line(one: Owing) -> OwingLine:
    due = one.due_now_minor > 0
    days = one.days_overdue if due else 0
    return OwingLine(
        id=str(one.family_id),
        family=one.family,
        due_now=one.due_now if due else "",
        later=one.not_yet_due if one.not_yet_due_minor else "",
        balance=one.balance,
        late=many("Overdue by {n} day", "Overdue by {n} days", n=days) if days else "",
        to_pay=one.due_now if due else one.balance,
        to_pay_minor=one.due_now_minor if due else max(one.balance_minor, 0),
        href=routes.filled(routes.STATEMENT, family_id=one.family_id),
    )


def page() -> rx.Component:
    state: Any = OwingState
    nobody = empty(
        "party-popper",
        _("Nobody owes anything"),
        _("What is billed next is on the page of the billing run."),
        link_button(_("Look at the billing run"), routes.BILLING_RUN, "receipt"),
        level=2,
    )
    figures = stats(
        stat_card(_("Due now"), state.due_now, note=state.late, tone="bad"),
        stat_card(_("Not yet due"), state.later, note=_("Sent and not due, or not billed yet")),
        stat_card(_("In credit"), state.in_credit, note=_("Paid ahead"), tone="ok"),
    )
    ahead = card(
        table(_("Families in credit"), _ahead(), state.credit, empty=rx.fragment()),
        title=_("In credit"),
    )
    body = stack(
        figures,
        card(table(_("Families who owe"), _columns(), state.rows, empty=nobody)),
        rx.cond(state.credit.length() > 0, ahead, rx.fragment()),
    )
    return billing_shell(
        routes.BILLING,
        loaded(
            state,
            body,
            skeleton=stack(skeleton_cards(3), card(skeleton_rows(6))),
            on_retry=OwingState.load,
        ),
        live("payment", "invoice", "ledger_transaction", on_change=OwingState.look_again),
        top=[link_button(_("Billing run"), routes.BILLING_RUN, "receipt", kind="primary")],
    )


def _columns() -> tuple[Column, ...]:
    def late(row: Any) -> rx.Component:
        return rx.cond(row.late != "", badge("overdue", row.late), rx.fragment())

    def pay(row: Any) -> rx.Component:
        return pay_button(row.id, row.family, row.to_pay_minor, row.to_pay)

    return (
        Column(_("Family"), lambda row: link(row.family, row.href)),
        Column(_("Standing"), late),
        Column(_("Due now"), lambda row: rx.el.b(_or_dash(row.due_now)), figures=True),
        Column(_("Not yet due"), lambda row: _or_dash(row.later), figures=True),
        Column(_("Payment"), pay, figures=True),
    )


def _or_dash(said: Any) -> rx.Component:
    return rx.cond(said != "", said, rx.el.span("–", class_name="faint"))


def _ahead() -> tuple[Column, ...]:
    return (
        Column(_("Family"), lambda row: link(row.family, row.href)),
        Column(_("Balance"), lambda row: row.balance, figures=True),
    )
