"""On a family's home: times on offer, and how long they stand."""

from typing import Any

import reflex as rx

from studio_app.bookings.commands.answering import accept_offer, decline_offer
from studio_app.bookings.queries.offered import my_offers
from studio_app.kit.access import Permission
from studio_app.kit.ids import OfferId
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.portal.offer import Offered, offered
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.words import _


class OffersState(PageState, rx.State):
    offers: list[Offered] = []

    @loader
    async def load(self) -> None:
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def accept(self, offer_id: str) -> None:
        await self._run(accept_offer, OfferId(as_id(offer_id)))
        await self._look()
        await self._tell(_("It is yours. You will find it in your schedule."))

    @handler
    async def decline(self, offer_id: str) -> None:
        await self._run(decline_offer, OfferId(as_id(offer_id)))
        await self._look()
        await self._tell(_("Thank you. You keep your place on the list."))

    async def _look(self) -> None:
        may = (await self._actor()).may(Permission.LESSON_BOOK)
        self.offers = [offered(one) for one in await self._run(my_offers)] if may else []


def offers_card() -> rx.Component:
    state: Any = OffersState
    shown = rx.el.div(rx.foreach(state.offers, _offer), class_name="grid gap-3")
    return rx.fragment(
        rx.cond(some(state.offers), shown, rx.fragment()),
        live("offer", on_change=OffersState.look_again),
    )


def _offer(one: rx.vars.ObjectVar[Offered]) -> rx.Component:
    yes = button(_("Accept"), "check", kind="primary", on_click=OffersState.accept(one.id))
    no = button(_("No thanks"), on_click=OffersState.decline(one.id))
    return card(
        card_body(
            rx.el.h2(_("A time is free for {name}", name=one.student), class_name="t-over pt-4"),
            rx.el.p(one.when, class_name="font-semibold num mt-2"),
            rx.el.p(one.about, class_name="t-sm dim"),
            rx.el.p(one.sentence, class_name="t-sm mt-1", role="status"),
            rx.el.div(yes, no, class_name="flex flex-wrap gap-2 mt-3"),
        ),
        class_name="card--now",
    )
