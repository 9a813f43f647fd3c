"""What the office calendar has on screen, and how it gets there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from studio_app.attendance.queries import Standing, standings
from studio_app.kit.clock import utc_now
from studio_app.kit.formats import first_weekday
from studio_app.kit.ids import LessonId, TeacherId
from studio_app.people.queries.families import teachers
from studio_app.scheduling.queries.calendar import (
    Calendar,
    CalendarLesson,
    calendar_lessons,
    calendar_range,
)
from studio_app.scheduling.queries.setup import locations
from studio_app.web.inputs import as_date, as_id
from studio_app.web.office.calendar import drawing
from studio_app.web.office.calendar.windows import GRIDS, ROOMS, WEEK, Window
from studio_app.web.session import PageState
from studio_app.web.ui.calendar import settled
from studio_app.web.words import _

MOST_AT_ONCE = 80
"""With more changes than this the whole list is no longer."""
Drawn = list[dict[str, Any]]


@dataclass(frozen=True)
class Column:
    """A teacher or a room: a chip above the calendar, a column in it."""

    id: str = ""
    name: str = ""
    colour: str = "k1"
    chosen: bool = False


class CalendarScreen(PageState, mixin=True):
    title: str = ""
    view: str = WEEK
    grid: str = GRIDS[WEEK]
    date: str = ""
    zone: str = ""
    zone_label: str = ""
    first_day: int = 1
    """Of the week, as the component counts: 0 is Sunday."""
    opens: str = "08:00:00"
    closes: str = "21:00:00"
    scroll: str = "08:00:00"
    hidden_days: list[int] = []
    events: Drawn = []
    resources: list[dict[str, str]] = []
    patch: dict[str, Any] = {}
    chips: list[Column] = []
    everybody: bool = True
    counts: str = ""
    colour_by: str = drawing.TEACHER
    server_now: float = 0
    address: str = ""
    """The query of this view's address, to be bookmarked and sent to others."""
    _chosen: list[str] = []
    """Teachers the calendar is narrowed to; nobody is everybody."""
    _sent: dict[str, int] = {}
    """What the browser has of each lesson, as a number to compare with."""

    async def _show(self) -> None:
        """Everything anew: another view, another period, another teacher."""
        window = await self._window()
        calendar = await self._range(window)
        lessons = calendar.lessons
        self.events = await self._drawn(lessons)
        self._sent = {one["id"]: _number(one) for one in self.events}
        self.grid, self.title = GRIDS[self.view], window.title(await self._locale())
        self.zone, self.zone_label = calendar.zone, calendar.zone_label
        self.first_day = window.first_weekday % 7
        self.opens, self.closes = drawing.hours(lessons)
        self.scroll = drawing.scroll_to(lessons)
        self.hidden_days = [0] if self.view == WEEK and not drawing.on_sunday(lessons) else []
        self.server_now = utc_now().timestamp() * 1000
        who = f"&teacher={','.join(self._chosen)}" if self._chosen else ""
        self.address = f"view={self.view}&date={self.date}{who}"

    async def _show_changes(self) -> None:
        """What differs from what the browser has, and nothing else."""
        calendar = await self._range(await self._window())
        seen = await self._drawn(calendar.lessons)
        fresh = {one["id"]: _number(one) for one in seen}
        upsert = [one for one in seen if self._sent.get(one["id"]) != fresh[one["id"]]]
        remove = [key for key in self._sent if key not in fresh]
        self._sent = fresh
        if len(upsert) > MOST_AT_ONCE:
            self.events = seen
        elif upsert or remove:
            self.patch = settled(self.patch, upsert=upsert, remove=remove)

    async def _redraw(self, *lesson_ids: LessonId) -> str:
        """Send these lessons as they are now; what they are called."""
        lessons = await self._run(calendar_lessons, lesson_ids)
        marked = await self._run(standings, lesson_ids)
        seen = drawing.drawn_all(lessons, marked, self._style())
        self.patch = settled(self.patch, upsert=seen)
        self._sent = {**self._sent, **{one["id"]: _number(one) for one in seen}}
        return ", ".join(lesson.title for lesson in lessons)

    async def _drawn(self, lessons: Iterable[CalendarLesson]) -> Drawn:
        listed = list(lessons)
        marked: Mapping[LessonId, Standing] = await self._run(standings, [one.id for one in listed])
        self.counts = drawing.counted(listed, marked)
        return drawing.drawn_all(listed, marked, self._style())

    async def _range(self, window: Window) -> Calendar:
        chosen = [TeacherId(as_id(one)) for one in self._chosen]
        return await self._run(calendar_range, window.first, window.until, teacher_ids=chosen)

    async def _window(self) -> Window:
        return Window(self.view, as_date(self.date), first_weekday(await self._locale()))

    async def _locale(self) -> str:
        return (await self._actor()).locale

    def _style(self) -> drawing.Style:
        return drawing.Style(self.colour_by, by_room=self.view == ROOMS)

    async def _load_columns(self) -> None:
        """The chips above, and the columns of the views by teacher and by room."""
        chosen = set(self._chosen)
        self.chips = [
            Column(str(row.id), row.name, f"k{row.colour}", str(row.id) in chosen)
            for row in await self._run(teachers)
        ]
        self.everybody = not chosen
        columns = [one for one in self.chips if self.everybody or one.chosen]
        if self.view == ROOMS:
            columns = await self._rooms()
        self.resources = [{"id": one.id, "title": one.name} for one in columns]

    async def _rooms(self) -> list[Column]:
        places = await self._run(locations)
        named = [
            Column(str(room.id), room.name if len(places) == 1 else f"{room.name}, {place.name}")
            for place in places
            for room in place.rooms
        ]
        return [*named, Column(drawing.NO_ROOM, _("No room"))]


def _number(event: dict[str, Any]) -> int:
    """The same for the same lesson drawn in the same way, within this process."""
    return hash(str(event))
