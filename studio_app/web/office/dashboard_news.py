"""What came in and what went out: the latest payments, and how many messages arrived."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.queries.payments import payments
from studio_app.messaging.queries.deliverability import deliverability
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import link
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import rows
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, say

LATEST = 5


@dataclass(frozen=True)
class PaymentNews:
    family: str = ""
    said: str = ""
    how: str = ""
    href: str = ""


@dataclass(frozen=True)
class WayNews:
    way: str = ""
    said: str = ""
    counted: str = ""


class NewsState(PageState, rx.State):
    latest: list[PaymentNews] = []
    ways: list[WayNews] = []

    @loader
    async def load(self) -> None:
        page = await self._run(payments, limit=LATEST)
        self.latest = [
            PaymentNews(
                one.family,
                one.said,
                f"{one.received} · {say(one.method.label)}",
                routes.filled(routes.STATEMENT, family_id=one.family_id),
            )
            for one in page.rows
        ]
        self.ways = [
            WayNews(one.way, one.said, _("{n} of {all}", n=one.accepted, all=one.sent))
            for one in await self._run(deliverability)
            if one.sent
        ]


def payments_card() -> rx.Component:
    nothing = empty("wallet", _("No payments yet"), _("What families pay stands here."), level=3)
    state: Any = NewsState
    return card(
        loaded(
            NewsState,
            rows(state.latest, _payment, empty=nothing),
            skeleton=skeleton_rows(LATEST),
            on_retry=NewsState.load,
        ),
        title=_("Latest payments"),
        action=link(_("See all"), routes.PAYMENTS, class_name="t-sm"),
    )


def deliveries_card() -> rx.Component:
    nothing = empty(
        "mail-check",
        _("Nothing sent yet"),
        _("How many messages arrived within 30 days stands here."),
        level=3,
    )
    state: Any = NewsState
    return card(
        loaded(
            NewsState,
            rows(state.ways, _way, empty=nothing),
            skeleton=skeleton_rows(3),
            on_retry=NewsState.load,
        ),
        title=_("Messages that arrived"),
        action=link(_("See the messages"), routes.MESSAGES, class_name="t-sm"),
    )


def _payment(one: rx.vars.ObjectVar[PaymentNews]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            link(one.family, one.href, class_name="t-sm font-medium"),
            rx.el.div(one.how, class_name="t-xs faint"),
            class_name="flex-1 min-w-0",
        ),
        rx.el.span(one.said, class_name="num t-sm"),
        class_name="row",
    )


def _way(one: rx.vars.ObjectVar[WayNews]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(one.way, class_name="t-sm font-medium"),
            rx.el.div(one.counted, class_name="t-xs faint num"),
            class_name="flex-1 min-w-0",
        ),
        rx.el.span(one.said, class_name="num t-sm"),
        class_name="row",
    )
