"""What Cadenza does by itself: what it could not do first, then what waits and what is to come."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.office.settings.jobs_state import JobsState
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import folded, form, text_field
from studio_app.web.ui.icons import tile
from studio_app.web.ui.lists import Column, pager, rows, some, table
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import stack
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

LOOK_EVERY = 20
"""Seconds: what was done is told to nobody, so the page asks."""


def page() -> rx.Component:
    state: Any = JobsState
    return settings_shell(
        routes.SETTINGS_JOBS,
        loaded(
            state,
            stack(_failed(state), _on_time(state), _backlog(state)),
            skeleton=card(skeleton_rows(6)),
            on_retry=JobsState.load,
        ),
        live(
            "job_run",
            "delivery_failure",
            "dead_letter_decision",
            on_change=JobsState.look_again,
            every=LOOK_EVERY,
        ),
    )


def _failed(state: Any) -> rx.Component:
    none = empty("check-check", _("Everything was done"), _("Nothing waits for you here."))
    every = button(_("Try all again"), "rotate-cw", size="sm", on_click=state.retry_all)
    return card(
        rows(state.dead, lambda one: _dead(state, one), empty=none),
        pager(state.page_number, more=state.more, on_back=state.last_page, on_next=state.next_page),
        title=_("What could not be done"),
        action=rx.cond(some(state.dead), every, rx.fragment()),
    )


def _dead(state: Any, one: Any) -> rx.Component:
    about = rx.el.p(
        rx.el.span(one.when, class_name="num"),
        rx.cond(one.because != "", " · " + one.because, ""),
        " · " + one.tries,
        class_name="t-xs faint",
    )
    words = rx.el.div(
        rx.el.p(one.words, class_name="t-sm font-medium"),
        about,
        folded(
            _("Technical details"),
            rx.cond(one.error != "", rx.el.p(one.error, class_name="t-sm break-words")),
            rx.el.pre(one.payload, class_name="t-xs num overflow-x-auto"),
        ),
        class_name="grow min-w-0",
    )
    buttons = rx.el.div(
        button(_("Try again"), "rotate-cw", size="sm", on_click=state.retry(one.id)),
        _discard(state, one),
        class_name="flex gap-1",
    )
    return rx.el.li(
        rx.el.div(
            tile("circle-alert", "bad"), words, class_name="flex gap-3 grow min-w-0 items-start"
        ),
        buttons,
        key=one.id,
        class_name="row row--acts",
    )


def _discard(state: Any, one: Any) -> rx.Component:
    asked = form(
        text_field(
            _("Why?"),
            "reason",
            hint=_("Kept with who changed what, for whoever asks later."),
            max_length=500,
        ),
        form_actions(submit(_("Discard it"))),
        on_submit=state.discard,
    )
    return named_dialog(
        state,
        "discard " + one.id,
        asked,
        title=_("Discard this?"),
        words=_("It will not be tried again. Nothing that was done before is taken back."),
        trigger=button(_("Discard"), kind="ghost", size="sm"),
    )


def _on_time(state: Any) -> rx.Component:
    none = empty("clock", _("Nothing is planned"), _("Cadenza does nothing by the clock here."))
    columns = (
        Column(_("What"), _job),
        Column(_("Last time"), _last),
        Column(_("Took"), lambda one: rx.el.span(_or_dash(one.took), class_name="t-sm")),
        Column(_("Next time"), lambda one: rx.el.span(one.next_when, class_name="num t-sm")),
        Column(_("Now"), lambda one: _acts(state, one)),
    )
    return card(
        table(_("Done by the clock"), columns, state.jobs, empty=none),
        title=_("Done by the clock"),
    )


def _job(one: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(one.words, class_name="font-medium"),
        rx.el.div(one.schedule, class_name="t-xs faint"),
    )


def _last(one: Any) -> rx.Component:
    never = rx.el.span(_("Not yet"), class_name="t-sm faint")
    ran = rx.el.div(
        rx.el.div(_state(one.state), " ", one.last_when, class_name="t-sm num"),
        rx.el.div(one.result, class_name="t-xs faint"),
    )
    return rx.cond(one.last_when == "", never, ran)


def _state(state: Any) -> rx.Component:
    shown: Any = rx.match(
        state,
        ("failed", pill(_("Failed"), tone="bad")),
        ("going", pill(_("Running"), tone="info")),
        pill(_("Done"), tone="ok"),
    )
    return shown


def _acts(state: Any, one: Any) -> rx.Component:
    return rx.el.div(
        button(_("Run now"), "play", size="sm", on_click=state.run_now(one.name)),
        named_dialog(
            state,
            "runs " + one.name,
            rows(state.runs, _past, empty=rx.el.p(_("It has not run yet."), class_name="t-sm dim")),
            title=one.words,
            words=one.schedule,
            trigger=button(_("History"), kind="ghost", size="sm"),
        ),
        class_name="flex gap-1",
    )


def _past(run: Any) -> rx.Component:
    asked = rx.cond(run.who != "", " · " + run.who, "")
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(run.when, class_name="num"),
                rx.cond(run.took != "", " · " + run.took, ""),
                asked,
                class_name="t-sm",
            ),
            rx.el.div(run.result, class_name="t-xs faint"),
            class_name="flex-1 min-w-0",
        ),
        _state(run.state),
        class_name="row",
    )


def _backlog(state: Any) -> rx.Component:
    none = empty("inbox", _("Nothing waits"), _("Whatever happened was dealt with."))
    columns = (
        Column(_("What"), lambda one: one.words),
        Column(_("Waits"), lambda one: one.waiting, figures=True),
        Column(_("Is tried again"), lambda one: one.retrying, figures=True),
        Column(_("Failed"), lambda one: one.dead, figures=True),
        Column(_("Longest wait"), lambda one: rx.el.span(_or_dash(one.since), class_name="t-sm")),
    )
    return card(
        table(_("What is waiting"), columns, state.waiting, empty=none),
        title=_("What is waiting"),
    )


def _or_dash(words: Any) -> Any:
    return rx.cond(words == "", "–", words)
