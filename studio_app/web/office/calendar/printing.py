"""The week on paper: of the studio, of a teacher, of a room."""

from datetime import date, timedelta
from typing import Any

import reflex as rx

from studio_app.kit.formats import say_date
from studio_app.people.queries.families import teachers
from studio_app.scheduling.queries.calendar import week_of
from studio_app.scheduling.queries.lessons import today
from studio_app.scheduling.queries.setup import locations
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_date
from studio_app.web.office.calendar.sheets import (
    ROOM,
    ROOMS,
    STUDIO,
    TEACHER,
    TEACHERS,
    Sheet,
    sheets_of,
)
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import icon_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.document import print_button
from studio_app.web.ui.forms import option_list
from studio_app.web.ui.lists import some, toolbar
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _

FARTHEST = 520


class PrintedWeekState(PageState, rx.State):
    day: str = ""
    week: str = ""
    """7 Sept 2026 to 13 Sept 2026"""
    zone: str = ""
    whose: str = STUDIO
    choices: list[dict[str, str]] = []
    sheets: list[Sheet] = []

    @loader
    async def load(self) -> None:
        """Of the address: ?date=2026-09-08, and ?teacher= for one of them."""
        asked, teacher = self._asked("date"), self._asked("teacher")
        self.day = (as_date(asked) if asked else await self._run(today)).isoformat()
        self.choices = await self._choices()
        wanted = f"{TEACHER}{teacher}"
        self.whose = wanted if wanted in [one["value"] for one in self.choices] else STUDIO
        await self._show()

    @handler
    async def turn(self, weeks: int) -> None:
        ahead = timedelta(weeks=max(-FARTHEST, min(weeks, FARTHEST)))
        self.day = (as_date(self.day) + ahead).isoformat()
        await self._show()

    @handler
    async def choose(self, whose: str) -> None:
        self.whose = whose
        await self._show()

    async def _show(self) -> None:
        week = await self._run(week_of, as_date(self.day))
        locale = (await self._actor()).locale
        self.week = _span(week.first, week.until - timedelta(days=1), locale)
        self.zone = week.zone_label
        self.sheets = sheets_of(week, self.whose, _("The whole studio"), locale)

    async def _choices(self) -> list[dict[str, str]]:
        general = [
            (STUDIO, _("The whole studio")),
            (TEACHERS, _("Every teacher, a sheet each")),
            (ROOMS, _("Every room, a sheet each")),
        ]
        people = [(f"{TEACHER}{one.id}", one.name) for one in await self._run(teachers)]
        rooms = [
            (f"{ROOM}{room.id}", f"{room.name}, {place.name}")
            for place in await self._run(locations)
            for room in place.rooms
        ]
        return [{"value": value, "label": label} for value, label in general + people + rooms]


def _span(first: date, last: date, locale: str) -> str:
    return _("{first} to {last}", first=say_date(first, locale), last=say_date(last, locale))


def page() -> rx.Component:
    state: Any = PrintedWeekState
    none = card(
        empty("coffee", _("No lessons this week"), _("There is nothing to print."), level=2)
    )
    listed = rx.el.div(rx.foreach(state.sheets, lambda one: _sheet(state, one)))
    return office_shell(
        routes.CALENDAR,
        loaded(
            state,
            _bar(state),
            rx.cond(some(state.sheets), listed, none),
            skeleton=skeleton_block("h-96"),
            on_retry=PrintedWeekState.load,
        ),
        title=_("The week on paper"),
        top=[print_button(_("Print"))],
    )


def _bar(state: Any) -> rx.Component:
    whose = rx.el.select(
        option_list(state.choices),
        value=state.whose,
        on_change=state.choose,
        aria_label=_("Whose week"),
        class_name="input input--inline",
    )
    return rx.el.div(
        toolbar(
            whose,
            icon_button("chevron-left", _("The week before"), on_click=state.turn(-1)),
            rx.el.span(state.week, class_name="num", role="status"),
            icon_button("chevron-right", _("The week after"), on_click=state.turn(1)),
        ),
        class_name="no-print pb-4",
    )


def _sheet(state: Any, sheet: Any) -> rx.Component:
    studio = FrameState.frame.studio
    head = rx.el.header(
        rx.el.h2(sheet.title, class_name="sheet__title"),
        rx.el.p(
            studio,
            " · ",
            state.week,
            " · ",
            sheet.count,
            class_name="sheet__about",
        ),
        class_name="sheet__head",
    )
    days = rx.el.table(
        rx.el.caption(sheet.title, class_name="sr"),
        rx.el.thead(rx.el.tr(rx.foreach(sheet.days, _head))),
        rx.el.tbody(rx.el.tr(rx.foreach(sheet.days, _day))),
        class_name="sheet__days",
    )
    return rx.el.section(
        head, days, class_name="sheet-of-week", tab_index=0, aria_label=sheet.title
    )


def _head(day: Any) -> rx.Component:
    """Again at the top of every page that the sheet takes."""
    return rx.el.th(rx.el.span(day.name, class_name="sheet__day"), scope="col")


def _day(day: Any) -> rx.Component:
    def one(lesson: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(lesson.time, class_name="num sheet__time"),
            rx.el.span(lesson.title, class_name="sheet__who"),
            rx.el.span(lesson.about, class_name="sheet__where"),
        )

    free = rx.el.span("–", class_name="sheet__where", aria_hidden="true")
    held = rx.el.ul(rx.foreach(day.lessons, one))
    return rx.el.td(rx.cond(some(day.lessons), held, free))
