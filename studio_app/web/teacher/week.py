"""A teacher's own week on the phone: seven days to choose from, and the lessons of one."""

from datetime import date, timedelta
from typing import Any

import reflex as rx

from studio_app.overview.queries_day import TeachingWeek, WeekDay, my_day, my_week
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_date
from studio_app.web.session import PageState
from studio_app.web.teacher.marking import status, who
from studio_app.web.teacher.today_state import SeatLine, line_of
from studio_app.web.ui.account import account_button
from studio_app.web.ui.buttons import button, icon_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.choices import choice, option
from studio_app.web.ui.lists import rows
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, teacher_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _, many

WEEK = timedelta(days=7)


class MyWeekState(PageState, rx.State):
    days: list[dict[str, Any]] = []
    """The options of the strip, Monday to Sunday."""
    chosen: str = ""
    day: str = ""
    lessons: list[SeatLine] = []

    @loader
    async def load(self) -> None:
        asked = self._asked("date")
        await self._show(as_date(asked) if asked else None)

    @handler
    async def look_again(self) -> None:
        await self._show(as_date(self.chosen) if self.chosen else None)

    @handler(supersedes=True)
    async def choose_day(self, day: str, marker: str) -> None:
        await self._show(as_date(day))

    @handler
    async def this_week(self) -> None:
        await self._show(None)

    @handler
    async def week_before(self) -> None:
        await self._show(as_date(self.chosen) - WEEK)

    @handler
    async def week_after(self) -> None:
        await self._show(as_date(self.chosen) + WEEK)

    async def _show(self, on: date | None) -> None:
        week: TeachingWeek = await self._run(my_week, on)
        day = await self._run(my_day, week.on)
        self.days = [_option(one) for one in week.days]
        self.chosen, self.day = week.on.isoformat(), day.day
        self.lessons = [line_of(seat) for seat in day.seats]


def _option(day: WeekDay) -> dict[str, Any]:
    count = many("{n} lesson", "{n} lessons", n=day.lessons)
    said = option(day.on.isoformat(), "", look="day", says=f"{day.day}, {count}")
    dot = "•" if day.lessons else "–"
    return {**said, "top": day.short, "bold": str(day.on.day), "label": dot}


def page() -> rx.Component:
    state: Any = MyWeekState
    return teacher_shell(
        routes.WEEK,
        phone_header(_("Week"), state.day, account_button()),
        loaded(
            state,
            _strip(state),
            card(rows(state.lessons, _row, empty=_free())),
            skeleton=card(skeleton_rows(6)),
            on_retry=MyWeekState.load,
        ),
        live("lesson", "seat", "attendance_mark", on_change=MyWeekState.look_again),
    )


def _strip(state: Any) -> rx.Component:
    days = choice(
        _("Day"), state.chosen, state.days, on_choose=MyWeekState.choose_day, look="days days--week"
    )
    steps = rx.el.div(
        icon_button("chevron-left", _("The week before"), on_click=MyWeekState.week_before),
        button(_("This week"), kind="ghost", on_click=MyWeekState.this_week),
        icon_button("chevron-right", _("The week after"), on_click=MyWeekState.week_after),
        class_name="flex items-center justify-between",
    )
    return rx.el.div(steps, days, class_name="px-4 pb-3")


def _row(line: rx.vars.ObjectVar[SeatLine]) -> rx.Component:
    return rx.el.li(who(line), status(line), class_name="row")


def _free() -> rx.Component:
    return empty("coffee", _("No lessons on this day"), _("Choose another day above."), level=2)
