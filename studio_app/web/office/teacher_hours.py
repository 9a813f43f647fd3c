"""The hours of any teacher, for the office."""

from typing import Any

import reflex as rx

from studio_app.kit.ids import TeacherId
from studio_app.web import routes
from studio_app.web.hours.parts import hours_editor
from studio_app.web.hours.state import HoursScreen
from studio_app.web.ui.live import live
from studio_app.web.ui.pages import breadcrumb
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


class TeacherHoursState(HoursScreen, rx.State):
    def _teacher(self) -> TeacherId | None:
        return TeacherId(self._path_id("teacher_id"))

    def _lessons(self, day: str) -> str:
        return f"{routes.CALENDAR}?view=agenda&date={day}&teacher={self.whose}"


def page() -> rx.Component:
    state: Any = TeacherHoursState
    title = rx.cond(state.teacher != "", state.teacher, _("Hours"))
    return office_shell(
        routes.TEACHERS,
        breadcrumb((_("Teachers"), routes.TEACHERS)),
        loaded(
            state,
            hours_editor(state),
            skeleton=skeleton_block("h-96"),
            on_retry=TeacherHoursState.load,
        ),
        live("availability", "time_off", "lesson", on_change=TeacherHoursState.look_again),
        title=title,
    )
