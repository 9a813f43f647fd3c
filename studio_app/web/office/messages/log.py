"""Everything that was sent: to whom, by which way, and what became of it."""

from typing import Any

import reflex as rx

from studio_app.messaging.queries.log import Channel, Which
from studio_app.web import routes
from studio_app.web.office.messages.log_state import STATUSES, MessagesState, WayFigure
from studio_app.web.office.messages.panel import message_dialog
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import link, link_button, text_button
from studio_app.web.ui.cards import card, card_body, stat_card
from studio_app.web.ui.choices import chip
from studio_app.web.ui.forms import option_list, search_box
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import Column, pager, table, toolbar
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_cards, skeleton_rows
from studio_app.web.words import _, say

ICONS = {"email": "mail", "text": "message-square", "push": "bell", "inbox": "inbox"}


def page() -> rx.Component:
    state: Any = MessagesState
    return office_shell(
        routes.MESSAGES,
        loaded(
            state,
            stack(_figures(), _list(state)),
            skeleton=stack(skeleton_cards(3), card(skeleton_rows(8))),
            on_retry=state.load,
        ),
        message_dialog(),
        live("message", "reply", on_change=state.look_again),
        title=_("Messages"),
        top=[
            link_button(_("Settings"), routes.SETTINGS_MESSAGES, "settings", kind="ghost"),
            link_button(_("Write to many"), routes.WRITE_TO_MANY, "send", kind="primary"),
        ],
    )


def _figures() -> rx.Component:
    def one(figure: rx.vars.ObjectVar[WayFigure]) -> rx.Component:
        def drawn(tone: Any) -> rx.Component:
            return stat_card(figure.way, figure.share, note=figure.note, tone=tone)

        return rx.cond(figure.tone == "bad", drawn("bad"), drawn("mute"))

    return rx.el.section(
        rx.el.h2(_("Arrived within 30 days"), class_name="sr"),
        rx.el.div(rx.foreach(MessagesState.figures, one), class_name="stats"),
    )


def _list(state: Any) -> rx.Component:
    columns = (
        Column(_("To"), _who),
        Column(_("What"), _what),
        Column(_("Way"), lambda row: way_of(row.channel, row.way)),
        Column(_("When"), lambda row: rx.el.span(row.when, class_name="num whitespace-nowrap")),
        Column(_("Status"), _status),
    )
    return card(
        card_body(_tabs(state), _narrowing(state), class_name="pt-4 grid grid-cols-1 gap-3"),
        table(_("Messages"), columns, state.rows, empty=_nothing(state)),
        pager(state.page_number, more=state.more, on_back=state.last_page, on_next=state.next_page),
    )


def _tabs(state: Any) -> rx.Component:
    def tab(which: Which, words: str, count: Any = "") -> rx.Component:
        said = rx.fragment(words, _count(count))
        return chip(said, pressed=state.which == which.value, on_click=state.narrow(which.value))

    answers = rx.el.a(
        _("Answers"),
        _count(state.unread),
        href=routes.REPLIES,
        class_name="chip",
    )
    return toolbar(
        rx.el.div(
            tab(Which.ALL, _("All")),
            tab(Which.WAITING, _("Waiting")),
            tab(Which.UNDELIVERED, _("Not arrived"), state.lost),
            answers,
            class_name="chips",
        )
    )


def _count(n: Any) -> rx.Component:
    return rx.cond(n != "", rx.el.span(n, class_name="num faint"), rx.fragment())


def _narrowing(state: Any) -> rx.Component:
    ways = [("", _("Every way")), *((way.value, say(way.label)) for way in Channel)]
    everybody = link(_("Show everybody’s"), routes.MESSAGES, class_name="t-sm")
    return toolbar(
        search_box(_("Find by name or address"), on_change=state.search.debounce(200)),
        rx.el.select(
            option_list(state.kinds),
            value=state.kind,
            on_change=state.choose_kind,
            aria_label=_("Kind"),
            class_name="input input--inline",
        ),
        rx.el.select(
            *[rx.el.option(words, value=value) for value, words in ways],
            value=state.channel,
            on_change=state.choose_way,
            aria_label=_("Way"),
            class_name="input input--inline",
        ),
        rx.cond(state.around, everybody, rx.fragment()),
    )


def _who(row: Any) -> rx.Component:
    return text_button(row.who, on_click=MessagesState.look_at(row.id))


def _what(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(row.what),
        rx.el.p(row.subject, class_name="t-xs faint"),
        class_name="min-w-0",
    )


def _status(row: Any) -> rx.Component:
    return rx.el.div(
        status_badge(row.status, *STATUSES),
        rx.el.p(row.reason, class_name="t-xs faint"),
        class_name="min-w-0",
    )


def way_of(channel: Any, words: Any) -> rx.Component:
    """By which way, as an icon and a word."""
    pictures = [(name, icon(picture, 14)) for name, picture in ICONS.items()]
    picture = rx.match(channel, *pictures, rx.fragment())
    return rx.el.span(
        picture, words, class_name="inline-flex items-center gap-1.5 whitespace-nowrap"
    )


def _nothing(state: Any) -> rx.Component:
    none_like_that = empty(
        "search", _("Nothing like that"), _("Try another name, kind or way."), level=2
    )
    none_yet = empty(
        "mail",
        _("Nothing here"),
        _("What Cadenza sends, and what waits to be sent, is listed here."),
        level=2,
    )
    return rx.cond(state.narrowed, none_like_that, none_yet)
