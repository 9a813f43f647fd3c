"""The week on a phone: a strip of days over one day's grid, and a lesson's own sheet."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.lesson_notes import note_fields
from studio_app.web.proposing import propose_button
from studio_app.web.teacher.day_off import cancel_day_button
from studio_app.web.teacher.week_state import MyWeekState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.calendar import studio_calendar
from studio_app.web.ui.cards import facts, hint
from studio_app.web.ui.choices import choice
from studio_app.web.ui.dialogs import form_actions, sheet
from studio_app.web.ui.forms import fields, folded, form, text_field
from studio_app.web.ui.live import live
from studio_app.web.ui.reasons import reason_field
from studio_app.web.ui.shells import phone_header, teacher_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = MyWeekState
    content = loaded(
        state,
        _strip(state),
        rx.el.div(
            rx.el.p(
                rx.el.b(state.count), " · ", state.zone_label,
                class_name="dim t-sm", role="status",
            ),
            rx.el.div(
                rx.cond(state.over, rx.fragment(), cancel_day_button(state)),
                button(_("Today"), kind="ghost", on_click=MyWeekState.go_to_today),
                class_name="flex items-center",
            ),
            class_name="flex items-center justify-between px-5",
        ),
        rx.el.div(_grid(state), class_name="day-grid"),
        _sheet(state),
        skeleton=skeleton_block("h-96"),
        on_retry=MyWeekState.load,
    )  # fmt: skip
    title = rx.cond(state.day_said != "", state.day_said, _("Week"))
    turning = [
        icon_button("chevron-left", _("The week before"), on_click=MyWeekState.turn(-1)),
        icon_button("chevron-right", _("The week after"), on_click=MyWeekState.turn(1)),
        account_button(),
    ]
    return teacher_shell(
        routes.WEEK,
        phone_header(title, state.month, *turning),
        content,
        live("lesson", "seat", "attendance_mark", on_change=MyWeekState.look_again),
    )


def _strip(state: Any) -> rx.Component:
    days = choice(
        _("Day"), state.day, state.days, on_choose=state.choose_day, look="days days--week"
    )
    return rx.el.div(days, class_name="px-4 pb-2")


def _grid(state: Any) -> rx.Component:
    return studio_calendar(
        events=state.events,
        patch=state.patch,
        rev=state.rev,
        view="timeGridDay",
        date=state.day,
        timezone=state.zone,
        locale=state.locale,
        slot_min_time=state.starts,
        slot_max_time=state.ends,
        scroll_time=state.scroll,
        slot_height=34,
        editable=True,
        server_now=state.server_now,
        on_event_drop=state.drop,
        on_event_resize=state.drop,
        on_event_click=state.look,
        on_locked=state.look,
    )


def _sheet(state: Any) -> rx.Component:
    lesson = state.lesson
    about = facts(
        ("clock", _("When"), lesson.when),
        ("map-pin", _("Where"), rx.cond(lesson.place != "", lesson.place, _("No room"))),
        ("music", _("Kind"), lesson.kind),
    )
    status = status_badge(lesson.status, "scheduled", "requested", "provisional", "cancelled")
    return sheet(
        rx.el.div(
            rx.el.div(status), about, rx.cond(lesson.movable, _other_times(state), rx.fragment()),
            _notes(state),
            class_name="grid gap-4",
        ),
        title=lesson.title,
        is_open=state.opened == "lesson",
        on_open_change=state.open("lesson"),
    )  # fmt: skip


def _other_times(state: Any) -> rx.Component:
    return rx.fragment(propose_button(state.lesson.id, block=True), _form(state))


def _form(state: Any) -> rx.Component:
    """The way to move a lesson without dragging it."""
    lesson, faults = state.lesson, state.faults
    problems = rx.foreach(state.conflicts, lambda words: hint("circle-alert", words, tone="bad"))
    remarks = rx.foreach(state.remarks, lambda words: hint("info", words))
    return form(
        rx.el.h3(_("Reschedule"), class_name="t-h3"),
        fields(
            text_field(
                _("Day"), "on", kind="date", faults=faults, default_value=lesson.on,
                on_change=lambda value: state.wish(value, ""),
            ),
            text_field(
                _("Begins"), "at", kind="time", faults=faults, default_value=lesson.at,
                on_change=lambda value: state.wish("", value),
            ),
            text_field(
                _("Minutes"), "minutes", kind="number", faults=faults,
                default_value=lesson.minutes,
            ),
        ),
        rx.el.div(problems, remarks, role="status", class_name="grid gap-2"),
        reason_field(state.caution, faults=faults),
        form_actions(submit(_("Move the lesson"), "calendar-clock")),
        on_submit=state.reschedule,
        key=lesson.id,
    )  # fmt: skip


def _notes(state: Any) -> rx.Component:
    return folded(
        _("Notes"),
        form(
            note_fields(state.lesson, state.faults),
            rx.el.div(submit(_("Save notes"))),
            on_submit=state.save_notes,
            key=state.lesson.id,
        ),
    )
