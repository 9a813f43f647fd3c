"""The office's home: what needs somebody, how the studio is doing, where everybody is now."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.office.dashboard_news import NewsState, deliveries_card, payments_card
from studio_app.web.office.dashboard_state import (
    LOOKS,
    BlockShown,
    FigureShown,
    FiguresState,
    LaneShown,
    LanesState,
    MoneyState,
    MonthShown,
    NeedShown,
    NeedsState,
)
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import link, link_button
from studio_app.web.ui.cards import card, card_body, stat_card
from studio_app.web.ui.charts import sparkline, stacked_bars
from studio_app.web.ui.icons import tile
from studio_app.web.ui.lists import Column, rows, some, table
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block, skeleton_cards, skeleton_rows
from studio_app.web.words import _

LINES = {"ok": "ok", "bad": "bad", "mute": "accent"}
"""The colour of a figure's small line, by its tone."""


def page() -> rx.Component:
    new_lesson = link_button(_("New lesson"), f"{routes.CALENDAR}?new=1", "plus", kind="primary")
    hello = rx.cond(
        FrameState.frame.first_name != "",
        _("Hello, {name}", name=FrameState.frame.first_name),
        _("Dashboard"),
    )
    return office_shell(
        routes.OFFICE,
        rx.el.div(
            _figures(),
            rx.el.div(_money(), _needs(), class_name="board__two"),
            _today(),
            rx.el.div(payments_card(), deliveries_card(), class_name="board__two"),
            class_name="board",
        ),
        live(
            "lesson",
            "seat",
            "attendance_mark",
            "payment",
            "invoice",
            "delivery_failure",
            "dead_letter_decision",
            "task",
            "proposal",
            "message",
            "reply",
            on_change=[
                NeedsState.load,
                LanesState.load,
                NewsState.load,
                FrameState.count_overdue,
            ],
        ),
        title=hello,
        top=[
            rx.el.span(NeedsState.day, class_name="t-sm faint top__beside"),
            new_lesson,
        ],
    )


def _figures() -> rx.Component:
    shown = rx.el.div(rx.foreach(FiguresState.figures, _figure), class_name="stats")
    return loaded(FiguresState, shown, skeleton=skeleton_cards(), on_retry=FiguresState.load)


def _figure(one: rx.vars.ObjectVar[FigureShown]) -> rx.Component:
    def drawn(tone: str) -> rx.Component:
        return stat_card(
            one.name,
            one.said,
            note=one.note,
            tone=tone,  # type: ignore[arg-type]
            picture=rx.cond(
                one.points != "", sparkline(one.points, colour=LINES[tone]), rx.fragment()
            ),
        )

    matched: Any = rx.match(one.tone, ("ok", drawn("ok")), ("bad", drawn("bad")), drawn("mute"))
    return rx.el.a(matched, href=one.href, class_name="stat-link")


def _money() -> rx.Component:
    key = rx.el.p(
        rx.el.span(class_name="key-dot key-dot--main", aria_hidden="true"),
        _("Collected"),
        rx.el.span(class_name="key-dot key-dot--rest", aria_hidden="true"),
        _("Still open of that month’s invoices"),
        class_name="t-xs dim chart-key",
    )
    numbers = rx.el.div(
        table(_("Money by month"), _month_columns(), MoneyState.months, empty=rx.fragment()),
        class_name="sr",
    )
    bars = stacked_bars(rx.Var.create(MoneyState.bars), _("Money of the last six months"))
    nothing = empty(
        "receipt",
        _("No money yet"),
        _("Once an invoice is sent or a payment recorded, six months stand here."),
        link_button(_("Open billing"), routes.BILLING),
    )
    shown = rx.cond(
        MoneyState.nothing,
        nothing,
        card_body(key, bars, numbers),
    )
    return card(
        loaded(MoneyState, shown, skeleton=card_body(skeleton_block()), on_retry=MoneyState.load),
        title=_("Revenue"),
        action=link(_("See the payments"), routes.PAYMENTS, class_name="t-sm"),
    )


def _month_columns() -> tuple[Column, ...]:
    def month(row: rx.vars.ObjectVar[MonthShown]) -> Any:
        return row.month

    return (
        Column(_("Month"), month),
        Column(_("Collected"), lambda row: row.collected, figures=True),
        Column(_("Still open"), lambda row: row.open, figures=True),
    )


def _needs() -> rx.Component:
    done = empty("check-check", _("All done"), _("Nothing waits for you."))
    listed = rows(NeedsState.needs, _need, empty=done)
    needs: Any = NeedsState.needs
    return card(
        loaded(NeedsState, listed, skeleton=skeleton_rows(4), on_retry=NeedsState.load),
        title=_("Needs you"),
        action=rx.cond(some(NeedsState.needs), pill(needs.length()), rx.fragment()),
    )


def _need(one: rx.vars.ObjectVar[NeedShown]) -> rx.Component:
    verbs = {
        "bookings": _("Decide"),
        "freed": _("Offer it"),
        "proposed": _("See which"),
        "rollover": _("See who"),
        "overdue": _("See who"),
        "unplaced": _("Find a time"),
        "unmarked": _("Mark"),
        "unpriced": _("Set a price"),
        "imported": _("Finish"),
        "dead": _("See what"),
        "failing": _("See the history"),
        "tasks": _("Tick off"),
        "undelivered": _("See which"),
        "unreached": _("See the family"),
        "answers": _("Read"),
        "silent": _("Begin"),
        "video": _("See to it"),
        "running_low": _("Sell another"),
    }
    tiles = [(matter, tile(icon, tone)) for matter, (icon, tone) in LOOKS.items()]
    named = [(matter, verbs[matter]) for matter in LOOKS]
    verb: Any = rx.match(one.matter, *named, _("Open"))
    return rx.el.li(
        rx.fragment(rx.match(one.matter, *tiles, tile("info"))),
        rx.el.div(
            rx.el.div(one.words, class_name="t-sm font-medium"),
            rx.el.div(one.detail, class_name="t-xs faint need__detail"),
            class_name="flex-1 min-w-0",
        ),
        link_button(verb, one.href),
        class_name="row",
    )


def _today() -> rx.Component:
    nobody = empty(
        "calendar-days",
        _("No lessons today"),
        _("The day is free."),
        link_button(_("Open the week"), routes.CALENDAR),
    )
    lanes = rx.el.div(
        rx.el.div(
            rx.el.span(class_name="lane__who"),
            rx.el.div(
                rx.foreach(LanesState.hours, rx.el.span),
                class_name="lane__hours num",
            ),
            class_name="lane lane--head",
            aria_hidden="true",
        ),
        rx.foreach(LanesState.lanes, _lane),
        class_name="lanes",
    )
    return card(
        loaded(
            LanesState,
            rx.cond(some(LanesState.lanes), lanes, nobody),
            skeleton=skeleton_rows(4),
            on_retry=LanesState.load,
        ),
        title=_("Today"),
        action=link(_("Open calendar"), LanesState.day_href, class_name="t-sm"),
    )


def _lane(lane: rx.vars.ObjectVar[LaneShown]) -> rx.Component:
    present = rx.el.span(class_name="lane__now", style={"left": LanesState.now}, aria_hidden="true")
    return rx.el.div(
        rx.el.span(
            avatar(lane.initials, lane.colour, size="sm"),
            rx.el.span(lane.teacher, class_name="truncate"),
            class_name="lane__who t-sm font-medium",
        ),
        rx.el.ul(
            rx.foreach(lane.blocks, _block),
            rx.cond(LanesState.now != "", present, rx.fragment()),
            class_name=rx.Var.create(f"lane__day {lane.colour}"),
        ),
        class_name="lane",
    )


def _block(one: rx.vars.ObjectVar[BlockShown]) -> rx.Component:
    return rx.el.li(
        rx.el.a(one.title, href=one.href, aria_label=one.says, title=one.says),
        class_name=one.look,
        style={"left": one.left, "width": one.width},
    )
