"""What the teacher's phone knows of today, and marking it."""

from dataclasses import dataclass
from zlib import crc32

import reflex as rx

from studio_app.attendance.commands import mark_day_present, mark_seat, undo_mark, undo_marks
from studio_app.attendance.queries import MarkMade, Outcome, mark_history
from studio_app.calendars.queries.meetings import meeting_links
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId, SeatId
from studio_app.messaging.commands.bulk import say_running_late
from studio_app.overview.queries_day import (
    ForgottenSeat,
    TaughtSeat,
    TeachingDay,
    my_day,
    my_forgotten,
)
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.avatars import colour_of
from studio_app.web.words import _, many, say

CANCELLED = "cancelled"
SHORTEST_GAP = 10
"""Minutes: less is no gap, it is walking to the next door."""


@dataclass(frozen=True)
class SeatLine:
    """One student in one lesson, as a line of the day."""

    seat_id: str = ""
    lesson_id: str = ""
    name: str = ""
    initials: str = ""
    colour: str = "k1"
    starts: str = ""
    ends: str = ""
    about: str = ""
    where: str = ""
    outcome: str = ""
    begun: bool = False
    will_come: bool = False
    meeting: str = ""
    """Where it meets, if it is online."""
    note: str = ""
    note_from: str = ""
    gap: str = ""
    """How long one is free before it; empty where one goes straight on."""


@dataclass(frozen=True)
class MarkLine:
    """Who said what of a seat, and when."""

    words: str = ""
    when: str = ""


class TodayState(PageState, rx.State):
    day: str = ""
    current: list[SeatLine] = []
    """The lesson that is on, else the next one: everybody in it."""
    is_now: bool = False
    coming: list[SeatLine] = []
    earlier: list[SeatLine] = []
    forgotten: list[SeatLine] = []
    marked: int = 0
    to_mark: int = 0
    progress: str = ""
    can_mark_all: bool = False
    anything: bool = False
    shown_as: str = ""
    """Changes with what the day shows, so that the list kept on the phone follows."""
    history_of: str = ""
    """The seat whose marks are shown."""
    history: list[MarkLine] = []
    _marked_together: list[str] = []

    @loader
    async def load(self) -> None:
        self.history_of, self.history = "", []
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def sent(self, n: int, seat_id: str, outcome: str) -> None:
        """Marks of this phone have arrived, `n` of them; a single one can be taken back."""
        await self._show()
        if n == 1:
            await self._tell(say(_outcome(outcome).label), undo=TodayState.take_back(seat_id))

    @handler
    async def mark(self, outcome: str, seat_id: str) -> None:
        """Straight to the studio, from a browser that keeps nothing."""
        said = _outcome(outcome)
        await self._run(mark_seat, SeatId(as_id(seat_id)), said)
        await self._show()
        await self._tell(say(said.label), undo=TodayState.take_back(seat_id))

    @handler
    async def take_back(self, seat_id: str) -> None:
        await self._run(undo_mark, SeatId(as_id(seat_id)))
        await self._show()

    @handler
    async def mark_all(self) -> None:
        day: TeachingDay = await self._run(my_day)
        done = await self._run(mark_day_present, day.on, own=True)
        self._marked_together = [str(seat_id) for seat_id in done]
        await self._show()
        words = many("{n} student marked present.", "{n} students marked present.", n=len(done))
        await self._tell(words, undo=TodayState.take_all_back() if done else None)

    @handler
    async def take_all_back(self) -> None:
        await self._run(undo_marks, [SeatId(as_id(each)) for each in self._marked_together])
        self._marked_together = []
        await self._show()

    @handler
    async def say_late(self, lesson_id: str, minutes: int) -> None:
        """The families of that lesson hear of it at once, at night too."""
        told = await self._run(say_running_late, LessonId(as_id(lesson_id)), minutes)
        words = _("They know that you are {n} minutes late.", n=minutes)
        await self._tell(words, detail=_("Told: {names}", names=", ".join(told)))

    @handler
    async def look_back(self, seat_id: str) -> None:
        """Who marked this lesson, the newest first."""
        self.history_of = seat_id
        await self._look_back()

    async def _look_back(self) -> None:
        found = await self._run(mark_history, SeatId(as_id(self.history_of)))
        self.history = [MarkLine(one.label, _said_by(one)) for one in found]

    async def _show(self) -> None:
        if self.history_of:
            await self._look_back()
        day: TeachingDay = await self._run(my_day)
        ids = {seat.lesson.id for seat in day.seats if not seat.is_over}
        links = await self._run(meeting_links, ids) if ids else {}
        lines = [(seat, line_of(seat, links.get(seat.lesson.id, ""))) for seat in day.seats]
        now = [line for seat, line in lines if _is_on(seat)]
        ahead = [(seat, line) for seat, line in lines if not seat.has_begun]
        self.day, self.anything, self.is_now = day.day, bool(lines), bool(now)
        self.current = now or _first_lesson(ahead)
        shown = {line.seat_id for line in self.current}
        self.coming = [line for _seat, line in ahead if line.seat_id not in shown]
        past = [line for seat, line in lines if seat.has_begun and line.seat_id not in shown]
        self.earlier = past[::-1]
        self.marked, self.to_mark = day.marked, day.to_mark
        self.progress = _("{marked} of {all} marked", marked=day.marked, all=day.to_mark)
        self.can_mark_all = any(line.begun and line.outcome == "unmarked" for _s, line in lines)
        self.forgotten = [_earlier_day(seat) for seat in await self._run(my_forgotten)]
        self.shown_as = str(crc32(repr((day.on, lines)).encode()))


def _is_on(seat: TaughtSeat) -> bool:
    return seat.has_begun and not seat.is_over and not seat.is_cancelled


def _first_lesson(ahead: list[tuple[TaughtSeat, SeatLine]]) -> list[SeatLine]:
    """Everybody in the earliest lesson that takes place."""
    going = [(seat, line) for seat, line in ahead if not seat.is_cancelled]
    return [line for seat, line in going if seat.lesson.id == going[0][0].lesson.id]


def _said_by(mark: MarkMade) -> str:
    return f"{mark.when} · {mark.by}" if mark.by else mark.when


def _outcome(said: str) -> Outcome:
    if said not in {outcome.value for outcome in Outcome}:
        raise NotFound
    return Outcome(said)


def line_of(seat: TaughtSeat, meeting: str = "") -> SeatLine:
    lesson, note = seat.lesson, seat.last_note
    gap = lesson.gap_minutes or 0
    return SeatLine(
        seat_id=str(seat.seat_id),
        lesson_id=str(lesson.id),
        name=seat.student,
        initials=initials(seat.student),
        colour=colour_of(seat.student_id),
        starts=lesson.starts,
        ends=lesson.ends,
        about=lesson.lesson_type,
        where=" · ".join(
            part for part in (lesson.lesson_type, lesson.room, lesson.location) if part
        ),
        outcome=CANCELLED if seat.is_cancelled else seat.outcome.value,
        begun=seat.has_begun,
        will_come=seat.will_come,
        meeting=meeting,
        note="\n".join(filter(None, (note.words, note.notes))) if note else "",
        note_from=note.on if note else "",
        gap=_("{n} min free before", n=gap) if gap >= SHORTEST_GAP else "",
    )


def _earlier_day(seat: ForgottenSeat) -> SeatLine:
    return SeatLine(
        seat_id=str(seat.seat_id),
        name=seat.student,
        initials=initials(seat.student),
        colour=colour_of(seat.student_id),
        starts=seat.when,
        about=seat.lesson_type,
        outcome=Outcome.UNMARKED.value,
        begun=True,
    )
