"""The teacher's phone: who comes now, who next, and one tap to say who came."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.meeting import join_button
from studio_app.web.teacher.marking import answers, marked_row, marks, plain_row, promised
from studio_app.web.teacher.today_state import SeatLine, TodayState
from studio_app.web.ui import charts
from studio_app.web.ui.account import account_button
from studio_app.web.ui.avatars import person
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import closing, sheet
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.ui.phone import phone_day
from studio_app.web.ui.shells import phone_header, teacher_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many

LATE_BY = (5, 10, 15, 20)


def page() -> rx.Component:
    state: Any = TodayState
    return teacher_shell(
        routes.TODAY,
        phone_header(_("Today"), state.day, account_button()),
        phone_day(
            loaded(
                state,
                rx.cond(some(state.forgotten), _reminder(state), rx.fragment()),
                rx.cond(state.anything, _day(state), _free_day()),
                _forgotten(state),
                skeleton=card(skeleton_rows(5)),
                on_retry=TodayState.load,
            ),
            ready=state.ready,
            rev=state.shown_as,
            outcomes={each["value"]: each["label"] for each in answers()},
            options=answers(),
            on_sent=TodayState.sent,
            on_direct=TodayState.mark,
        ),
        live("lesson", "seat", "attendance_mark", on_change=TodayState.look_again, every=60),
    )


def _reminder(state: Any) -> rx.Component:
    count = rx.el.span(state.forgotten.length(), class_name="badge s-overdue num")
    words = rx.el.span(_("Lessons of earlier days are not marked"), class_name="flex-1")
    look = "card row row--link min-h-[48px] text-[14px]"
    return rx.el.a(count, words, icon("arrow-down", 16), href="#not-marked", class_name=look)


def _day(state: Any) -> rx.Component:
    return rx.fragment(
        rx.cond(state.to_mark > 0, _progress(state), rx.fragment()),
        rx.cond(some(state.current), _now(state), rx.fragment()),
        _section(_("Up next"), state.coming, plain_row),
        _section(_("Earlier today"), state.earlier, marked_row),
    )


def _progress(state: Any) -> rx.Component:
    everybody = button(
        _("All present"), "check-check", size="sm", on_click=TodayState.mark_all, class_name="ml-2"
    )
    return card(
        card_body(
            rx.el.div(
                rx.el.span(state.progress, class_name="num font-medium"),
                rx.cond(state.can_mark_all, everybody, rx.fragment()),
                class_name="flex items-center justify-between min-h-[44px] mt-3 mb-3",
            ),
            charts.progress(state.marked, _("Lessons marked"), most=state.to_mark),
        )
    )


def _now(state: Any) -> rx.Component:
    first = state.current[0]
    when = rx.el.p(first.starts, "–", first.ends, class_name="num font-semibold")
    title = rx.el.h2(rx.cond(state.is_now, _("Now"), _("Next lesson")), class_name="t-over")
    head = rx.el.div(title, when, class_name="flex items-center justify-between gap-3 pt-4")
    listed = rx.el.ul(rx.foreach(state.current, _present_student))
    join = join_button(first.meeting, block=True)
    return card(card_body(head, listed, join, _late(first.lesson_id)), class_name="card--now")


def _late(lesson_id: Any) -> rx.Component:
    """Two taps: that one is late, and by how much."""
    opener = button(_("Running late"), "timer", kind="ghost", block=True, class_name="mt-3")
    by = [
        closing(
            button(
                many("{n} minute", "{n} minutes", n=minutes),
                size="lg",
                block=True,
                on_click=TodayState.say_late(lesson_id, minutes),
            )
        )
        for minutes in LATE_BY
    ]
    return sheet(
        rx.el.div(*by, class_name="grid gap-2"),
        title=_("How late are you?"),
        words=_("The families of this lesson hear of it at once."),
        trigger=opener,
    )


def _present_student(line: rx.vars.ObjectVar[SeatLine]) -> rx.Component:
    words = rx.fragment(line.note_from, ": ", line.note)
    note = rx.el.div(hint("notebook-pen", words), class_name="mt-3 whitespace-pre-line")
    return rx.el.li(
        rx.el.div(
            person(line.initials, line.name, line.where, colour=line.colour),
            promised(line),
            class_name="flex items-center justify-between gap-3",
        ),
        rx.cond(line.note != "", note, rx.fragment()),
        rx.el.div(marks(line), class_name="mt-3"),
        class_name="pt-3 pb-1",
    )


def _section(title: str, lines: Any, one: Any) -> rx.Component:
    listed = rx.fragment(
        rx.el.h2(title, class_name="t-over lead"),
        card(rx.el.ul(rx.foreach(lines, one), class_name="rows")),
    )
    return rx.cond(some(lines), listed, rx.fragment())


def _forgotten(state: Any) -> rx.Component:
    """Lessons of earlier days that nobody has marked: they cannot be billed."""
    count = rx.el.span(state.forgotten.length(), class_name="badge s-overdue num")
    heading = rx.el.h2(
        _("Not marked on earlier days"), count, class_name="t-over lead flex items-center gap-2"
    )
    why = rx.el.p(
        icon("circle-alert", 15), _("Without a mark these lessons are not billed."),
        class_name="t-sm dim flex items-center gap-2 px-4 pt-3",
    )  # fmt: skip
    listed = rx.el.ul(rx.foreach(state.forgotten, marked_row), class_name="rows")
    shown = rx.el.section(heading, card(why, listed), id="not-marked")
    return rx.cond(some(state.forgotten), shown, rx.fragment())


def _free_day() -> rx.Component:
    return card(
        empty(
            "coffee",
            _("No lessons today"),
            _("Enjoy the free day, or look at what the week brings."),
            link_button(_("See the week"), routes.WEEK, "calendar-days"),
            level=2,
        )
    )
