"""The office's first page: figures, what needs somebody, and today."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.office.dashboard.states import DayState, FiguresState, NeedsState
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import link, link_button
from studio_app.web.ui.cards import Tone, card, card_body, needs_you_row, stat_card, stats
from studio_app.web.ui.charts import sparkline, stacked_bars
from studio_app.web.ui.lanes import lanes
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import halves, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block, skeleton_cards, skeleton_rows
from studio_app.web.words import _


def page() -> rx.Component:
    frame: Any = FrameState.frame
    hello = _("Hello, {name}", name=frame.first_name)
    return office_shell(
        routes.OFFICE,
        stack(_figures(), halves(_revenue(), _needs()), _today()),
        live("lesson", "seat", on_change=DayState.load),
        live("attendance_mark", "invoice", "payment", on_change=NeedsState.load),
        title=rx.cond(frame.first_name != "", hello, _("Dashboard")),
        top=[
            rx.el.span(DayState.day, class_name="t-sm dim"),
        ],
    )


def _figures() -> rx.Component:
    state: Any = FiguresState
    today: Any = DayState
    shown = state.figures
    earned = rx.Var.create(_("Earned in")) + " " + shown.month
    cards = stats(
        stat_card(earned, shown.earned, note=shown.before, picture=sparkline(shown.line)),
        _owed(shown),
        stat_card(_("Active students"), shown.active, note=shown.others),
        stat_card(_("Lessons today"), today.held.to(str), note=today.teachers),
    )
    return loaded(state, cards, skeleton=skeleton_cards(4), on_retry=state.load)


def _owed(shown: Any) -> rx.Component:
    def figure(tone: Tone) -> rx.Component:
        return stat_card(_("Outstanding"), shown.outstanding, note=shown.overdue, tone=tone)

    return rx.cond(shown.any_overdue, figure("bad"), figure("mute"))


def _revenue() -> rx.Component:
    state: Any = FiguresState
    more = link(_("Open billing"), routes.BILLING, class_name="t-sm")
    body = card_body(
        stacked_bars(state.bars, state.bars_say),
        rx.el.p(_("What lessons and fees earned, by month."), class_name="t-xs faint mt-2"),
    )
    shown = loaded(state, body, skeleton=skeleton_block("h-48"), on_retry=state.load)
    return card(shown, title=_("Revenue"), action=more)


def _needs() -> rx.Component:
    state: Any = NeedsState
    rows = rx.el.ul(
        _need(state.overdue, "circle-alert", "bad", _("Open billing")),
        _need(state.unmarked, "list-checks", "warn", _("Mark them")),
        _need(state.unbilled, "receipt", "info", _("Give a price")),
        _need(state.imported, "upload", "accent", _("Finish")),
        class_name="rows",
    )
    nothing = empty("circle-check", _("Nothing waits for you"), _("Enjoy the quiet."))
    shown = rx.cond(state.count > 0, rows, nothing)
    section = loaded(state, shown, skeleton=skeleton_rows(3), on_retry=state.load)
    return card(section, title=_("Needs you"), action=pill(state.count.to(str)))


def _need(need: Any, icon_name: str, tone: Tone, action: str) -> rx.Component:
    act = link_button(action, need.href, size="sm")
    line = needs_you_row(icon_name, tone, need.words, need.detail, act)
    return rx.cond(need.words != "", line, rx.fragment())


def _today() -> rx.Component:
    state: Any = DayState
    nobody = empty(
        "calendar",
        _("No lessons today"),
        _("The calendar shows the days to come."),
        link_button(_("Open the calendar"), routes.CALENDAR, "calendar-days"),
    )
    shown = rx.cond(
        state.lanes.length() > 0,
        lanes(state.lanes, state.hours, state.now, label=_("Today’s lessons by teacher")),
        nobody,
    )
    section = loaded(state, shown, skeleton=skeleton_rows(3), on_retry=state.load)
    more = link(_("Open the calendar"), routes.CALENDAR, class_name="t-sm")
    return card(section, title=_("Today"), action=more)
