"""Another family would like to change places: both lessons move, or neither does."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.commands.swapping import accept_swap, decline_swap, withdraw_swap
from studio_app.bookings.queries.swaps import my_swap
from studio_app.kit.ids import SwapId
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.portal.standing import standing_card
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import button
from studio_app.web.ui.cards import card
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class SwapShown:
    student: str = ""
    now: str = ""
    then: str = ""
    sentence: str = ""
    is_asked: bool = False
    stands: bool = False


class SwapState(PageState, rx.State):
    swap: SwapShown = SwapShown()

    @loader
    async def load(self) -> None:
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def accept(self) -> None:
        await self._run(accept_swap, self._id())
        await self._look()
        await self._tell(_("Both lessons have changed places."))

    @handler
    async def decline(self) -> None:
        await self._run(decline_swap, self._id())
        await self._look()
        await self._tell(_("Your lesson stays where it is."))

    @handler
    async def withdraw(self) -> None:
        await self._run(withdraw_swap, self._id())
        await self._look()
        await self._tell(_("Taken back."))

    async def _look(self) -> None:
        one = await self._run(my_swap, self._id())
        self.swap = SwapShown(
            one.student, one.now, one.then, one.sentence, one.is_asked, one.stands
        )

    def _id(self) -> SwapId:
        return SwapId(self._path_id("swap_id"))


def page() -> rx.Component:
    state: Any = SwapState
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("Change places"), FrameState.frame.studio, account_button()),
        loaded(state, _swap(state.swap), skeleton=card(skeleton_rows(4)), on_retry=SwapState.load),
        live("swap", "lesson", on_change=SwapState.look_again),
    )


def _swap(one: Any) -> rx.Component:
    yes = button(_("Agree"), "check", kind="primary", block=True, on_click=SwapState.accept)
    no = button(_("No thanks"), "x", block=True, on_click=SwapState.decline)
    back = button(_("Take it back"), "undo-2", block=True, on_click=SwapState.withdraw)
    answer = rx.cond(one.is_asked, rx.fragment(yes, no), back)
    known = (
        ("calendar-days", _("Your lesson"), one.now),
        ("calendar-check", _("Would be"), one.then),
    )
    return standing_card(
        one.student, one.sentence, known, rx.cond(one.stands, answer, rx.fragment())
    )
