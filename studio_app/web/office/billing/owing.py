"""Who owes what, and the documents about it."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.office.billing.owing_state import (
    ALL,
    CREDIT,
    DRAFTS,
    OPEN,
    OVERDUE,
    OWING,
    BillingState,
)
from studio_app.web.office.billing.paying import pay_button
from studio_app.web.ui.badges import badge, status_badge
from studio_app.web.ui.buttons import button, link, link_button
from studio_app.web.ui.cards import card, card_body, stat_card, stats
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.lists import Column, pager, table, toolbar
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_cards, skeleton_rows
from studio_app.web.words import _

WHO = "who-owes"


def page() -> rx.Component:
    return office_shell(
        routes.BILLING,
        loaded(
            BillingState,
            stack(_figures(), _who_owes(), _documents()),
            skeleton=stack(skeleton_cards(3), card(skeleton_rows(6))),
            on_retry=BillingState.load,
        ),
        live(
            "invoice",
            "payment",
            "ledger_transaction",
            on_change=[BillingState.look_again, FrameState.count_overdue],
        ),
        title=_("Billing"),
        top=[
            link_button(_("Payments"), routes.PAYMENTS, "banknote"),
            link_button(_("Arrangements"), routes.BILLING_ENROLMENTS, "calendar-sync"),
            link_button(_("Prices"), routes.PRICES, "tag"),
            link_button(_("Packages"), routes.PACKAGES, "ticket"),
            link_button(_("Billing run"), routes.BILLING_RUN, "receipt", kind="primary"),
        ],
    )


def _figures() -> rx.Component:
    """Each figure leads to the families it is the sum of."""
    sums = BillingState.sums

    def figure(whose: str, shown: rx.Component) -> rx.Component:
        pick = BillingState.pick(whose)
        return rx.el.a(shown, href=f"#{WHO}", on_click=pick, class_name="stat-link")

    return stats(
        figure(OVERDUE, stat_card(_("Overdue"), sums.overdue, note=sums.late, tone="bad")),
        figure(OWING, stat_card(_("Outstanding"), sums.owing, note=sums.owers)),
        figure(CREDIT, stat_card(_("In credit"), sums.credit, note=sums.creditors, tone="ok")),
    )


def _who_owes() -> rx.Component:
    def late(row: Any) -> rx.Component:
        shown = _amount(row.due_now, row)
        note = rx.el.span(badge("overdue", row.late), class_name="block mt-1")
        return rx.el.div(shown, rx.cond(row.late != "", note, rx.fragment()))

    columns = (
        Column(_("Family"), lambda row: link(row.family, row.href)),
        Column(_("Due now"), late, figures=True),
        Column(_("Not yet due"), lambda row: _amount(row.later, row), figures=True),
        Column(_("Credit"), lambda row: _amount(row.credit, row), figures=True),
        Column(
            _("Payment"),
            lambda row: rx.cond(row.owes, pay_button(BillingState, row.id), rx.fragment()),
            figures=True,
        ),
    )
    nobody = empty(
        "circle-check", _("Nobody owes anything"), _("Every invoice is paid and nothing waits.")
    )
    groups = (
        (ALL, _("All")),
        (OVERDUE, _("Overdue")),
        (OWING, _("Owing")),
        (CREDIT, _("In credit")),
    )
    return card(
        card_body(toolbar(*_chips(groups, BillingState.whose, BillingState.pick))),
        table(_("Who owes what"), columns, BillingState.owing, empty=nobody),
        title=_("Who owes what"),
        id=WHO,
    )


def _amount(said: Any, row: Any) -> rx.Component:
    """A sum that leads to the account whose movements it is made of."""
    return rx.cond(said != "", link(said, row.statement), rx.fragment())


def _chips(kinds: Any, chosen: Any, pick: Any) -> list[rx.Component]:
    return [chip(words, pressed=chosen == kind, on_click=pick(kind)) for kind, words in kinds]


def _documents() -> rx.Component:
    columns = (
        Column(_("Invoice"), lambda row: link(row.number, row.href)),
        Column(_("Family"), lambda row: rx.el.span(row.family)),
        Column(_("For"), lambda row: rx.el.span(row.period)),
        Column(_("Due on"), lambda row: rx.el.span(row.due)),
        Column(_("Status"), standing),
        Column(_("Total"), lambda row: rx.el.span(row.total), figures=True),
        Column(_("Still open"), lambda row: rx.el.span(row.open), figures=True),
    )
    kinds = (
        (OPEN, _("Still open")),
        (OVERDUE, _("Overdue")),
        (DRAFTS, _("Drafts")),
        (ALL, _("All")),
    )
    nothing = empty(
        "receipt",
        _("No invoices here"),
        _("A billing run makes them from the lessons that were held."),
        link_button(_("Billing run"), routes.BILLING_RUN, "receipt"),
    )
    return card(
        card_body(
            toolbar(*_chips(kinds, BillingState.kept, BillingState.narrow)),
        ),
        table(_("Invoices"), columns, BillingState.documents, empty=nothing),
        pager(
            BillingState.page_number,
            more=BillingState.more,
            on_back=BillingState.last_page,
            on_next=BillingState.next_page,
        ),
        title=_("Invoices"),
        action=rx.cond(BillingState.has_drafts, _send_drafts(), rx.fragment()),
    )


def _send_drafts() -> rx.Component:
    return confirm(
        title=_("Send every draft?"),
        words=_(
            "Families see them and owe them from then on. Only a credit note can correct them."
        ),
        action=_("Send every draft"),
        on_confirm=BillingState.send_all,
        trigger=button(_("Send the drafts"), "send", size="sm"),
        kind="primary",
    )


def standing(row: Any) -> rx.Component:
    """Where a document stands, and what is true beside it."""
    return rx.el.div(
        status_badge(row.status, "draft", "sent", "paid", "void"),
        rx.cond(row.part_paid, badge("part_paid"), rx.fragment()),
        rx.cond(row.overdue, badge("overdue"), rx.fragment()),
        class_name="flex flex-wrap gap-1",
    )
