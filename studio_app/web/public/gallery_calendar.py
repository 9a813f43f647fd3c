"""The calendar with a small week of its own, to see and to test the wrapper."""

from datetime import datetime
from typing import Any

import reflex as rx

from studio_app.kit.clock import utc_now
from studio_app.web import routes
from studio_app.web.handlers import open_handler, open_loader
from studio_app.web.public.gallery import SAMPLE
from studio_app.web.session import PageState
from studio_app.web.ui import cards
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import button, icon_button
from studio_app.web.ui.calendar import Move, settled, studio_calendar
from studio_app.web.ui.choices import option, segmented
from studio_app.web.ui.menus import menu, menu_item, menu_line
from studio_app.web.ui.pages import side_panel
from studio_app.web.ui.shells import office_shell
from studio_app.web.words import _

TEACHERS = [{"id": "t1", "title": "Amelia Hart"}, {"id": "t2", "title": "Ben Okafor"}]
MONDAY = 16
STATUSES = ("scheduled", "confirmed", "completed", "cancelled", "makeup")


def _week() -> list[dict[str, Any]]:
    names = ("Sam Green", "Mia Novak", "Jude Ellis", "Ava Said", "Leo Rossi", "Nora Blake")
    return [
        _lesson(f"{day}-{hour}", names[(day + hour) % 6], day, hour, STATUSES[(day * 2 + hour) % 5])
        for day in range(5)
        for hour in range(14, 18)
        if (day + hour) % 4
    ]


def _lesson(key: str, name: str, day: int, hour: int, status: str) -> dict[str, Any]:
    on = f"2026-11-{MONDAY + day:02}"
    teacher = (day + hour) % 2
    return {
        "id": key,
        "title": name,
        "start": f"{on}T{hour}:00:00",
        "end": f"{on}T{hour}:45:00",
        "resourceIds": [TEACHERS[teacher]["id"]],
        "extendedProps": {
            "status": status, "color": f"k{teacher + 1}", "meta": "Piano",
            "label": f"{name}, piano", "locked": status == "completed",
        },
    }  # fmt: skip


class WeekState(PageState, rx.State):
    events: list[dict[str, Any]] = []
    patch: dict[str, Any] = {}
    view: str = "timeGridWeek"
    chosen: str = ""
    server_now: float = 0
    _before: dict[str, Any] = {}

    @open_loader
    async def load(self) -> None:
        self.events, self.patch, self.chosen = _week(), {}, ""
        self.server_now = utc_now().timestamp() * 1000

    @open_handler
    async def show(self, view: str, marker: str) -> None:
        self.view = view

    @open_handler
    async def choose(self, move: Move) -> None:
        self.chosen = move["id"]

    @open_handler
    async def close(self) -> None:
        self.chosen = ""

    @open_handler
    async def move(self, move: Move) -> None:
        if move["end"][11:] > "20:00:00":
            self.patch = settled(self.patch, revert=[move["id"]])
            await self._tell(_("The studio is closed then. The lesson went back."))
            return
        old = next((event for event in self.events if event["id"] == move["id"]), None)
        if old is None:
            return
        self._before = old
        self.patch = settled(self.patch, upsert=[{**old, **_placed(move)}])
        await self._tell(_("The lesson was moved."), undo=WeekState.put_back)

    @open_handler
    async def put_back(self) -> None:
        self.patch = settled(self.patch, upsert=[self._before])


def _placed(move: Move) -> dict[str, Any]:
    start, end = (datetime.fromisoformat(move[key]).isoformat() for key in ("start", "end"))
    return {"start": start, "end": end, "resourceIds": move["resource_ids"]}


def page() -> rx.Component:
    return office_shell(
        routes.CALENDAR,
        rx.el.div(_calendar(), class_name="flex-1 min-w-0"),
        rx.cond(WeekState.chosen != "", _panel(), rx.fragment()),
        title=_("November 2026"),
        frame=SAMPLE,
        top=[_views(), button(_("New lesson"), "plus", kind="primary")],
        full=True,
    )


def _views() -> rx.Component:
    views = [
        option("timeGridDay", _("Day")), option("timeGridWeek", _("Week")),
        option("dayGridMonth", _("Month")), option("listWeek", _("Agenda")),
        option("resourceTimeGridDay", _("Teachers")),
    ]  # fmt: skip
    return segmented(_("View"), WeekState.view, views, on_choose=WeekState.show)


def _calendar() -> rx.Component:
    return studio_calendar(
        events=WeekState.events,
        resources=TEACHERS,
        patch=WeekState.patch,
        view=WeekState.view,
        date="2026-11-18",
        timezone="Europe/London",
        locale="en-GB",
        selected_id=WeekState.chosen,
        server_now=WeekState.server_now,
        hidden_days=[0, 6],
        on_event_drop=WeekState.move,
        on_event_resize=WeekState.move,
        on_event_click=WeekState.choose,
    )


def _panel() -> rx.Component:
    return side_panel(
        rx.el.div(badge("confirmed")),
        cards.facts(("clock", _("When"), "Thu 19 Nov, 16:00"), ("user", _("Teacher"), "Amelia")),
        rx.el.div(
            button(_("Reschedule"), "calendar-clock"),
            menu(
                icon_button("ellipsis", _("Open the menu")),
                menu_item(_("Late"), "timer", on_select=WeekState.close),
                menu_line(),
                menu_item(_("Leave for later"), "hourglass", on_select=WeekState.close),
            ),
            class_name="flex gap-2",
        ),
        title=_("Lesson"),
        on_close=WeekState.close,
    )
