"""How lessons without a mark are drawn: by day, with a filter by teacher."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.deciding import (
    left_row,
    other_marks,
    present_button,
    said_of,
    undecided_row,
)
from studio_app.web.ui.buttons import button, link, link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import chip
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty
from studio_app.web.words import _


def board(state: Any) -> rx.Component:
    why = hint("circle-alert", _("Without a mark these lessons are not billed."))
    asked = stack(
        why,
        rx.cond(state.teachers.length() > 1, _filter(state), rx.fragment()),
        stack(rx.foreach(state.days, lambda day: _day(state, day))),
    )
    return stack(rx.cond(some(state.days), asked, _nothing()), _left(state))


def _filter(state: Any) -> rx.Component:
    def one(teacher: Any) -> rx.Component:
        pressed = state.teacher == teacher.id
        return chip(teacher.words, pressed=pressed, on_click=state.choose(teacher.id))

    return rx.el.div(
        rx.foreach(state.teachers, one),
        class_name="chips",
        role="group",
        aria_label=_("Whose lessons"),
    )


def _day(state: Any, day: Any) -> rx.Component:
    whole = button(_("All present"), "check-check", size="sm", on_click=state.mark_day(day.on))
    listed = rx.el.ul(rx.foreach(day.lessons, lambda one: _lesson(state, one)), class_name="rows")
    return card(listed, title=day.day, action=whole)


def _lesson(state: Any, one: Any) -> rx.Component:
    said = said_of(
        link(rx.fragment(rx.el.span(one.time, class_name="num"), " ", one.who), one.href),
        one.about,
    )
    single = present_button(state.mark("present", one.id))
    everybody = present_button(state.mark("present", one.id), _("All present"))
    seats = rx.foreach(one.seats, lambda seat: _seat(state, seat))
    return undecided_row(
        said,
        rx.cond(one.several, everybody, single),
        other_marks(one.who, state.mark, one.id, state.leave(one.id)),
        rx.cond(one.several, seats, rx.fragment()),
    )


def _seat(state: Any, seat: Any) -> rx.Component:
    """One of several, who was not there as the others were."""
    said = rx.el.div(seat.student, class_name="t-sm flex-1 min-w-0 pl-6")
    present = present_button(state.mark_one("present", seat.id))
    return undecided_row(said, present, other_marks(seat.student, state.mark_one, seat.id))


def _left(state: Any) -> rx.Component:
    def one(line: Any) -> rx.Component:
        return left_row(said_of(line.who, line.about), state.take_up([line.id]))

    listed = card(rows(state.left, one, empty=rx.fragment()), title=_("Left for later"))
    return rx.cond(some(state.left), listed, rx.fragment())


def _nothing() -> rx.Component:
    done = empty(
        "check-check",
        _("Every lesson is marked"),
        _("What nobody marks after it was taught stands here, the oldest first."),
        link_button(_("Open the calendar"), routes.CALENDAR, "calendar-days"),
        level=2,
    )
    return card(card_body(done))
