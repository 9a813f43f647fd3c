"""The hours of any teacher, for the office."""

from typing import Any

import reflex as rx

from studio_app.calendars.queries.feeds import office_feeds
from studio_app.kit.access import Permission
from studio_app.kit.ids import TeacherId
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.hours.parts import hours_editor
from studio_app.web.hours.state import HoursScreen
from studio_app.web.own.calendar_parts import ChangingLinks, FeedLine, feed_line, feed_rows
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import some
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


class TeacherLinksState(ChangingLinks, rx.State):
    lines: list[FeedLine] = []
    """Addresses of this teacher's calendar; only the office has them."""

    @loader
    async def load(self) -> None:
        await self._look()

    async def _look(self) -> None:
        may = (await self._actor()).may(Permission.CALENDAR_MANAGE)
        teacher_id = self._path_id("teacher_id")
        found = await self._run(office_feeds) if may else []
        self.lines = [
            line for one in found if one.subject_id == teacher_id for line in feed_line(one)
        ]


def page() -> rx.Component:
    state: Any = TeacherHoursState
    title = rx.cond(state.teacher != "", state.teacher, _("Hours"))
    return office_shell(
        routes.TEACHERS,
        breadcrumb((_("Teachers"), routes.TEACHERS)),
        loaded(
            state,
            hours_editor(state),
            _links(),
            skeleton=skeleton_block("h-96"),
            on_retry=TeacherHoursState.load,
        ),
        live("availability", "time_off", "lesson", on_change=TeacherHoursState.look_again),
        title=title,
    )


def _links() -> rx.Component:
    state: Any = TeacherLinksState
    shown = card(
        feed_rows(state, state.lines, empty=rx.fragment()), title=_("In other calendar programs")
    )
    return rx.cond(some(state.lines), shown, rx.fragment())
