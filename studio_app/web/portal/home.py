"""A family's home on a phone: the next lesson, what is owed, what to practise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.billing.queries.accounts import my_accounts
from studio_app.bookings.queries.bookings import my_bookings
from studio_app.bookings.queries.choices import my_choices
from studio_app.bookings.queries.swaps import my_swaps
from studio_app.calendars.queries.meetings import meeting_links
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_short_weekday
from studio_app.kit.ids import LessonId, SeatId
from studio_app.overview.queries_family import LearnersHome, my_home
from studio_app.scheduling.commands.confirming import confirm_seats, unconfirm_seats
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.meeting import join_button
from studio_app.web.portal.absence import absence_button
from studio_app.web.portal.balance import AccountCard, account_card, balance
from studio_app.web.portal.bookings_card import (
    BookingLine,
    SwapLine,
    booking_lines,
    bookings_card,
    swap_lines,
    swaps_card,
)
from studio_app.web.portal.invoices import how_to_pay
from studio_app.web.portal.my_credits import credits_card
from studio_app.web.portal.offers_card import offers_card
from studio_app.web.portal.proposals import proposals
from studio_app.web.portal.rollover_card import terms_card
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many


@dataclass(frozen=True)
class Child:
    name: str = ""
    first_name: str = ""
    instrument: str = ""
    weekday: str = ""
    day: str = ""
    when: str = ""
    about: str = ""
    where: str = ""
    focus: str = ""
    focus_from: str = ""
    completed: str = ""
    seat_id: str = ""
    will_come: bool = False
    meeting: str = ""
    """Where the next lesson meets, if it is online."""


class HomeState(PageState, rx.State):
    children: list[Child] = []
    accounts: list[AccountCard] = []
    bookings: list[BookingLine] = []
    """What was asked for and is not decided, or was said no to"""
    swaps: list[SwapLine] = []
    """Changes of places that are asked and not decided"""
    can_book: bool = False
    pays: bool = False

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def confirm(self, seat_id: str) -> None:
        await self._run(confirm_seats, [SeatId(as_id(seat_id))])
        await self._show()
        undo = HomeState.unconfirm(seat_id)
        await self._tell(_("Thank you. The studio knows that you will come."), undo=undo)

    @handler
    async def unconfirm(self, seat_id: str) -> None:
        await self._run(unconfirm_seats, [SeatId(as_id(seat_id))])
        await self._show()

    async def _show(self) -> None:
        actor = await self._actor()
        homes = await self._run(my_home)
        ids = {one.next_lesson.lesson_id for one in homes if one.next_lesson}
        links = await self._run(meeting_links, ids) if ids else {}
        self.children = [_child(one, actor.locale, links) for one in homes]
        await self._show_bookings(actor.may(Permission.LESSON_BOOK))
        self.pays = actor.may(Permission.STATEMENT_VIEW)
        found = await self._run(my_accounts) if self.pays else []
        self.accounts = [account_card(one) for one in found]

    async def _show_bookings(self, may_book: bool) -> None:
        self.can_book = may_book and (await self._run(my_choices)).any
        self.bookings = booking_lines(await self._run(my_bookings)) if may_book else []
        self.swaps = swap_lines(await self._run(my_swaps)) if may_book else []


def _child(one: LearnersHome, locale: str, links: Mapping[LessonId, str]) -> Child:
    lesson, focus = one.next_lesson, one.focus
    held = many("{n} lesson completed", "{n} lessons completed", n=one.completed)
    known = Child(
        name=one.learner.name,
        first_name=one.learner.first_name,
        instrument=one.learner.instrument,
        focus=focus.words if focus else "",
        focus_from=focus.on if focus else "",
        completed=held if one.completed else "",
    )
    if lesson is None:
        return known
    length = many("{n} minute", "{n} minutes", n=lesson.minutes)
    return Child(
        **{
            **vars(known),
            "weekday": say_short_weekday(lesson.on, locale),
            "day": str(lesson.on.day),
            "seat_id": str(lesson.seat_id),
            "will_come": lesson.will_come,
            "meeting": links.get(lesson.lesson_id, ""),
            "when": f"{one.soon}, {lesson.time}" if one.soon else lesson.when,
            "about": f"{lesson.lesson_type} · {length} · {lesson.teacher}",
            "where": _("Online")
            if lesson.is_online
            else ", ".join(part for part in (lesson.room, lesson.location) if part),
        }
    )


def page() -> rx.Component:
    state: Any = HomeState
    frame = FrameState.frame
    return portal_shell(
        routes.PORTAL,
        phone_header(
            rx.cond(frame.first_name != "", _("Hello, {name}", name=frame.first_name), _("Hello")),
            frame.studio,
            account_button(),
        ),
        loaded(
            state,
            terms_card(),
            offers_card(),
            proposals(),
            rx.cond(some(state.children), _lessons(state), _nobody()),
            swaps_card(state.swaps),
            bookings_card(state.bookings),
            credits_card(),
            rx.foreach(state.accounts, balance),
            rx.cond(some(state.accounts), how_to_pay(), rx.fragment()),
            rx.foreach(state.children, _progress),
            skeleton=card(skeleton_rows(5)),
            on_retry=HomeState.load,
        ),
        live(
            "lesson",
            "seat",
            "meeting",
            "booking",
            "swap",
            "invoice",
            "ledger_transaction",
            on_change=HomeState.look_again,
        ),
    )


def _lessons(state: Any) -> rx.Component:
    see_all = link_button(_("All lessons"), routes.PORTAL_SCHEDULE, "calendar-days", block=True)
    book = rx.fragment(
        link_button(_("Book"), routes.PORTAL_BOOK, "calendar-plus", kind="primary", block=True),
        link_button(_("Waiting for"), routes.PORTAL_WAITING, "hourglass", block=True),
    )
    return card(
        rx.el.h2(_("Next lesson"), class_name="t-over px-4 pt-4"),
        rx.el.ul(rx.foreach(state.children, _lesson), class_name="rows"),
        card_body(
            rx.cond(state.can_book, book, rx.fragment()), see_all, class_name="pt-2 grid gap-2"
        ),
        class_name="card--now",
    )


def _lesson(child: rx.vars.ObjectVar[Child]) -> rx.Component:
    tile = rx.el.div(
        rx.el.span(child.weekday), rx.el.b(child.day, class_name="num"), class_name="date-tile"
    )
    promised = badge("confirmed", _("Will come"))
    promise = button(
        _("We will be there"),
        "check",
        size="sm",
        on_click=HomeState.confirm(child.seat_id),
    )
    words = rx.el.div(
        rx.el.p(child.first_name, " · ", child.when, class_name="font-semibold num"),
        rx.el.p(child.about, class_name="dim t-sm"),
        rx.cond(child.where != "", rx.el.p(child.where, class_name="dim t-sm"), rx.fragment()),
        rx.el.div(
            rx.cond(child.will_come, promised, promise),
            absence_button(child.seat_id, child.when, child.first_name),
            join_button(child.meeting),
            class_name="mt-2 flex flex-wrap gap-2",
        ),
        class_name="min-w-0",
    )
    nothing = rx.el.div(
        rx.el.p(child.first_name, class_name="font-semibold"),
        rx.el.p(_("No lesson planned yet. The studio will be in touch."), class_name="dim t-sm"),
    )
    planned = rx.cond(child.when != "", rx.fragment(tile, words), nothing)
    return rx.el.li(planned, class_name="row")


def _progress(child: rx.vars.ObjectVar[Child]) -> rx.Component:
    focus = rx.el.div(
        hint("notebook-pen", rx.fragment(child.focus)),
        rx.el.p(_("From the lesson on {day}", day=child.focus_from), class_name="t-xs faint mt-2"),
        class_name="mt-3 whitespace-pre-line",
    )
    done = rx.el.p(
        icon("check-check", 16), child.completed, class_name="t-sm flex items-center gap-2 mt-3"
    )
    shown = card(
        card_body(
            rx.el.h2(_("What to practise"), " · ", child.first_name, class_name="t-over pt-4"),
            rx.cond(
                child.focus != "",
                focus,
                rx.el.p(_("Nothing noted after the last lesson."), class_name="t-sm dim mt-2"),
            ),
            rx.cond(child.completed != "", done, rx.fragment()),
        )
    )
    return rx.cond((child.focus != "") | (child.completed != ""), shown, rx.fragment())


def _nobody() -> rx.Component:
    return card(
        empty(
            "users",
            _("Nobody of yours learns here yet"),
            _("Ask the studio to connect you with your child."),
            level=2,
        )
    )
