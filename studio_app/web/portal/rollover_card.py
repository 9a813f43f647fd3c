"""On a family's home: it has not said yet whether it goes on in the next term."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.queries.my_rollovers import my_rollovers
from studio_app.kit.access import Permission
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.words import _, many


@dataclass(frozen=True)
class TermAsked:
    href: str = ""
    term: str = ""
    said: str = ""


class TermsAskedState(PageState, rx.State):
    turns: list[TermAsked] = []

    @loader
    async def load(self) -> None:
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    async def _look(self) -> None:
        may = (await self._actor()).may(Permission.LESSON_BOOK)
        found = await self._run(my_rollovers) if may else []
        self.turns = [
            TermAsked(
                routes.filled(routes.PORTAL_ROLLOVER, rollover_id=one.id),
                one.term,
                many("{n} lesson, please answer by {day}", "{n} lessons, please answer by {day}",
                     n=one.waiting, day=one.answer_by),
            )
            for one in found
            if one.waiting
        ]  # fmt: skip


def terms_card() -> rx.Component:
    state: Any = TermsAskedState
    shown = rx.el.div(rx.foreach(state.turns, _turn), class_name="grid gap-3")
    return rx.fragment(
        rx.cond(some(state.turns), shown, rx.fragment()),
        live("rollover", "rollover_place", on_change=TermsAskedState.look_again),
    )


def _turn(one: rx.vars.ObjectVar[TermAsked]) -> rx.Component:
    return card(
        card_body(
            rx.el.h2(_("Do you go on?"), class_name="t-over pt-4"),
            rx.el.p(one.term, class_name="font-semibold mt-2"),
            rx.el.p(one.said, class_name="t-sm dim num"),
            rx.el.div(
                link_button(_("Answer"), one.href, "check", kind="primary", block=True),
                class_name="mt-3",
            ),
        ),
        class_name="card--now",
    )
