"""A time that became free, for a family that waits for it: yes, or no thanks."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.answering import accept_offer, decline_offer
from studio_app.bookings.queries.offered import OfferRow, my_offer
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import OfferId
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.portal.standing import standing_card
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class Offered:
    id: str = ""
    when: str = ""
    about: str = ""
    student: str = ""
    sentence: str = ""
    until: str = ""
    stands: bool = False
    booking_href: str = ""


def offered(one: OfferRow) -> Offered:
    length = many("{n} minute", "{n} minutes", n=one.minutes)
    booking = one.booking_id
    return Offered(
        id=str(one.id),
        when=one.when,
        about=f"{one.lesson_type} · {length} · {one.teacher}",
        student=one.student,
        sentence=one.sentence if one.until or not one.stands else _not_yet(),
        until=one.until,
        stands=one.stands,
        booking_href=routes.filled(routes.PORTAL_BOOKING, booking_id=booking) if booking else "",
    )


def _not_yet() -> str:
    return _("You are asked first. Your time to answer begins with our message.")


class OfferedState(PageState, rx.State):
    offer: Offered = Offered()

    @loader
    async def load(self) -> None:
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def accept(self) -> EventType[()]:
        booking_id = await self._run(accept_offer, self._id())
        await self._tell(_("It is yours. You will find it in your schedule."))
        return rx.redirect(routes.filled(routes.PORTAL_BOOKING, booking_id=booking_id))

    @handler
    async def decline(self) -> None:
        await self._run(decline_offer, self._id())
        await self._look()
        await self._tell(_("Thank you. You keep your place on the list."))

    async def _look(self) -> None:
        found = await self._run(my_offer, self._id())
        if found is None:
            raise NotFound
        self.offer = offered(found)

    def _id(self) -> OfferId:
        return OfferId(self._path_id("offer_id"))


def page() -> rx.Component:
    state: Any = OfferedState
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("A free time"), FrameState.frame.studio, account_button()),
        loaded(
            state, _offer(state.offer), skeleton=card(skeleton_rows(4)),
            on_retry=OfferedState.load,
        ),
        live("offer", on_change=OfferedState.look_again),
    )  # fmt: skip


def _offer(one: Any) -> rx.Component:
    booked = link_button(_("See the booking"), one.booking_href, "calendar-check", block=True)
    known = (("user", _("Student"), one.student), ("music-4", _("Kind of lesson"), one.about))
    return standing_card(
        one.when,
        one.sentence,
        known,
        rx.cond(one.stands, _answers(), rx.fragment()),
        rx.cond(one.booking_href != "", booked, rx.fragment()),
        link_button(_("Waiting for"), routes.PORTAL_WAITING, "hourglass", block=True),
        icon="hourglass",
    )


def _answers() -> rx.Component:
    yes = button(_("Accept"), "check", kind="primary", block=True, on_click=OfferedState.accept)
    no = button(_("No thanks"), "x", block=True, on_click=OfferedState.decline)
    return rx.fragment(yes, no)
