"""The portal's home, in the order in which a parent asks: when, how much, what, how is it going."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.portal.home_state import HomeState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.badges import badge
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.charts import progress
from studio_app.web.ui.forms import folded
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import row, some
from studio_app.web.ui.live import live
from studio_app.web.ui.phone import card_line, date_tile
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = HomeState
    content = loaded(
        state,
        rx.foreach(state.children, _next_lesson),
        rx.foreach(state.accounts, _account),
        _focus(state),
        _progress(state),
        rx.cond(some(state.children), rx.fragment(), card(_nobody())),
        skeleton=rx.fragment(card(skeleton_rows(2)), card(skeleton_rows(2))),
        on_retry=HomeState.load,
    )
    name = FrameState.frame.first_name
    hello = rx.cond(name != "", _("Hello, {name}", name=name), _("Home"))
    return portal_shell(
        routes.PORTAL,
        phone_header(hello, FrameState.frame.studio, account_button()),
        content,
        live("lesson", "seat", "payment", "invoice", on_change=HomeState.look_again, every=300),
    )


def _nobody() -> rx.Component:
    words = _("The studio has not linked a student to you yet. Please ask them to.")
    return empty("users", _("Nobody learns here yet"), words, level=2)


def _next_lesson(one: Any) -> rx.Component:
    mark = rx.cond(one.makeup, badge("makeup"), rx.fragment())
    child = rx.el.span(
        avatar(one.initials, one.colour, size="sm"), one.first_name, class_name="child"
    )
    words = rx.el.div(
        rx.el.p(one.when, class_name="t-person"),
        rx.el.p(one.what, class_name="dim"),
        rx.el.p(icon("user", 14), one.teacher, class_name="icon-line dim t-sm"),
        rx.cond(
            one.where != "",
            rx.el.p(icon("map-pin", 14), one.where, class_name="icon-line dim t-sm"),
            rx.fragment(),
        ),
        class_name="min-w-0 grid gap-1",
    )
    lesson = rx.el.div(date_tile(one.month, one.day), words, class_name="flex gap-3.5 mt-3")
    none = rx.el.p(_("No lesson is planned."), class_name="dim mt-3")
    body = card_body(
        card_line(rx.el.h2(_("Next lesson"), class_name="t-over"), rx.el.span(mark, child)),
        rx.cond(one.has_lesson, lesson, none),
    )
    return card(body, class_name="card--now")


def _account(one: Any) -> rx.Component:
    state: Any = HomeState
    late = rx.cond(one.overdue != "", badge("overdue", one.overdue), rx.fragment())
    settled = rx.el.p(_("Nothing to pay."), class_name="dim")
    credit = rx.el.p(_("in credit"), class_name="tone-text-ok")
    owes = rx.el.p(_("to pay"), class_name="dim")
    said = rx.fragment(rx.match(one.standing, ("owes", owes), ("credit", credit), settled))
    body = card_body(
        card_line(rx.el.h2(_("Balance"), class_name="t-over"), late),
        rx.el.div(
            rx.el.p(one.balance, class_name="num figure-lg"),
            said,
            class_name="flex items-baseline gap-2 mt-1",
        ),
        rx.cond(one.standing == "owes", _how_to_pay(state), rx.fragment()),
    )
    parts = rx.el.ul(rx.foreach(one.parts, _part), class_name="rows parts")
    return card(body, rx.cond(some(one.parts), parts, rx.fragment()))


def _part(one: Any) -> rx.Component:
    words = rx.el.div(
        rx.el.div(one.words, class_name="font-medium"),
        rx.el.div(one.detail, class_name=rx.cond(one.late, "t-sm tone-text-bad", "t-sm dim")),
        class_name="flex-1 min-w-0",
    )
    amount = rx.el.span(one.amount, class_name="num")
    linked = row(words, amount, icon("chevron-right", 16, class_name="faint"), href=one.href)
    return rx.cond(one.href != "", linked, row(words, amount))


def _how_to_pay(state: Any) -> rx.Component:
    told = rx.el.p(state.how_to_pay, class_name="whitespace-pre-line")
    ask = rx.el.p(_("In cash at your lesson, or by bank transfer: ask the studio for its account."))
    return folded(_("How to pay"), rx.cond(state.how_to_pay != "", told, ask))


def _focus(state: Any) -> rx.Component:
    return rx.foreach(
        state.children, lambda one: rx.cond(one.focus != "", _to_practise(one), rx.fragment())
    )


def _to_practise(one: Any) -> rx.Component:
    child = rx.el.span(
        avatar(one.initials, one.colour, size="sm"), one.first_name, class_name="child"
    )
    return card(
        card_body(
            card_line(rx.el.h2(_("This week’s focus"), class_name="t-over"), child),
            rx.el.p(one.focus, class_name="font-medium whitespace-pre-line mt-2"),
            rx.el.p(one.focus_from, class_name="t-sm dim mt-1"),
        )
    )


def _progress(state: Any) -> rx.Component:
    def one(child: Any) -> rx.Component:
        bar = progress(child.held, _("Lessons completed"), most=child.of)
        return rx.el.li(
            avatar(child.initials, child.colour),
            rx.el.div(
                rx.el.div(child.first_name, class_name="font-medium"),
                rx.el.div(child.progress, class_name="t-sm dim mb-2"),
                rx.cond(child.of > 0, bar, rx.fragment()),
                class_name="flex-1 min-w-0",
            ),
            class_name="row",
        )

    shown = rx.foreach(
        state.children, lambda child: rx.cond(child.progress != "", one(child), rx.fragment())
    )
    listed = card(rx.el.ul(shown, class_name="rows"), title=_("Lessons completed"))
    return rx.cond(some(state.children), listed, rx.fragment())
