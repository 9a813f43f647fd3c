"""The office calendar: where one looks, and the answer to a drag."""

from datetime import timedelta
from typing import Any

import reflex as rx

from studio_app.kit.clock import utc_now
from studio_app.kit.errors import Refused
from studio_app.kit.ids import LessonId, RoomId, TeacherId
from studio_app.kit.words import _ as unsaid
from studio_app.scheduling.commands.lessons import move_lesson
from studio_app.scheduling.queries.lessons import lesson_details, today
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_date, as_id, as_instant, as_wall_time
from studio_app.web.office.calendar import drawing
from studio_app.web.office.calendar.screen import CalendarScreen
from studio_app.web.office.calendar.windows import GRIDS, ROOMS, TEACHERS, WEEK
from studio_app.web.ui.calendar import Move, settled
from studio_app.web.words import _

MINUTE = timedelta(minutes=1)
FARTHEST = 60


class TooLate(Refused):
    message = unsaid("That took too long to arrive, so the lesson stayed where it was.")


class CalendarState(CalendarScreen, rx.State):
    _dragged: Move | None = None
    """Where a lesson has just been put, for when that needs a reason."""

    @loader
    async def load(self) -> None:
        """The view, day and teachers of the address; without them this week."""
        self.view = self._asked("view") if self._asked("view") in GRIDS else WEEK
        self._chosen = [one for one in self._asked("teacher").split(",") if one]
        self.date, self.patch = await self._day_asked(), {}
        await self._load_columns()
        await self._show()

    @handler
    async def show(self, view: str, marker: str) -> None:
        was, self.view = self.view, view if view in GRIDS else WEEK
        if {was, self.view} & {ROOMS, TEACHERS}:
            await self._load_columns()
        await self._show()

    @handler
    async def step(self, steps: int) -> None:
        window = await self._window()
        self.date = window.stepped(max(-FARTHEST, min(FARTHEST, steps))).isoformat()
        await self._show()

    @handler
    async def go_to_today(self) -> None:
        self.date = (await self._run(today)).isoformat()
        await self._show()

    @handler
    async def choose_teacher(self, teacher_id: str) -> None:
        """Narrow to this teacher too, or not any more; the empty id is everybody."""
        self._chosen = sorted({teacher_id} ^ set(self._chosen)) if teacher_id else []
        await self._load_columns()
        await self._show()

    @handler
    async def colour(self, by: str) -> None:
        self.colour_by = by if by in drawing.COLOURINGS else drawing.TEACHER
        await self._show()

    @handler
    async def look_again(self) -> None:
        """Somebody changed something."""
        await self._show_changes()

    @handler
    async def move(self, move: Move) -> None:
        """The answer to a drag, a resize and the arrow keys: a patch of one lesson."""
        self.patch = settled(self.patch, revert=[move["id"]])  # unless all goes well
        self._dragged = move
        lesson_id, start = LessonId(as_id(move["id"])), as_wall_time(move["start"])
        was = await self._run_once(
            key_of(move),
            move_lesson,
            lesson_id,
            to=start,
            minutes=(as_wall_time(move["end"]) - start) // MINUTE,
            expected=as_wall_time(move["old_start"]),
            **self._column(move),
        )
        before = {"at": was.starts_at.isoformat(), "minutes": str(was.minutes)}
        before |= {"teacher_id": str(was.teacher_id), "room_id": str(was.room_id or "")}
        await self._redraw(lesson_id)
        now = await self._run(lesson_details, lesson_id)
        undo = CalendarState.put_back(move["id"], before)
        await self._tell(_("{lesson} is now {when}.", lesson=now.title, when=now.when), undo=undo)

    @handler
    async def put_back(self, lesson_id: str, before: dict[str, str]) -> None:
        """The inverse of a move."""
        moved, form = LessonId(as_id(lesson_id)), Form(before)
        teacher_id, room_id = form.id("teacher_id"), form.optional_id("room_id")
        starts_at, minutes = as_instant(form.text("at")), form.number("minutes")
        form.check()
        await self._run(
            move_lesson,
            moved,
            to=starts_at,
            minutes=minutes,
            teacher_id=TeacherId(teacher_id),
            room_id=RoomId(room_id) if room_id else None,
            no_room=room_id is None,
            despite=_("Put back"),
        )
        name = await self._redraw(moved)
        await self._tell(_("{lesson} is back where it was.", lesson=name))

    async def _ask_why(self) -> None:
        """A drag that needs a reason is asked for it in the dialog of the panel."""
        from studio_app.web.office.calendar.moving import (  # noqa: PLC0415  it draws on us
            Draft,
            MovingState,
        )

        if (move := self._dragged) is None:
            return
        start, end = as_wall_time(move["start"]), as_wall_time(move["end"])
        column = {name: str(value) for name, value in self._column(move).items()}
        column.pop("no_room", None)
        draft = Draft(f"{start.date()}", f"{start:%H:%M}", str((end - start) // MINUTE), **column)
        moving = await self.get_state(MovingState)
        await moving._ask_why(LessonId(as_id(move["id"])), draft)  # noqa: SLF001

    def _column(self, move: Move) -> dict[str, Any]:
        """Who or where, in the views whose columns are teachers or rooms."""
        column = move["resource_ids"][0] if move["resource_ids"] else ""
        if not column or column in move["old_resource_ids"]:
            return {}
        if self.view == TEACHERS:
            return {"teacher_id": TeacherId(as_id(column))}
        if self.view == ROOMS and column == drawing.NO_ROOM:
            return {"no_room": True}
        return {"room_id": RoomId(as_id(column))} if self.view == ROOMS else {}

    async def _day_asked(self) -> str:
        if lesson := self._asked("lesson"):
            return (await self._run(lesson_details, LessonId(as_id(lesson)))).on.isoformat()
        asked = self._asked("date")
        return (as_date(asked) if asked else await self._run(today)).isoformat()


def key_of(move: Move) -> str:
    """One key per drag. Refused once the browser has given up on the answer."""
    deadline = move.get("deadline", 0.0)
    if utc_now().timestamp() * 1000 > deadline:
        raise TooLate
    return f"{move['id']} {deadline}"
