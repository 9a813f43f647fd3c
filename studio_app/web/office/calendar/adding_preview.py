"""The second step of a weekly lesson: closures, holidays and conflicts, decided one by one."""

from typing import Any

import reflex as rx

from studio_app.web.office.calendar.adding_state import NewLessonState
from studio_app.web.office.calendar.preview import KEEP, MOVE, SKIP, PreviewLine
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import hint
from studio_app.web.ui.choices import choice, option
from studio_app.web.ui.dialogs import dialog_actions
from studio_app.web.ui.forms import form
from studio_app.web.ui.lists import some
from studio_app.web.ui.reasons import reason_field
from studio_app.web.words import _


def preview_step() -> rx.Component:
    shown = NewLessonState.preview
    return rx.el.div(
        rx.el.p(shown.summary, class_name="t-h3"),
        rx.foreach(shown.sentences, lambda words: hint("calendar-x", words, tone="warn")),
        hint("circle-check", shown.clear, tone="ok"),
        rx.cond(
            some(NewLessonState.lines),
            rx.el.ul(rx.foreach(NewLessonState.lines, _line), class_name="rows preview"),
            rx.fragment(),
        ),
        rx.cond(
            shown.goes_on,
            rx.el.p(_("It goes on after these weeks."), class_name="t-xs faint"),
            rx.fragment(),
        ),
        form(
            reason_field(NewLessonState.caution),
            dialog_actions(
                button(_("Back"), "chevron-left", kind="ghost", on_click=NewLessonState.back),
                submit(NewLessonState.action),
            ),
            on_submit=NewLessonState.save_series,
        ),
        class_name="form",
    )


def _line(line: rx.vars.ObjectVar[PreviewLine]) -> rx.Component:
    free = [option(SKIP, _("Skip")), option(KEEP, _("Keep")), option(MOVE, _("Move"))]
    taken = [option(SKIP, _("Skip")), option(MOVE, _("Move"))]
    return rx.el.li(
        rx.el.div(
            rx.el.b(line.when, class_name="t-sm num"),
            rx.foreach(line.problems, lambda words: rx.el.p(words, class_name="t-xs dim")),
            class_name="min-w-0 flex-1",
        ),
        choice(
            _("What to do on {day}", day=line.when),
            line.choice,
            rx.cond(line.taken, taken, free),
            on_choose=NewLessonState.decide,
            marker=line.on,
        ),
        rx.cond(line.choice == MOVE, _elsewhere(line), rx.fragment()),
        class_name="row preview__day",
    )


def _elsewhere(line: rx.vars.ObjectVar[PreviewLine]) -> rx.Component:
    def typed(kind: Any, name: str, label: str, value: Any) -> rx.Component:
        return rx.el.input(
            type=kind,
            default_value=value,
            aria_label=label,
            class_name="input",
            on_change=lambda value: NewLessonState.move_day(line.on, name, value),
        )

    return rx.el.div(
        typed("date", "day", _("New date for {day}", day=line.when), line.to_day),
        typed("time", "time", _("New time for {day}", day=line.when), line.to_time),
        class_name="preview__to",
    )
