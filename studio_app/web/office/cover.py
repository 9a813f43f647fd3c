"""A teacher is away: who gives each of the lessons, and one button for all of them."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.cover_state import CoverState
from studio_app.web.office.unanswered import unanswered
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import option, segmented
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.forms import fields, form, option_list, text_field
from studio_app.web.ui.lists import acting_row, some
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb, stack
from studio_app.web.ui.reasons import reason_field
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = CoverState
    return office_shell(
        routes.CALENDAR,
        loaded(
            state,
            stack(_who_and_when(state), _answer(state), unanswered()),
            skeleton=card(skeleton_rows(6)),
            on_retry=CoverState.load,
        ),
        live("lesson", on_change=CoverState.look_again),
        title=_("Find cover"),
        top=[breadcrumb((_("Calendar"), routes.CALENDAR))],
    )


def _who_and_when(state: Any) -> rx.Component:
    spans = [
        option("today", _("Today")),
        option("tomorrow", _("Tomorrow")),
        option("this_week", _("This week")),
        option("next_week", _("Next week")),
    ]
    who = rx.el.label(
        rx.el.span(_("Who is away"), class_name="field__label"),
        rx.el.select(
            rx.el.option(_("Choose a teacher"), value=""),
            option_list(state.teachers),
            value=state.teacher_id,
            on_change=CoverState.choose_teacher,
            class_name="input",
        ),
        class_name="field",
    )
    first, last = (
        text_field(words, name, kind="date", value=value, on_change=on_change)
        for words, name, value, on_change in (
            (_("From"), "first_on", state.first_on, CoverState.choose_first),
            (_("Until"), "until", state.until, CoverState.choose_last),
        )
    )
    return card(
        card_body(
            fields(who, first, last),
            segmented(_("Days"), state.span, spans, on_choose=CoverState.choose_span),
            class_name="grid gap-3 pt-4",
        )
    )


def _answer(state: Any) -> rx.Component:
    nobody_chosen = card(
        empty(
            "user-search",
            _("Who is away?"),
            _("Choose a teacher and the days: Cadenza suggests who could give each lesson."),
            level=2,
        )
    )
    nothing = card(
        empty(
            "calendar-check",
            _("Nothing to cover"),
            _("There are no lessons to come in these days."),
            level=2,
        )
    )
    return rx.cond(
        state.teacher_id == "",
        nobody_chosen,
        rx.cond(state.can_cancel, _plan(state), nothing),
    )


def _plan(state: Any) -> rx.Component:
    covered = card(
        rx.el.ul(rx.foreach(state.needs, _line), class_name="rows"),
        title=_("Who gives each lesson"),
    )
    nobody = card(
        rx.el.ul(rx.foreach(state.nobody, _line), class_name="rows"),
        title=_("Nobody is free for these"),
    )
    cancel = confirm(
        title=_("Cancel all of them?"),
        words=_("Every lesson in these days is cancelled, and every family hears of it."),
        action=_("Cancel all lessons"),
        on_confirm=CoverState.cancel_all,
        trigger=button(_("Cancel them all"), "calendar-x", kind="ghost danger"),
    )
    act = rx.cond(state.action != "", submit(state.action, "check-check"), rx.fragment())
    return form(
        rx.cond(some(state.needs), covered, rx.fragment()),
        rx.cond(some(state.nobody), nobody, rx.fragment()),
        reason_field(state.caution),
        rx.el.div(cancel, act, class_name="form__actions"),
        on_submit=CoverState.assign,
    )


def _line(line: Any) -> rx.Component:
    said = rx.el.div(
        rx.el.div(line.when, " · ", line.title, class_name="t-sm font-medium"),
        rx.el.div(line.where, class_name="t-xs faint"),
        class_name="flex-1 min-w-0",
    )
    chosen = rx.el.div(
        rx.el.select(
            option_list(line.options),
            value=line.chosen,
            on_change=lambda value: CoverState.choose(line.lesson_id, value),
            aria_label=_("Who gives the lesson: {lesson}", lesson=line.title),
            class_name="input",
        ),
        rx.el.div(line.why, class_name="t-xs faint"),
        class_name="grid gap-1",
    )
    return acting_row(said, chosen)
