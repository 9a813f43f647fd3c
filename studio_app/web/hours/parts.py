"""The editor of a teacher's hours: the week, single days, and being away."""

from typing import Any

import reflex as rx

from studio_app.web.hours.forms import away_form, hours_form
from studio_app.web.hours.state import AWAY, DATED, AwayLine
from studio_app.web.ui.buttons import button, icon_button, link
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import named_dialog
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty
from studio_app.web.words import _

SHEET = "dialog sheet"


def hours_editor(state: Any) -> rx.Component:
    """Of the state of a page, a `HoursScreen`."""
    nobody = empty(
        "clock", _("You do not teach here"), _("Hours are for whoever gives lessons."), level=2
    )
    shown = stack(_away(state), _week(state), _dated(state))
    return rx.cond(state.teaches, shown, card(nobody))


def _week(state: Any) -> rx.Component:
    listed = rx.el.ul(rx.foreach(state.days, lambda day: _day(state, day)), class_name="rows")
    return card(listed, title=_("Every week"))


def _day(state: Any, day: Any) -> rx.Component:
    blocks: Any = day.blocks
    free = rx.el.span(_("No hours"), class_name="t-sm faint")
    add = named_dialog(
        state,
        "new " + day.number,
        hours_form(state, weekday=day.number),
        title=day.name,
        words=_("From when to when do you teach?"),
        trigger=icon_button("plus", _("Add hours on {day}", day=day.name), class_name="hours__add"),
        look=SHEET,
    )
    held = rx.el.ul(rx.foreach(blocks, lambda one: _block(state, one)), class_name="hours__blocks")
    return rx.el.li(
        rx.el.h3(day.name, class_name="hours__day"),
        rx.cond(some(blocks), held, free),
        add,
        class_name="hours__line",
    )


def _block(state: Any, one: Any) -> rx.Component:
    return rx.el.li(_opener(state, one, rx.fragment()))


def _opener(state: Any, one: Any, above: rx.Component) -> rx.Component:
    """The hours as a button that opens the form that changes them."""
    about = rx.cond(one.about != "", rx.el.span(one.about, class_name="t-xs dim"), rx.fragment())
    trigger = rx.el.button(
        above,
        rx.el.span(one.span, class_name="num font-medium"),
        about,
        type="button",
        class_name="hours__block",
    )
    return named_dialog(
        state,
        "block " + one.id,
        hours_form(state, one),
        title=one.day + ", " + one.span,
        words=_("Lessons in the diary stay where they are."),
        trigger=trigger,
        look=SHEET,
    )


def _dated(state: Any) -> rx.Component:
    def one(block: Any) -> rx.Component:
        day = rx.el.span(block.day, class_name="t-sm dim")
        twice = rx.el.p(icon("clock", 14), block.twice, class_name="t-sm hours__twice")
        return rx.el.li(
            _opener(state, block, day),
            rx.cond(block.twice != "", twice, rx.fragment()),
            class_name="entry",
        )

    add = named_dialog(
        state,
        DATED,
        hours_form(state, dated=True),
        title=_("Hours on one day"),
        words=_("On top of the hours of its weekday."),
        trigger=button(_("Add a day"), "plus", size="sm"),
        look=SHEET,
    )
    none = _quiet(_("None. Add one for an open day, or to catch up."))
    return card(rows(state.dated, one, empty=none), title=_("On single days"), action=add)


def _away(state: Any) -> rx.Component:
    def one(off: rx.vars.ObjectVar[AwayLine]) -> rx.Component:
        lessons = link(off.lessons, off.href, class_name="t-sm tap-line")
        return rx.el.li(
            rx.el.div(
                rx.el.p(off.when, class_name="font-medium"),
                rx.cond(
                    off.reason != "", rx.el.p(off.reason, class_name="t-sm dim"), rx.fragment()
                ),
                rx.cond(off.lessons != "", lessons, rx.fragment()),
                class_name="flex-1 min-w-0",
            ),
            button(_("Take back"), "undo-2", size="sm", on_click=state.take_back(off.id)),
            class_name="row",
        )

    add = named_dialog(
        state,
        AWAY,
        away_form(state),
        title=_("Away"),
        words=_("Nothing can be booked then. Lessons in the diary stay until you see to them."),
        trigger=button(_("Away"), "plane", kind="primary", size="sm"),
        look=SHEET,
    )
    none = _quiet(_("Not away. Say here when somebody is ill or on holiday."))
    return card(rows(state.away, one, empty=none), title=_("Away"), action=add)


def _quiet(words: str) -> rx.Component:
    return card_body(rx.el.p(words, class_name="t-sm dim pt-1"))
