"""The lesson beside the calendar: what it is, who came, what happened to it."""

from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from studio_app.attendance.commands import Outcome, mark_seat, undo_mark
from studio_app.attendance.queries import SeatMark, lesson_sheet
from studio_app.calendars.queries.meetings import meeting_links
from studio_app.calendars.queries.video import why_it_meets_there
from studio_app.kit.ids import LessonId, SeatId
from studio_app.scheduling.commands.lessons import note_on_lesson, restore_lesson
from studio_app.scheduling.queries.calendar import calendar_lesson
from studio_app.scheduling.queries.history import Happened, lesson_history
from studio_app.scheduling.queries.lessons import LessonDetails, lesson_details
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id
from studio_app.web.lesson_notes import noted
from studio_app.web.office.calendar.lesson_messages import LessonMessagesState
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.opening import Opening
from studio_app.web.ui.avatars import colour_of
from studio_app.web.ui.calendar import Move
from studio_app.web.words import _, many


@dataclass(frozen=True)
class LessonShown:
    id: str = ""
    title: str = ""
    lesson_type: str = ""
    status: str = "scheduled"
    is_cancelled: bool = False
    cancelled: str = ""
    """Who cancelled it, and why."""
    when: str = ""
    lasting: str = ""
    teacher: str = ""
    colour: str = "k1"
    place: str = ""
    address: str = ""
    meeting: str = ""
    """Where it meets, if it is online."""
    met_instead: str = ""
    """Why it meets there and not where the studio would rather have it."""
    series: str = ""
    moved_from: str = ""
    notes: str = ""
    despite: str = ""
    focus: str = ""
    starts: str = ""
    """For date and time fields: 2026-09-08T16:00"""
    minutes: int = 30
    teacher_id: str = ""
    room_id: str = ""
    in_series: bool = False


@dataclass(frozen=True)
class SeatShown:
    """One student in the lesson, and what was said of them; empty where nobody has."""

    id: str = ""
    name: str = ""
    detail: str = ""
    initials: str = ""
    colour: str = "k1"
    href: str = ""
    outcome: str = ""
    will_come: bool = False


@dataclass(frozen=True)
class HistoryLine:
    words: str = ""
    when: str = ""


class LessonState(Opening, rx.State):
    lesson: LessonShown = LessonShown()
    seats: list[SeatShown] = []
    history: list[HistoryLine] = []
    marks_asked: int = 0
    """Rises with every mark: a refused one shows the old mark again."""

    @handler
    async def come(self) -> None:
        """A page is opened: with the lesson of the address, or with none."""
        self.lesson, self.opened = LessonShown(), ""
        if asked := self._asked("lesson"):
            await self._look_at(LessonId(as_id(asked)))

    @handler
    async def choose(self, move: Move) -> None:
        await self._look_at(LessonId(as_id(move["id"])))

    @handler
    async def close(self) -> None:
        self.lesson = LessonShown()

    @handler
    async def look_again(self) -> None:
        if self.lesson.id:
            await self._look_at(self._lesson_id())

    @handler
    async def mark(self, outcome: str, seat_id: str) -> None:
        self.marks_asked += 1
        form = Form({"outcome": outcome})
        chosen = form.choice("outcome", Outcome)
        form.check()
        await self._run(mark_seat, SeatId(as_id(seat_id)), chosen)
        await self._changed()
        name = next((one.name for one in self.seats if one.id == seat_id), "")
        said = _("{student}: {mark}.", student=name, mark=str(chosen.label))
        await self._tell(said, undo=LessonState.unmark(seat_id))

    @handler
    async def unmark(self, seat_id: str) -> None:
        self.marks_asked += 1
        await self._run(undo_mark, SeatId(as_id(seat_id)))
        await self._changed()

    @handler
    async def save_notes(self, sent: dict[str, Any]) -> None:
        await self._run(note_on_lesson, self._lesson_id(), **noted(sent, self.lesson))
        self.opened = ""
        await self._changed()
        await self._tell(_("Notes saved."))

    @handler
    async def restore(self) -> None:
        await self._run(restore_lesson, self._lesson_id())
        await self._changed()
        await self._tell(_("{lesson} takes place again.", lesson=self.lesson.title))

    async def _look_at(self, lesson_id: LessonId) -> None:
        details = await self._run(lesson_details, lesson_id)
        colour = (await self._run(calendar_lesson, lesson_id)).teacher_colour
        links = await self._run(meeting_links, [lesson_id])
        instead = await self._run(why_it_meets_there, lesson_id) if links else ""
        shown = _shown(details, colour, links.get(lesson_id, ""))
        self.lesson = replace(shown, met_instead=instead)
        self.seats = _seats(details, await self._run(lesson_sheet, lesson_id))
        self.history = [_line(one) for one in await self._run(lesson_history, lesson_id)]
        told = await self.get_state(LessonMessagesState)
        await told._look_at(lesson_id)  # noqa: SLF001  the same panel's other state

    async def _changed(self) -> None:
        """The panel and the block on the calendar as they are now."""
        await self._look_at(self._lesson_id())
        calendar = await self.get_state(CalendarState)
        await calendar._redraw(self._lesson_id())  # noqa: SLF001  the same page's other state

    def _lesson_id(self) -> LessonId:
        return LessonId(as_id(self.lesson.id))


def _shown(details: LessonDetails, colour: int, meeting: str) -> LessonShown:
    cancelled = details.status == "cancelled"
    place = ", ".join(part for part in (details.room, details.location) if part)
    return LessonShown(
        id=str(details.id),
        title=details.title,
        lesson_type=details.lesson_type,
        status=_status(details),
        is_cancelled=cancelled,
        cancelled=_cancelled(details) if cancelled else "",
        when=details.when,
        lasting=many("{n} minute", "{n} minutes", n=details.minutes),
        teacher=_("{teacher}, for {owner}", teacher=details.teacher, owner=details.covers_for)
        if details.covers_for
        else details.teacher,
        colour=f"k{colour}",
        place=place or (_("Online") if details.is_online else _("No room")),
        address=details.address,
        meeting=meeting,
        series=details.series,
        moved_from=details.moved_from,
        notes=details.notes,
        despite=details.despite,
        focus=details.focus,
        starts=details.starts,
        minutes=details.minutes,
        teacher_id=str(details.teacher_id),
        room_id=str(details.room_id or ""),
        in_series=details.series_id is not None,
    )


def _status(details: LessonDetails) -> str:
    if details.status != "scheduled":
        return details.status.value
    kinds = {"make_up": "makeup", "trial": "trial"}
    return kinds.get(details.kind.value, "scheduled")


def _cancelled(details: LessonDetails) -> str:
    who = str(details.cancelled_by.label) if details.cancelled_by else ""
    return ": ".join(part for part in (who, details.cancel_reason) if part)


def _seats(details: LessonDetails, marks: list[SeatMark]) -> list[SeatShown]:
    said = {mark.seat_id: mark.outcome.value for mark in marks}
    return [
        SeatShown(
            id=str(seat.seat_id),
            name=seat.student,
            detail=seat.instrument,
            initials=initials(seat.student),
            colour=colour_of(seat.student_id),
            href=routes.filled(routes.STUDENT, student_id=seat.student_id),
            outcome=said.get(seat.seat_id, "").replace("unmarked", ""),
            will_come=seat.will_come,
        )
        for seat in details.students
    ]


def _line(one: Happened) -> HistoryLine:
    return HistoryLine(one.what, f"{one.by}, {one.when}" if one.by else one.when)
