"""Every credit of a family: what is left, where it was used, until when. A tap leads to a time."""

from typing import Any

import reflex as rx

from studio_app.billing.queries.credits import my_credits
from studio_app.kit.access import Permission
from studio_app.web import routes
from studio_app.web.credit_cards import CreditShown, credit_row, shown
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.lists import row, some
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

HEARD = ("credit_lot", "credit_entry", "attendance_mark", "lesson", "seat")


class CreditsState(PageState, rx.State):
    """The portal's home has it too: a card with what can be used."""

    open: list[CreditShown] = []
    over: list[CreditShown] = []
    can_book: bool = False

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    async def _show(self) -> None:
        actor = await self._actor()
        found = await self._run(my_credits)
        self.open = shown([one for one in found if one.is_open])
        self.over = shown([one for one in found if not one.is_open])
        self.can_book = actor.may(Permission.LESSON_BOOK)


def page() -> rx.Component:
    state: Any = CreditsState
    return portal_shell(
        routes.PORTAL_INVOICES,
        phone_header(_("Your credits"), FrameState.frame.studio, account_button()),
        loaded(
            state,
            rx.cond(some(state.open), _open(state), _nothing()),
            rx.cond(some(state.over), _over(state), rx.fragment()),
            skeleton=card(skeleton_rows(4)),
            on_retry=CreditsState.load,
        ),
        live(*HEARD, on_change=CreditsState.look_again),
    )


def credits_card() -> rx.Component:
    """On the home of a family with something left: one tap to its times."""
    state: Any = CreditsState

    def one(each: rx.vars.ObjectVar[CreditShown]) -> rx.Component:
        return row(
            rx.el.div(
                rx.el.span(each.title, class_name="font-medium num block"),
                rx.el.span(each.standing, " · ", each.until, class_name="t-sm dim num block"),
                class_name="flex-1 min-w-0",
            ),
            rx.cond(each.soon != "", pill(each.soon, tone="warn"), rx.fragment()),
            href=routes.PORTAL_CREDITS,
        )

    known = card(
        rx.el.h2(_("Credits"), class_name="t-over px-4 pt-4"),
        rx.el.ul(rx.foreach(state.open, one), class_name="rows"),
        rx.cond(state.can_book, card_body(_book(), class_name="pt-2"), rx.fragment()),
    )
    return rx.fragment(
        rx.cond(some(state.open), known, rx.fragment()),
        live(*HEARD, on_change=CreditsState.look_again),
    )


def _open(state: Any) -> rx.Component:
    return card(
        rx.el.h2(_("To use"), class_name="t-over px-4 pt-4"),
        rx.el.ul(rx.foreach(state.open, _one), class_name="rows"),
        rx.cond(state.can_book, card_body(_book(), class_name="pt-2"), rx.fragment()),
    )


def _over(state: Any) -> rx.Component:
    return card(
        rx.el.h2(_("Used, run out or taken back"), class_name="t-over px-4 pt-4"),
        rx.el.ul(rx.foreach(state.over, _one), class_name="rows"),
    )


def _book() -> rx.Component:
    return link_button(
        _("Book with a credit"), routes.PORTAL_BOOK, "calendar-plus", kind="primary", block=True
    )


def _nothing() -> rx.Component:
    return card(
        empty(
            "ticket",
            _("No credits to use"),
            _("Lessons to make up for and packages you have bought appear here."),
            level=2,
        )
    )


def _one(one: rx.vars.ObjectVar[CreditShown]) -> rx.Component:
    return credit_row(one)
