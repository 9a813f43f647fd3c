"""Who owes what, and the documents about it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.queries.invoices import InvoiceCard, invoices
from studio_app.billing.queries.owing import Owing, who_owes
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.office.billing.paying import Paying, pay_button
from studio_app.web.ui.badges import badge, status_badge
from studio_app.web.ui.buttons import link, link_button
from studio_app.web.ui.cards import card, card_body, stat_card, stats
from studio_app.web.ui.choices import chip
from studio_app.web.ui.lists import Column, pager, table, toolbar
from studio_app.web.ui.pages import stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_cards, skeleton_rows
from studio_app.web.words import _, many

PAGE = 50
OPEN, ALL = "open", "all"


@dataclass(frozen=True)
class OwingLine:
    id: str = ""
    family: str = ""
    href: str = ""
    due_now: str = ""
    later: str = ""
    late: str = ""
    """How long the oldest is overdue, in words; empty when nothing is."""
    owed_minor: int = 0
    owes: bool = False


@dataclass(frozen=True)
class InvoiceLine:
    number: int = 0
    href: str = ""
    family: str = ""
    period: str = ""
    due: str = ""
    total: str = ""
    open: str = ""
    status: str = ""
    overdue: bool = False
    part_paid: bool = False


@dataclass(frozen=True)
class Sums:
    overdue: str = "0"
    owing: str = "0"
    credit: str = "0"


class BillingState(Paying, rx.State):
    owing: list[OwingLine] = []
    documents: list[InvoiceLine] = []
    sums: Sums = Sums()
    only_open: bool = True
    more: bool = False
    page_number: int = 1
    _starts: list[int] = [0]

    @loader
    async def load(self) -> None:
        self._starts = [0]
        await self._again()

    @handler
    async def narrow(self, to: str) -> None:
        self.only_open, self._starts = to == OPEN, [0]
        await self._documents()

    @handler
    async def next_page(self) -> None:
        self._starts = [*self._starts, self.documents[-1].number] if self.more else self._starts
        await self._documents()

    @handler
    async def last_page(self) -> None:
        self._starts = self._starts[:-1] or [0]
        await self._documents()

    async def _again(self) -> None:
        found = await self._run(who_owes)
        self.owing = [_owing(one) for one in found]
        self.sums = Sums(
            overdue=str(sum(one.days_overdue > 0 for one in found)),
            owing=str(sum(one.balance_minor > 0 for one in found)),
            credit=str(sum(one.balance_minor < 0 for one in found)),
        )
        await self._documents()

    async def _documents(self) -> None:
        before = self._starts[-1] or None
        found = await self._run(invoices, only_open=self.only_open, before_number=before)
        self.documents = [line_of(one) for one in found]
        self.more, self.page_number = len(found) == PAGE, len(self._starts)

    def _owes(self, family_id: str) -> tuple[str, int]:
        found = next((one for one in self.owing if one.id == family_id), OwingLine())
        return found.family, found.owed_minor


def _owing(one: Owing) -> OwingLine:
    late = many("{n} day overdue", "{n} days overdue", n=one.days_overdue)
    return OwingLine(
        id=str(one.family_id),
        family=one.family,
        href=routes.filled(routes.FAMILY, family_id=one.family_id),
        due_now=one.due_now if one.due_now_minor else "",
        later=one.not_yet_due if one.not_yet_due_minor else "",
        late=late if one.days_overdue > 0 else "",
        owed_minor=one.balance_minor,
        owes=one.balance_minor > 0,
    )


def line_of(one: InvoiceCard) -> InvoiceLine:
    badges = {str(each.value) for each in one.badges}
    return InvoiceLine(
        number=one.number,
        href=routes.filled(routes.INVOICE, invoice_id=one.id),
        family=one.family,
        period=one.period,
        due=one.due,
        total=one.total,
        open=one.balance_due if one.balance_due_minor else "",
        status=one.state.value,
        overdue="overdue" in badges,
        part_paid="part_paid" in badges,
    )


def page() -> rx.Component:
    return office_shell(
        routes.BILLING,
        loaded(
            BillingState,
            stack(_figures(), _who_owes(), _documents()),
            skeleton=stack(skeleton_cards(3), card(skeleton_rows(6))),
            on_retry=BillingState.load,
        ),
        title=_("Billing"),
        frame=FrameState.frame,
        top=[
            link_button(_("Prices"), routes.PRICES, "tag"),
            link_button(_("Billing run"), routes.BILLING_RUN, "receipt", kind="primary"),
        ],
    )


def _figures() -> rx.Component:
    return stats(
        stat_card(_("Families overdue"), BillingState.sums.overdue, tone="bad"),
        stat_card(_("Families that owe something"), BillingState.sums.owing),
        stat_card(_("Families with credit"), BillingState.sums.credit, tone="ok"),
    )


def _who_owes() -> rx.Component:
    def late(row: Any) -> rx.Component:
        shown = rx.el.span(row.due_now, class_name="font-medium")
        note = rx.el.span(badge("overdue", row.late), class_name="block mt-1")
        return rx.el.div(shown, rx.cond(row.late != "", note, rx.fragment()))

    columns = (
        Column(_("Family"), lambda row: link(row.family, row.href)),
        Column(_("Due now"), late, figures=True),
        Column(_("Not yet due"), lambda row: rx.el.span(row.later), figures=True),
        Column(
            _("Payment"),
            lambda row: rx.cond(row.owes, pay_button(BillingState, row.id), rx.fragment()),
            figures=True,
        ),
    )
    nobody = empty(
        "circle-check", _("Nobody owes anything"), _("Every invoice is paid and nothing waits.")
    )
    return card(
        table(_("Who owes what"), columns, BillingState.owing, empty=nobody),
        title=_("Who owes what"),
    )


def _documents() -> rx.Component:
    columns = (
        Column(_("Invoice"), lambda row: link(row.number, row.href)),
        Column(_("Family"), lambda row: rx.el.span(row.family)),
        Column(_("For"), lambda row: rx.el.span(row.period)),
        Column(_("Due on"), lambda row: rx.el.span(row.due)),
        Column(_("Status"), standing),
        Column(_("Total"), lambda row: rx.el.span(row.total), figures=True),
        Column(_("Open"), lambda row: rx.el.span(row.open), figures=True),
    )
    nothing = empty(
        "receipt",
        _("No invoices here"),
        _("A billing run writes them from the lessons that were held."),
        link_button(_("Billing run"), routes.BILLING_RUN, "receipt"),
    )
    return card(
        card_body(
            toolbar(
                chip(
                    _("Open"),
                    pressed=BillingState.only_open,
                    on_click=BillingState.narrow(OPEN),
                ),
                chip(
                    _("All"),
                    pressed=~BillingState.only_open,
                    on_click=BillingState.narrow(ALL),
                ),
            ),
        ),
        table(_("Invoices"), columns, BillingState.documents, empty=nothing),
        pager(
            BillingState.page_number,
            more=BillingState.more,
            on_back=BillingState.last_page,
            on_next=BillingState.next_page,
        ),
        title=_("Invoices"),
    )


def standing(row: Any) -> rx.Component:
    """Where a document stands, and what is true beside it."""
    return rx.el.div(
        status_badge(row.status, "draft", "sent", "paid", "void"),
        rx.cond(row.part_paid, badge("part_paid"), rx.fragment()),
        rx.cond(row.overdue, badge("overdue"), rx.fragment()),
        class_name="flex flex-wrap gap-1",
    )
