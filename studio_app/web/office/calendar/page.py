"""The office calendar."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.front import front
from studio_app.web.office.calendar import drawing
from studio_app.web.office.calendar.adding import new_lesson_button
from studio_app.web.office.calendar.adding_state import DIALOG, NewLessonState
from studio_app.web.office.calendar.lesson_panel import lesson_panel
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.screen import Column
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.office.calendar.windows import AGENDA, DAY, MONTH, ROOMS, TEACHERS, WEEK
from studio_app.web.ui.address import address
from studio_app.web.ui.buttons import button, icon_button, link_button
from studio_app.web.ui.calendar import studio_calendar
from studio_app.web.ui.choices import chip, option, segmented
from studio_app.web.ui.icons import icon
from studio_app.web.ui.keys import keys
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _

COLOUR = "colour_by"


def page() -> rx.Component:
    return office_shell(
        routes.CALENDAR,
        loaded(
            CalendarState,
            rx.el.div(
                _filters(),
                rx.el.div(_calendar(), class_name="flex-1 min-h-0"),
                class_name="calendar",
            ),
            lesson_panel(),
            skeleton=rx.el.div(skeleton_block("h-full"), class_name="calendar p-4"),
            on_retry=CalendarState.load,
        ),
        live(
            "lesson",
            "seat",
            "attendance_mark",
            on_change=[CalendarState.look_again, LessonState.look_again],
        ),
        address(CalendarState.address),
        _keys(),
        title=rx.cond(CalendarState.title != "", CalendarState.title, _("Calendar")),
        top=_top(),
        full=True,
    )


def _top() -> list[rx.Component]:
    moving = rx.el.div(
        button(_("Today"), size="sm", on_click=CalendarState.go_to_today),
        icon_button("chevron-left", _("Earlier"), on_click=CalendarState.step(-1)),
        icon_button("chevron-right", _("Later"), on_click=CalendarState.step(1)),
        rx.el.span(
            icon("globe", 14),
            _("{place} time", place=CalendarState.zone_label),
            title=_("All times are the studio’s, wherever you are."),
            class_name="zone",
        ),
        class_name="top__beside",
    )
    return [
        moving,
        _views(),
        rx.el.div(
            link_button(_("Print"), _paper(), "printer", kind="ghost"),
            class_name="desk-only",
        ),
        new_lesson_button(),
    ]


def _paper() -> Any:
    """This week, and these teachers, ready for paper."""
    address: Any = CalendarState.address
    return f"{routes.PRINTED_WEEK}?" + address


def _views() -> rx.Component:
    """All of them at a desk; on a phone those that fit."""
    thumb = [option(DAY, _("Day")), option(AGENDA, _("Agenda")), option(TEACHERS, _("Teachers"))]
    desk = [
        option(DAY, _("Day")),
        option(WEEK, _("Week")),
        option(MONTH, _("Month")),
        option(AGENDA, _("Agenda")),
        option(TEACHERS, _("Teachers")),
        option(ROOMS, _("Rooms")),
    ]
    view = CalendarState.view
    narrow = rx.cond((view == WEEK) | (view == MONTH), AGENDA, view)
    return rx.fragment(
        rx.el.div(
            segmented(_("View"), view, desk, on_choose=CalendarState.show), class_name="desk-only"
        ),
        rx.el.div(
            segmented(_("View"), narrow, thumb, on_choose=CalendarState.show),
            class_name="thumb-only",
        ),
    )


def _filters() -> rx.Component:
    colourings = [
        (drawing.TEACHER, _("Colour: teacher")),
        (drawing.KIND, _("Colour: lesson type")),
        (drawing.STATUS, _("Colour: status")),
    ]
    colours = rx.el.select(
        *[rx.el.option(words, value=value) for value, words in colourings],
        value=CalendarState.colour_by,
        on_change=CalendarState.colour,
        aria_label=_("Colour"),
        class_name="select-line",
    )
    return rx.el.div(
        rx.el.div(
            chip(
                _("Everybody"),
                pressed=CalendarState.everybody,
                on_click=CalendarState.choose_teacher(""),
            ),
            rx.foreach(CalendarState.chips, _teacher_chip),
            class_name="chips flex-1",
            role="group",
            aria_label=_("Teachers"),
        ),
        rx.el.span(CalendarState.counts, class_name="t-xs dim num", role="status"),
        colours,
        link_button(_("Find cover"), routes.COVER, "user-search", kind="ghost", size="sm"),
        class_name="calendar__filters",
    )


def _teacher_chip(one: rx.vars.ObjectVar[Column]) -> rx.Component:
    return chip(
        one.name,
        pressed=one.chosen,
        colour=one.colour,
        on_click=CalendarState.choose_teacher(one.id),
    )


def _calendar() -> rx.Component:
    moved: dict[str, Any] = {
        "on_event_drop": CalendarState.move,
        "on_event_resize": CalendarState.move,
        "on_locked": LessonState.choose,
    }
    return studio_calendar(
        events=CalendarState.events,
        resources=CalendarState.resources,
        patch=CalendarState.patch,
        view=CalendarState.grid,
        date=CalendarState.date,
        timezone=CalendarState.zone,
        locale=front().studio_build_locale,
        first_day=CalendarState.first_day,
        slot_min_time=CalendarState.opens,
        slot_max_time=CalendarState.closes,
        scroll_time=CalendarState.scroll,
        hidden_days=CalendarState.hidden_days,
        slot_height=34,
        column_width="minmax(150px, 1fr)",
        selected_id=LessonState.lesson.id,
        server_now=CalendarState.server_now,
        on_event_click=LessonState.choose,
        on_slot_click=NewLessonState.at_slot,
        on_slot_select=NewLessonState.at_slot,
        **moved,
    )


def _keys() -> rx.Component:
    """Single keys, off while somebody types; the sheet behind the question mark names them."""
    return keys(
        {
            "n": NewLessonState.open(DIALOG, True),  # noqa: FBT003  as the dialog says it
            "t": CalendarState.go_to_today,
            "d": CalendarState.show(DAY, ""),
            "w": CalendarState.show(WEEK, ""),
            "m": CalendarState.show(MONTH, ""),
            "a": CalendarState.show(AGENDA, ""),
            "ArrowLeft": CalendarState.step(-1),
            "ArrowRight": CalendarState.step(1),
        }
    )
