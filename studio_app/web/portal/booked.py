"""Where a booking stands, for the family: it answers by itself when that changes."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.commands.deciding import withdraw_booking
from studio_app.bookings.queries.bookings import BookingRow, booking_status
from studio_app.kit.ids import BookingId
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.portal.standing import standing_card
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _, many

STATES = ("requested", "provisional", "confirmed", "declined", "expired", "cancelled")
OVER = ("declined", "expired", "cancelled")


@dataclass(frozen=True)
class Shown:
    state: str = ""
    sentence: str = ""
    when: str = ""
    lasting: str = ""
    student: str = ""
    lesson_type: str = ""
    teacher: str = ""
    where: str = ""
    expires: str = ""
    waits: bool = False
    is_settling: bool = False
    is_over: bool = False
    paid_by: str = ""
    lesson_href: str = ""


class BookedState(PageState, rx.State):
    booking: Shown = Shown()

    @loader
    async def load(self) -> None:
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def withdraw(self) -> None:
        await self._run(withdraw_booking, self._id())
        await self._look()
        await self._tell(_("Taken back. The time is open again."))

    async def _look(self) -> None:
        self.booking = _shown(await self._run(booking_status, self._id()))

    def _id(self) -> BookingId:
        return BookingId(self._path_id("booking_id"))


def _shown(one: BookingRow) -> Shown:
    return Shown(
        state=one.state.value,
        sentence=one.sentence,
        when=one.when,
        lasting=many("{n} minute", "{n} minutes", n=one.minutes),
        student=one.student,
        lesson_type=one.lesson_type,
        teacher=one.teacher,
        where=one.where,
        expires=one.expires if one.waits and not one.is_settling else "",
        waits=one.waits,
        is_settling=one.is_settling,
        is_over=one.state.value in OVER,
        paid_by=one.paid_by,
        lesson_href=f"{routes.PORTAL_SCHEDULE}?lesson={one.lesson_id}",
    )


def page() -> rx.Component:
    state: Any = BookedState
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("Your booking"), FrameState.frame.studio, account_button()),
        loaded(
            state, _booking(state.booking), skeleton=card(skeleton_rows(4)),
            on_retry=BookedState.load,
        ),
        live("booking", "lesson", on_change=BookedState.look_again),
    )  # fmt: skip


def _booking(one: Any) -> rx.Component:
    until = rx.el.p(
        _("The time is kept for you until {day}.", day=one.expires), class_name="t-sm dim mb-3"
    )
    known = (
        ("user", _("Student"), one.student),
        ("music-4", _("Kind of lesson"), rx.fragment(one.lesson_type, " · ", one.lasting)),
        ("graduation-cap", _("Teacher"), one.teacher),
        ("map-pin", _("Where"), rx.cond(one.where != "", one.where, _("The studio says where"))),
    )
    return standing_card(
        one.when,
        one.sentence,
        known,
        _next(one),
        mark=status_badge(one.state, *STATES),
        more=rx.fragment(
            rx.cond(one.expires != "", until, rx.fragment()),
            rx.cond(one.paid_by != "", rx.el.p(one.paid_by, class_name="t-sm mb-3"), rx.fragment()),
        ),
    )


def _next(one: Any) -> rx.Component:
    """The one thing to do from here."""
    lesson = link_button(_("See the lesson"), one.lesson_href, "calendar-check", block=True)
    again = link_button(_("Book another time"), routes.PORTAL_BOOK, "calendar-plus", block=True)
    withdraw = confirm(
        title=_("Take this booking back?"),
        words=_("The time is given back at once, and somebody else may book it."),
        action=_("Take it back"),
        on_confirm=BookedState.withdraw,
        trigger=button(_("Take it back"), "undo-2", kind="ghost danger", block=True),
    )
    return rx.fragment(
        rx.cond(one.state == "confirmed", lesson, rx.fragment()),
        rx.cond(one.is_over, again, rx.fragment()),
        rx.cond(one.waits, withdraw, rx.fragment()),
    )
