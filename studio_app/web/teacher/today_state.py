"""A teacher's day: what is now, what comes, what was, and what is still to be said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

import reflex as rx

from studio_app.attendance.commands import (
    Outcome,
    mark_day_present,
    mark_seat,
    undo_mark,
    undo_marks,
)
from studio_app.attendance.queries import MyDay, MyLesson, SeatMark, mark_history, my_day
from studio_app.kit.ids import LessonId, SeatId
from studio_app.scheduling.commands.lessons import note_on_lesson
from studio_app.scheduling.queries.lessons import DayLesson
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import LONGEST, Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.avatars import colour_of
from studio_app.web.words import _, many, say

SHORTEST_GAP = 10
"""Minutes: less is no gap, it is walking to the next door."""


@dataclass(frozen=True)
class SeatLine:
    """One student in one lesson."""

    id: str = ""
    lesson_id: str = ""
    time: str = ""
    until: str = ""
    name: str = ""
    initials: str = ""
    colour: str = "k1"
    detail: str = ""
    gap: str = ""
    outcome: str = "unmarked"
    begun: bool = False
    standing: str = ""
    """makeup or cancelled, where it is not an ordinary lesson."""
    left: str = ""
    focus: str = ""


@dataclass(frozen=True)
class MarkLine:
    """Who said what of a seat."""

    words: str = ""
    when: str = ""


class TodayState(Opening, rx.State):
    day: str = ""
    place: str = ""
    now: list[SeatLine] = []
    soon: list[SeatLine] = []
    earlier: list[SeatLine] = []
    waiting: list[SeatLine] = []
    waiting_words: str = ""
    marked: int = 0
    total: int = 0
    to_mark: int = 0
    """Begun today and not marked yet: what "All present" would mark."""
    rev: int = 0
    history: list[MarkLine] = []
    _on: date = date.min
    _marked: list[SeatId] = []

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def mark(self, outcome: str, seat_id: str) -> None:
        self.rev += 1  # a refusal brings the old mark back at once
        asked = Form({"outcome": outcome})
        said = asked.choice("outcome", Outcome)
        asked.check()
        await self._run(mark_seat, SeatId(as_id(seat_id)), said)
        words = _("{name}: {mark}", name=self._name(seat_id), mark=say(said.label).lower())
        self.opened = ""
        await self._tell(words, undo=TodayState.take_back(seat_id))
        await self._show()

    @handler
    async def take_back(self, seat_id: str) -> None:
        await self._run(undo_mark, SeatId(as_id(seat_id)))
        self.opened = ""
        await self._show()

    @handler
    async def mark_all(self) -> None:
        marked = await self._run(mark_day_present, self._on)
        if marked:
            self._marked = marked
            words = many("{n} lesson marked present", "{n} lessons marked present", n=len(marked))
            await self._tell(words, undo=TodayState.take_all_back)
        await self._show()

    @handler
    async def take_all_back(self) -> None:
        marked, self._marked = self._marked, []
        await self._run(undo_marks, marked)
        await self._show()

    @handler
    async def note(self, sent: dict[str, Any]) -> None:
        """What is to be practised until the next lesson."""
        form = Form(sent)
        lesson_id, words = (
            LessonId(form.id("lesson_id")),
            form.optional_text("focus", longest=LONGEST),
        )
        form.check()
        await self._run(note_on_lesson, lesson_id, notes=words)
        self.opened = ""
        await self._tell(_("Kept. The family sees it once the lesson is marked."))
        await self._show()

    async def _opened(self, name: str) -> None:
        kind, _space, seat_id = name.partition(" ")
        found = await self._run(mark_history, SeatId(as_id(seat_id))) if kind == "seat" else []
        self.history = [
            MarkLine(one.label, f"{one.when} · {one.by}" if one.by else one.when) for one in found
        ]

    async def _show(self) -> None:
        day: MyDay = await self._run(my_day)
        apart = len({one.lesson.location for one in day.lessons}) > 1
        lines = list(chain.from_iterable(_lines(one, day.now, apart) for one in day.lessons))
        over = {str(one.lesson.id) for one in day.lessons if one.lesson.ends_at <= day.now}
        self._on, self.day = day.on, day.day
        self.place = _place(day)
        self.now = [one for one in lines if one.begun and one.lesson_id not in over]
        self.soon = [one for one in lines if not one.begun and one.lesson_id not in over]
        self.earlier = [one for one in lines if one.lesson_id in over]
        self.waiting = [_waiting(seat) for seat in day.unmarked]
        self.waiting_words = many(
            "lesson of an earlier day is not marked",
            "lessons of earlier days are not marked",
            n=len(self.waiting),
        )
        taking_place = [one for one in lines if one.id]
        self.total = len(taking_place)
        self.marked = sum(one.outcome != Outcome.UNMARKED for one in taking_place)
        self.to_mark = sum(one.begun and one.outcome == Outcome.UNMARKED for one in taking_place)

    def _name(self, seat_id: str) -> str:
        shown = chain(self.now, self.soon, self.earlier, self.waiting)
        return next((one.name for one in shown if one.id == seat_id), "")


def _lines(one: MyLesson, now: datetime, apart: bool) -> Iterable[SeatLine]:
    """A line for each student; a lesson nobody sits in, or called off, has one of its own.

    `apart`: the day is in more than one place, so each line says where.
    """
    lesson = one.lesson
    where = [lesson.lesson_type, lesson.room, lesson.location if apart else ""]
    detail = " · ".join(part for part in where if part)
    if not one.seats:
        standing = "cancelled" if lesson.status.value == "cancelled" else ""
        times = (lesson.starts, lesson.ends, lesson.title)
        yield SeatLine("", str(lesson.id), *times, detail=detail, standing=standing)
    for seat, focus in zip(one.seats, one.focus, strict=True):
        yield _line(lesson, seat, detail, focus, now)


def _line(lesson: DayLesson, seat: SeatMark, detail: str, focus: str, now: datetime) -> SeatLine:
    gap = lesson.gap_minutes or 0
    return SeatLine(
        id=str(seat.seat_id),
        lesson_id=str(lesson.id),
        time=lesson.starts,
        until=lesson.ends,
        name=seat.student,
        initials=initials(seat.student),
        colour=colour_of(seat.student_id),
        detail=detail,
        gap=_("{n} min free before", n=gap) if gap >= SHORTEST_GAP else "",
        outcome=seat.outcome.value,
        begun=lesson.starts_at <= now,
        standing="makeup" if lesson.kind.value == "make_up" else "",
        left=_left(lesson.ends_at, now),
        focus=focus,
    )


def _left(ends_at: datetime, now: datetime) -> str:
    minutes = int((ends_at - now).total_seconds() + 59) // 60
    return _("Now, {n} min left", n=minutes) if minutes > 0 else ""


def _waiting(seat: SeatMark) -> SeatLine:
    return SeatLine(
        id=str(seat.seat_id),
        lesson_id=str(seat.lesson_id),
        name=seat.student,
        initials=initials(seat.student),
        colour=colour_of(seat.student_id),
        detail=f"{seat.when} · {seat.lesson_type}",
        begun=True,
    )


def _place(day: MyDay) -> str:
    """Where one is needed first: the place of the lesson that is on or comes next."""
    to_come = [one.lesson for one in day.lessons if one.seats and one.lesson.ends_at > day.now]
    listed = to_come or [one.lesson for one in day.lessons]
    parts = (listed[0].location, listed[0].room) if listed else ()
    return " · ".join(part for part in parts if part)
