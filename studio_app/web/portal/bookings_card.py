"""On a family's home: what it has asked for and the studio has not decided, or said no to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.queries.bookings import BookingRow
from studio_app.web import routes
from studio_app.web.ui.badges import status_badge
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
