"""The dialog of a new lesson: who, with whom, where, when, once or weekly."""

from typing import Any

import reflex as rx

from studio_app.web.office.calendar.adding_preview import preview_step
from studio_app.web.office.calendar.adding_state import DIALOG, NewLessonState, Pick
from studio_app.web.office.calendar.wish import COUNT, GOES_ON, ONCE, TERM, UNTIL, WEEKLY
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.buttons import button, icon_button, submit
from studio_app.web.ui.choices import chip, option, segmented
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import (
    checkbox,
    fields,
    form,
    group,
    search_box,
    select_field,
    text_field,
)
from studio_app.web.ui.lists import some
from studio_app.web.ui.reasons import reason_field
from studio_app.web.words import _


def new_lesson_button() -> rx.Component:
    asking = rx.el.div(
        _students(),
        form(
            _who_and_where(),
            _when(),
            segmented(
                _("How often"),
                NewLessonState.repeat,
                [option(ONCE, _("Once")), option(WEEKLY, _("Weekly"))],
                on_choose=NewLessonState.choose_repeat,
            ),
            rx.cond(NewLessonState.repeat == WEEKLY, _weekly(), rx.fragment()),
            reason_field(NewLessonState.caution, faults=NewLessonState.faults),
            form_actions(
                submit(
                    rx.cond(NewLessonState.repeat == WEEKLY, _("Look at the days"), _("Add lesson"))
                )
            ),
            on_submit=NewLessonState.save,
        ),
        class_name="form",
        hidden=NewLessonState.previewing,
    )
    return named_dialog(
        NewLessonState,
        DIALOG,
        asking,
        rx.cond(NewLessonState.previewing, preview_step(), rx.fragment()),
        title=_("New lesson"),
        look="dialog dialog--wide",
        trigger=button(_("New lesson"), "plus", kind="primary", id="new-lesson"),
    )


def _students() -> rx.Component:
    find = NewLessonState.search.debounce(150)
    chosen: Any = NewLessonState.students
    return rx.el.div(
        rx.el.div(rx.foreach(NewLessonState.students, _picked), class_name="chips"),
        search_box(_("Find a student"), on_change=find, key=chosen.length()),
        rx.cond(
            some(NewLessonState.found),
            rx.el.ul(rx.foreach(NewLessonState.found, _found), class_name="rows"),
            rx.fragment(),
        ),
        class_name="grid gap-2",
    )


def _found(one: rx.vars.ObjectVar[Pick]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            avatar(one.initials, one.colour, size="sm"),
            rx.el.span(one.name, class_name="font-medium"),
            rx.el.span(one.detail, class_name="t-xs faint"),
            type="button",
            class_name="row row--button",
            on_click=NewLessonState.pick(one.id),
        )
    )


def _picked(one: rx.vars.ObjectVar[Pick]) -> rx.Component:
    return rx.el.span(
        avatar(one.initials, one.colour, size="sm"),
        one.name,
        icon_button(
            "x", _("Take {name} out", name=one.name), on_click=NewLessonState.unpick(one.id)
        ),
        class_name="picked",
    )


def _who_and_where() -> rx.Component:
    choices: Any = NewLessonState.choices
    start, faults = NewLessonState.start, NewLessonState.faults
    return fields(
        select_field(
            _("Teacher"),
            "teacher_id",
            choices.teachers,
            default_value=start.teacher_id,
            faults=faults,
        ),
        select_field(_("Lesson type"), "lesson_type_id", choices.kinds, faults=faults),
        select_field(
            _("Room"), "room_id", choices.rooms, default_value=start.room_id, faults=faults
        ),
    )


def _when() -> rx.Component:
    start, faults = NewLessonState.start, NewLessonState.faults
    return fields(
        text_field(
            _("Date"),
            "on",
            kind="date",
            default_value=start.on,
            faults=faults,
            on_change=NewLessonState.choose_day,
        ),
        text_field(_("Time"), "at", kind="time", default_value=start.at, faults=faults),
        text_field(
            _("Minutes"),
            "minutes",
            kind="number",
            default_value=start.minutes,
            faults=faults,
            placeholder=_("As usual"),
        ),
    )


def _weekly() -> rx.Component:
    choices: Any = NewLessonState.choices
    faults = NewLessonState.faults
    ends = [
        (GOES_ON, _("Goes on")),
        (UNTIL, _("Until a date")),
        (COUNT, _("After a number of lessons")),
        (TERM, _("With a term")),
    ]
    return rx.el.div(
        group(_("On"), *[_weekday(number, name) for number, name in _weekdays()]),
        fields(
            text_field(
                _("Every how many weeks"),
                "every_weeks",
                kind="number",
                default_value="1",
                faults=faults,
            ),
            select_field(
                _("Ends"),
                "ends",
                ends,
                default_value=GOES_ON,
                on_change=NewLessonState.choose_end,
            ),
            rx.match(
                NewLessonState.ends,
                (UNTIL, text_field(_("Last day"), "until_on", kind="date", faults=faults)),
                (COUNT, text_field(_("Lessons"), "count", kind="number", faults=faults)),
                (TERM, select_field(_("Term"), "term_id", choices.terms, faults=faults)),
                rx.fragment(),
            ),
        ),
        checkbox(_("In term time only"), "term_time_only"),
        text_field(
            _("Name of the class"),
            "name",
            faults=faults,
            hint=_("Where several take part: Junior choir. Empty: their names."),
        ),
        class_name="form",
    )


def _weekday(number: int, name: str) -> rx.Component:
    chosen: Any = NewLessonState.weekdays
    pressed = chosen.contains(number)
    return chip(name, pressed=pressed, on_click=NewLessonState.choose_weekday(number))


def _weekdays() -> list[tuple[int, Any]]:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return list(enumerate(names, start=1))
