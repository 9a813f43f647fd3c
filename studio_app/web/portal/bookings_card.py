"""On a family's home: what it has asked for and the studio has not decided, or said no to; and
with whom it may change places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.queries.bookings import BookingRow
from studio_app.bookings.queries.swaps import SwapRow
from studio_app.web import routes
from studio_app.web.ui.badges import pill, status_badge
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import row, some
from studio_app.web.words import _


@dataclass(frozen=True)
class BookingLine:
    href: str = ""
    when: str = ""
    about: str = ""
    state: str = ""


def booking_lines(found: Sequence[BookingRow]) -> list[BookingLine]:
    return [
        BookingLine(
            routes.filled(routes.PORTAL_BOOKING, booking_id=one.id),
            one.when,
            f"{one.student} · {one.lesson_type} · {one.teacher}",
            one.state.value,
        )
        for one in found
    ]


def bookings_card(lines: Any) -> rx.Component:
    def one(line: rx.vars.ObjectVar[BookingLine]) -> rx.Component:
        return row(
            rx.el.div(
                rx.el.span(line.when, class_name="font-medium num block"),
                rx.el.span(line.about, class_name="t-sm dim block"),
                class_name="flex-1 min-w-0",
            ),
            status_badge(line.state, "requested", "provisional", "declined", "expired"),
            href=line.href,
        )

    shown = card(
        rx.el.h2(_("Bookings"), class_name="t-over px-4 pt-4"),
        rx.el.ul(rx.foreach(lines, one), class_name="rows"),
    )
    return rx.cond(some(lines), shown, rx.fragment())


@dataclass(frozen=True)
class SwapLine:
    href: str = ""
    when: str = ""
    about: str = ""
    is_asked: bool = False


def swap_lines(found: Sequence[SwapRow]) -> list[SwapLine]:
    return [
        SwapLine(
            routes.filled(routes.PORTAL_SWAP, swap_id=one.id),
            f"{one.now} → {one.then}",
            one.student,
            one.is_asked,
        )
        for one in found
    ]


def swaps_card(lines: Any) -> rx.Component:
    def one(line: rx.vars.ObjectVar[SwapLine]) -> rx.Component:
        waits = rx.cond(line.is_asked, pill(_("Your answer?"), tone="warn"), pill(_("Asked")))
        return row(
            rx.el.div(
                rx.el.span(line.when, class_name="font-medium num block"),
                rx.el.span(line.about, class_name="t-sm dim block"),
                class_name="flex-1 min-w-0",
            ),
            waits,
            href=line.href,
        )

    shown = card(
        rx.el.h2(_("Change places"), class_name="t-over px-4 pt-4"),
        rx.el.ul(rx.foreach(lines, one), class_name="rows"),
    )
    return rx.cond(some(lines), shown, rx.fragment())
