"""One invoice as the family reads it: what for, how computed, what is paid."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.queries.computed import Computed, how_computed
from studio_app.billing.queries.invoices import InvoiceView, invoice
from studio_app.kit.ids import InvoiceId
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.portal.invoices import InvoiceRow, how_to_pay, row_of, standing
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.progress import activity, audit, audit_step
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class Line:
    title: str = ""
    detail: str = ""
    count: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Sum:
    label: str = ""
    amount: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Step:
    number: int = 0
    title: str = ""
    formula: str = ""
    sources: str = ""
    result: str = ""
    running: str = ""


@dataclass(frozen=True)
class Settled:
    what: str = ""
    on: str = ""


class FamilyInvoiceState(PageState, rx.State):
    head: InvoiceRow = InvoiceRow()
    studio: str = ""
    billed_to: str = ""
    balance_due: str = ""
    pdf: str = ""
    owes: bool = False
    matches: bool = False
    lines: list[Line] = []
    sums: list[Sum] = []
    steps: list[Step] = []
    settled: list[Settled] = []

    @loader
    async def load(self) -> None:
        self.head = InvoiceRow()
        invoice_id = InvoiceId(self._path_id("invoice_id"))
        view: InvoiceView = await self._run(invoice, invoice_id)
        computed: Computed = await self._run(how_computed, invoice_id)
        self.head, self.studio, self.billed_to = row_of(view.card), view.studio, view.billed_to
        self.balance_due, self.owes = view.balance_due, view.card.balance_due_minor > 0
        self.pdf = f"/api/v1/invoices/{view.card.id}.pdf"
        self.lines, self.sums = _lines(view), _sums(view)
        self.steps, self.matches = _steps(computed), computed.matches
        self.settled = [Settled(f"{one.what} · {one.amount}", one.on) for one in view.settled_by]


def _lines(view: InvoiceView) -> list[Line]:
    return [
        Line(
            one.title,
            one.detail,
            f"{one.quantity} × {one.unit}" if one.unit and one.quantity > 1 else "",
            one.amount,
        )
        for one in view.lines
    ]


def _sums(view: InvoiceView) -> list[Sum]:
    """Subtotal to balance due, in the order in which they add up."""
    taxes = [Sum(tax.label, tax.amount) for tax in view.taxes]
    credited = [Sum(_("Credited"), view.credited)] if view.has_credit else []
    return [
        Sum(_("Subtotal"), view.subtotal),
        *taxes,
        Sum(_("Total"), view.total, strong=True),
        Sum(_("Paid"), view.amount_paid),
        *credited,
        Sum(_("Still to pay"), view.balance_due, strong=True),
    ]


NOTHING = "—"
"""What a lesson adds to a total that a credit paid for."""


def _steps(computed: Computed) -> list[Step]:
    """What adds up to the total, then what does not because a credit paid for it."""
    last = len(computed.steps)
    free = [
        Step(number, one.lesson, one.paid_by, one.student, NOTHING, computed.balance_due)
        for number, one in enumerate(computed.by_credit, start=last + 1)
    ]
    counted = [
        Step(
            number,
            one.title,
            one.formula,
            " · ".join(source.label for source in one.sources),
            one.result,
            one.running,
        )
        for number, one in enumerate(computed.steps, start=1)
    ]
    return counted + free


def page() -> rx.Component:
    state: Any = FamilyInvoiceState
    title = rx.cond(state.head.title != "", state.head.title, _("Invoice"))
    return portal_shell(
        routes.PORTAL_INVOICES,
        phone_header(title, state.studio, account_button()),
        loaded(
            state,
            _head(state),
            _what_for(state),
            _computation(state),
            _payments(state),
            rx.cond(state.owes, how_to_pay(), rx.fragment()),
            skeleton=card(skeleton_rows(6)),
            on_retry=FamilyInvoiceState.load,
        ),
    )


def _head(state: Any) -> rx.Component:
    head = state.head
    red = rx.cond(head.status == "overdue", "num figure-lg tone-text-bad", "num figure-lg")
    label = rx.cond(state.owes, _("Still to pay"), _("Total"))
    return card(
        card_body(
            rx.el.div(
                rx.el.h2(label, class_name="t-over"),
                standing(head),
                class_name="flex items-center justify-between gap-3 pt-4",
            ),
            rx.el.div(rx.cond(state.owes, state.balance_due, head.total), class_name=red),
            rx.el.p(head.period, class_name="t-sm dim"),
            rx.el.p(head.due, class_name="t-sm dim num"),
            rx.el.p(state.billed_to, class_name="t-sm dim whitespace-pre-line mt-2"),
            rx.el.div(
                link_button(_("Save as PDF"), state.pdf, "download", block=True, download=True),
                class_name="mt-3",
            ),
        )
    )


def _what_for(state: Any) -> rx.Component:
    def line(one: rx.vars.ObjectVar[Line]) -> rx.Component:
        count = rx.el.span(one.count, class_name="t-sm dim num block")
        words = rx.el.span(
            rx.el.span(one.title, class_name="font-medium block"),
            rx.cond(
                one.detail != "",
                rx.el.span(one.detail, class_name="t-sm dim block whitespace-pre-line"),
                rx.fragment(),
            ),
            rx.cond(one.count != "", count, rx.fragment()),
            class_name="flex-1 min-w-0",
        )
        return rx.el.li(words, rx.el.span(one.amount, class_name="num"), class_name="row")

    def total(one: rx.vars.ObjectVar[Sum]) -> rx.Component:
        plain = "flex justify-between gap-4 py-1"
        return rx.el.div(
            rx.el.dt(one.label),
            rx.el.dd(one.amount, class_name="num"),
            class_name=rx.cond(one.strong, f"{plain} font-semibold", plain),
        )

    sums = rx.el.dl(rx.foreach(state.sums, total), class_name="mt-2")
    return card(
        rows(state.lines, line, empty=rx.fragment()), card_body(sums), title=_("What it is for")
    )


def _computation(state: Any) -> rx.Component:
    """Folded away until somebody asks: down to the lesson, its mark and its price."""

    def step(one: rx.vars.ObjectVar[Step]) -> rx.Component:
        return audit_step(one.number, one.title, one.formula, one.sources, one.result, one.running)

    agrees = rx.cond(
        state.matches,
        hint("circle-check", _("Computed anew just now: it matches."), tone="ok"),
        hint("circle-alert", _("Computed anew, it does not match. Please tell us."), tone="bad"),
    )
    asked = rx.el.summary(
        rx.el.h2(_("How was this total computed?"), class_name="t-h3 flex-1"),
        icon("chevron-down", 18),
        class_name="row row--link min-h-[52px]",
    )
    steps = card_body(audit(rx.foreach(state.steps, step)))
    return card(
        rx.el.details(asked, card_body(agrees, class_name="pt-2"), steps, class_name="fold")
    )


def _payments(state: Any) -> rx.Component:
    def one(each: rx.vars.ObjectVar[Settled]) -> rx.Component:
        return activity("wallet", each.what, each.on)

    nothing = rx.el.p(_("Nothing has been paid yet."), class_name="t-sm dim")
    listed = rx.el.ol(rx.foreach(state.settled, one), class_name="grid gap-3")
    return card(card_body(rx.cond(some(state.settled), listed, nothing)), title=_("Payments"))
