"""Booking on a phone: the time is a tap, what it means stands above the button."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.portal.book_drawing import ChildChip, GroupLine
from studio_app.web.portal.book_state import BookState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, link, link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.choices import chip, choice
from studio_app.web.ui.forms import option_list
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = BookState
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("Book a lesson"), FrameState.frame.studio, account_button()),
        loaded(
            state,
            rx.cond(state.can_book, _booking(state), _closed()),
            skeleton=skeleton_block(),
            on_retry=BookState.load,
        ),
        live("lesson", "seat", "booking", "availability", on_change=BookState.look_again),
    )


def _booking(state: Any) -> rx.Component:
    return rx.fragment(
        rx.el.div(_children(state), _filters(state), class_name="phone__tools"),
        rx.cond(state.gone, _gone(), rx.fragment()),
        rx.cond(some(state.days), _times(state), _nothing()),
        _turning(state),
        rx.cond(state.picked.value != "", _confirm(state), rx.fragment()),
    )


def _children(state: Any) -> rx.Component:
    def one(child: rx.vars.ObjectVar[ChildChip]) -> rx.Component:
        return chip(child.name, pressed=child.chosen, on_click=BookState.choose_child(child.id))

    listed = rx.foreach(state.children, one)
    shown = rx.el.div(listed, class_name="chips", role="group", aria_label=_("Child"))
    return rx.cond(some(state.children), shown, rx.fragment())


def _filters(state: Any) -> rx.Component:
    def chooser(label: str, value: Any, options: Any, on_change: Any) -> rx.Component:
        return rx.el.label(
            rx.el.span(label, class_name="sr"),
            rx.el.select(
                option_list(options), value=value, on_change=on_change, class_name="input w-full"
            ),
            class_name="min-w-0",
        )

    return rx.el.div(
        chooser(_("Kind of lesson"), state.kind, state.kinds, BookState.choose_kind),
        chooser(_("Teacher"), state.teacher, state.teachers, BookState.choose_teacher),
        class_name="grid gap-2 w-full",
    )


def _times(state: Any) -> rx.Component:
    days = choice(_("Day"), state.day, state.days, on_choose=BookState.choose_day, look="days")
    times = choice(
        _("Time"), state.picked.value, state.times, on_choose=BookState.choose_time, look="slots"
    )
    groups = rx.el.ul(rx.foreach(state.groups, _group), class_name="rows")
    return card(
        card_body(
            days,
            rx.cond(some(state.times), rx.el.div(times, class_name="mt-4"), rx.fragment()),
            class_name="py-4",
        ),
        rx.cond(some(state.groups), groups, rx.fragment()),
    )


def _group(line: rx.vars.ObjectVar[GroupLine]) -> rx.Component:
    pick = button(
        _("Choose"),
        on_click=BookState.choose_place(line.value),
        aria_pressed=rx.cond(line.chosen, "true", "false"),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(line.time, class_name="font-medium num block"),
            rx.el.span(line.about, class_name="t-sm dim block"),
            class_name="flex-1 min-w-0",
        ),
        rx.cond(line.left != "", pill(line.left, tone="info"), rx.fragment()),
        pick,
        class_name="row",
    )


def _confirm(state: Any) -> rx.Component:
    """Over what is below it, so that it is in reach of a thumb without scrolling."""
    weekly = rx.el.div(
        chip(_("Every week"), pressed=state.every_week, on_click=BookState.turn_weekly),
        class_name="chips mt-2",
    )
    but = rx.el.p(state.picked.but, class_name="t-sm dim mt-1", role="status")
    return rx.el.div(
        card(
            card_body(
                rx.el.p(state.picked.when, class_name="font-semibold num"),
                rx.el.p(state.picked.about, class_name="t-sm dim"),
                rx.cond(state.picked.weekly, weekly, rx.fragment()),
                rx.cond(state.every_week, but, rx.fragment()),
                rx.cond(
                    state.paid_by != "",
                    rx.el.div(hint("ticket", rx.fragment(state.paid_by)), class_name="mt-3"),
                    rx.fragment(),
                ),
                rx.el.div(hint("info", rx.fragment(state.meaning)), class_name="my-3"),
                rx.cond(state.has_policy, _policy(), rx.fragment()),
                button(
                    rx.cond(
                        state.every_week,
                        _("Book it every week"),
                        _("Book {when}", when=state.picked.when),
                    ),
                    "check",
                    kind="primary",
                    size="lg",
                    block=True,
                    on_click=BookState.confirm,
                ),
                class_name="py-4",
            ),
            class_name="card--now",
        ),
        class_name="sticky bottom-20",
        role="region",
        aria_label=_("What you book"),
        aria_live="polite",
    )


def _policy() -> rx.Component:
    """Whoever books agrees to it: what it says is one tap away."""
    return rx.el.p(
        _("By booking you agree to"),
        " ",
        link(_("what holds when a lesson is cancelled"), routes.PORTAL_POLICY),
        ".",
        class_name="t-xs faint mb-3",
    )


def _turning(state: Any) -> rx.Component:
    sooner = button(_("Earlier dates"), "chevron-left", kind="ghost", on_click=BookState.sooner)
    later = button(
        _("Later dates"),
        "chevron-right",
        kind="ghost",
        class_name="btn--onward",
        on_click=BookState.later,
    )
    return rx.el.div(
        rx.cond(state.is_later, sooner, rx.el.span()),
        rx.cond(state.is_last, rx.fragment(), later),
        class_name="flex justify-between px-4",
    )


def _gone() -> rx.Component:
    words = _("Somebody was faster: that time has just been taken. These are still open.")
    return rx.el.div(hint("circle-alert", words, tone="warn"), role="status")


def _nothing() -> rx.Component:
    return card(
        empty(
            "calendar-x",
            _("No open times in these weeks"),
            _("Try later dates, another teacher or another kind of lesson."),
            level=2,
        )
    )


def _closed() -> rx.Component:
    return card(
        empty(
            "calendar-x",
            _("Nothing can be booked here yet"),
            _("Ask the studio: it decides which lessons families may book."),
            link_button(_("Home"), routes.PORTAL, "house"),
            level=2,
        )
    )
