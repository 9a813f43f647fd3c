"""The panel of one lesson, beside the calendar; over it on a phone."""

import reflex as rx

from studio_app.web.lesson_notes import note_fields
from studio_app.web.meeting import join_button
from studio_app.web.office.calendar.cancelling import cancel_button
from studio_app.web.office.calendar.lesson_messages import lesson_messages
from studio_app.web.office.calendar.lesson_state import HistoryLine, LessonState, SeatShown
from studio_app.web.office.calendar.moving import move_button
from studio_app.web.office.calendar.swapping import swap_button
from studio_app.web.proposing import propose_button
from studio_app.web.ui.avatars import avatar
from studio_app.web.ui.badges import badge, dot, status_badge
from studio_app.web.ui.buttons import button, submit, text_button
from studio_app.web.ui.cards import facts, hint
from studio_app.web.ui.choices import choice, option
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import some
from studio_app.web.ui.pages import side_panel
from studio_app.web.words import _

STATUSES = ("scheduled", "requested", "provisional", "cancelled", "makeup", "trial")


def lesson_panel() -> rx.Component:
    lesson = LessonState.lesson
    panel = side_panel(
        _head(),
        rx.cond(
            lesson.is_cancelled & (lesson.cancelled != ""),
            hint("ban", lesson.cancelled, tone="mute"),
            rx.fragment(),
        ),
        _facts(),
        _despite(),
        rx.cond(lesson.is_cancelled, rx.fragment(), _attendance()),
        _notes(),
        lesson_messages(),
        rx.el.div(class_name="flex-1"),
        rx.cond(lesson.is_cancelled, _restore(), _actions()),
        _history(),
        title=_("Lesson"),
        on_close=LessonState.close,
    )
    return rx.cond(lesson.id != "", panel, rx.fragment())


def _head() -> rx.Component:
    lesson = LessonState.lesson
    return rx.el.div(
        rx.el.h3(lesson.title, class_name="t-h2"),
        rx.el.p(lesson.lesson_type, class_name="t-sm dim"),
        rx.el.div(
            status_badge(rx.Var.create(lesson.status), *STATUSES),
            rx.el.span(lesson.series, class_name="t-xs faint"),
            class_name="flex flex-wrap items-center gap-2 mt-2",
        ),
    )


def _facts() -> rx.Component:
    lesson = LessonState.lesson
    when = rx.fragment(
        rx.el.span(lesson.when, class_name="font-medium num"),
        rx.el.span(" · ", lesson.lasting, class_name="faint"),
        rx.cond(
            lesson.moved_from != "",
            rx.el.span(
                _("Moved from {when}", when=lesson.moved_from), class_name="block t-xs faint"
            ),
            rx.fragment(),
        ),
    )
    place = rx.fragment(
        lesson.place,
        rx.el.span(lesson.address, class_name="block t-xs faint"),
        join_button(lesson.meeting),
        rx.el.span(lesson.met_instead, class_name="block t-xs faint"),
    )
    return facts(
        ("clock", _("When"), when),
        ("user", _("Teacher"), rx.fragment(dot(lesson.colour), " ", lesson.teacher)),
        ("map-pin", _("Where"), place),
    )


def _despite() -> rx.Component:
    """Why it is there although something spoke against it."""
    lesson = LessonState.lesson
    said = hint("info", _("There all the same: {reason}", reason=lesson.despite))
    return rx.cond(lesson.despite != "", said, rx.fragment())


def _attendance() -> rx.Component:
    return rx.el.section(
        rx.el.h3(_("Attendance"), class_name="t-over mb-2"),
        rx.cond(
            some(LessonState.seats),
            rx.el.div(rx.foreach(LessonState.seats, _seat), class_name="grid gap-3"),
            rx.el.p(_("Nobody takes part in this lesson yet."), class_name="t-sm dim"),
        ),
    )


def _seat(seat: rx.vars.ObjectVar[SeatShown]) -> rx.Component:
    marks = [
        option("present", _("Present"), icon="check", look="a-present"),
        option("late", _("Late"), icon="clock", look="a-late"),
        option("no_show", _("No-show"), icon="away", look="a-no_show"),
        option("excused", _("Excused"), icon="cross", look="a-cancelled"),
    ]
    return rx.el.div(
        rx.el.a(
            avatar(seat.initials, seat.colour, size="sm"),
            rx.el.span(seat.name, class_name="font-medium truncate"),
            rx.el.span(seat.detail, class_name="t-xs faint truncate"),
            rx.cond(seat.will_come, badge("confirmed", _("Will come")), rx.fragment()),
            href=seat.href,
            class_name="link--plain flex items-center gap-2 mb-2",
        ),
        choice(
            _("Attendance of {student}", student=seat.name),
            seat.outcome,
            marks,
            on_choose=LessonState.mark,
            look="att",
            marker=seat.id,
            rev=LessonState.marks_asked,
        ),
    )


def _notes() -> rx.Component:
    lesson = LessonState.lesson
    edit = named_dialog(
        LessonState,
        "notes",
        form(
            note_fields(lesson, LessonState.faults),
            form_actions(submit(_("Save notes"))),
            on_submit=LessonState.save_notes,
        ),
        title=_("Notes of this lesson"),
        trigger=text_button(_("Edit")),
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h3(_("Notes"), class_name="t-over"),
            edit,
            class_name="flex items-center justify-between",
        ),
        rx.cond(
            lesson.focus != "",
            rx.el.p(
                rx.el.b(_("To practise:")),
                " ",
                lesson.focus,
                class_name="t-sm whitespace-pre-line",
            ),
            rx.fragment(),
        ),
        rx.cond(
            lesson.notes != "",
            rx.el.p(lesson.notes, class_name="t-sm dim whitespace-pre-line"),
            rx.fragment(),
        ),
        rx.cond(
            lesson.focus + lesson.notes == "",
            rx.el.p(_("None yet."), class_name="t-sm faint"),
            rx.fragment(),
        ),
    )


def _actions() -> rx.Component:
    propose = propose_button(LessonState.lesson.id, block=True)
    return rx.el.div(
        rx.el.div(move_button(), cancel_button(), class_name="flex gap-2"),
        propose,
        swap_button(),
        class_name="grid gap-2",
    )


def _restore() -> rx.Component:
    return button(_("Put it back"), "rotate-ccw", block=True, on_click=LessonState.restore)


def _history() -> rx.Component:
    return rx.el.ul(
        rx.foreach(LessonState.history, _happened),
        class_name="grid gap-1",
        aria_label=_("What has happened to this lesson"),
    )


def _happened(line: rx.vars.ObjectVar[HistoryLine]) -> rx.Component:
    return rx.el.li(
        icon("history", 12),
        rx.el.span(line.words, " · ", line.when),
        class_name="t-xs faint flex items-center gap-1.5",
    )
