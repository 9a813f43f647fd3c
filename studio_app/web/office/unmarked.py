"""Every past lesson that nobody has marked, by day: one tap each, or one for a whole day."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from studio_app.attendance.commands import (
    Outcome,
    leave_for_later,
    mark_together,
    take_up_again,
    undo_marks,
)
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import SeatId, TeacherId
from studio_app.overview.queries.unmarked import (
    LeftLesson,
    UnmarkedDay,
    UnmarkedLesson,
    unmarked_lessons,
)
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_choice, as_id
from studio_app.web.office.unmarked_drawing import board
from studio_app.web.session import PageState
from studio_app.web.ui.cards import card
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _, many, say


@dataclass(frozen=True)
class SeatLine:
    id: str = ""
    student: str = ""


@dataclass(frozen=True)
class LessonLine:
    id: str = ""
    who: str = ""
    about: str = ""
    time: str = ""
    href: str = ""
    several: bool = False
    seats: list[SeatLine] = field(default_factory=list[SeatLine])


@dataclass(frozen=True)
class DayLine:
    on: str = ""
    day: str = ""
    lessons: list[LessonLine] = field(default_factory=list[LessonLine])


@dataclass(frozen=True)
class TeacherChip:
    id: str = ""
    words: str = ""


@dataclass(frozen=True)
class LeftLine:
    id: str = ""
    who: str = ""
    about: str = ""


class UnmarkedState(PageState, rx.State):
    days: list[DayLine] = []
    teachers: list[TeacherChip] = []
    left: list[LeftLine] = []
    teacher: str = ""
    """Whose lessons are shown; empty for everybody's."""

    @loader
    async def load(self) -> None:
        self.teacher = ""
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def choose(self, teacher_id: str) -> None:
        """One teacher's lessons only, or everybody's again."""
        self.teacher = "" if self.teacher == teacher_id else str(as_id(teacher_id))
        await self._look()

    @handler
    async def mark(self, outcome: str, lesson_id: str) -> None:
        """The same of everybody in a lesson who is not marked yet."""
        await self._mark(outcome, [seat for one in self._lessons(lesson_id) for seat in one.seats])

    @handler
    async def mark_one(self, outcome: str, seat_id: str) -> None:
        await self._mark(outcome, [SeatLine(id=seat_id)])

    @handler
    async def mark_day(self, day: str) -> None:
        """Everybody who stands on that day came."""
        shown = [one for each in self.days if each.on == day for one in each.lessons]
        await self._mark(Outcome.PRESENT.value, [seat for one in shown for seat in one.seats])

    @handler
    async def take_back(self, seat_ids: list[str]) -> None:
        await self._run(undo_marks, _ids(seat_ids))
        await self._look()

    @handler
    async def leave(self, lesson_id: str) -> None:
        seats = [seat.id for one in self._lessons(lesson_id) for seat in one.seats]
        await self._run(leave_for_later, _ids(seats))
        await self._look()
        words = _("Left for later: it is asked about again in two weeks.")
        await self._tell(words, undo=UnmarkedState.take_up(seats))

    @handler
    async def take_up(self, seat_ids: list[str]) -> None:
        """To be decided now after all."""
        await self._run(take_up_again, _ids(seat_ids))
        await self._look()

    async def _mark(self, outcome: str, seats: list[SeatLine]) -> None:
        said = as_choice(outcome, Outcome)
        done = await self._run(mark_together, _ids([seat.id for seat in seats]), said)
        await self._look()
        words = many(
            "{n} student: {mark}", "{n} students: {mark}", n=len(done), mark=say(said.label)
        )
        undo = UnmarkedState.take_back([str(each) for each in done]) if done else None
        await self._tell(words, undo=undo)

    def _lessons(self, lesson_id: str) -> list[LessonLine]:
        found = [one for day in self.days for one in day.lessons if one.id == lesson_id]
        if not found:
            raise NotFound
        return found

    async def _look(self) -> None:
        only = TeacherId(as_id(self.teacher)) if self.teacher else None
        found = await self._run(unmarked_lessons, teacher_id=only)
        self.days = [_day(one) for one in found.days]
        self.teachers = [TeacherChip(str(one.id), f"{one.name} {one.n}") for one in found.teachers]
        self.left = [_left(one) for one in found.left]


def _ids(seat_ids: list[str]) -> list[SeatId]:
    return [SeatId(as_id(each)) for each in seat_ids]


def _day(one: UnmarkedDay) -> DayLine:
    return DayLine(one.on.isoformat(), one.day, [_lesson(each) for each in one.lessons])


def _lesson(one: UnmarkedLesson) -> LessonLine:
    return LessonLine(
        id=str(one.lesson_id),
        who=", ".join(seat.student for seat in one.seats),
        about=f"{one.lesson_type} · {one.teacher}",
        time=f"{one.starts}–{one.ends}",
        href=routes.lesson(one.on, one.lesson_id),
        several=len(one.seats) > 1,
        seats=[SeatLine(str(seat.seat_id), seat.student) for seat in one.seats],
    )


def _left(one: LeftLesson) -> LeftLine:
    left = _("Left by {name}, asked about again on {day}", name=one.by, day=one.until)
    return LeftLine(
        id=str(one.seat_id),
        who=f"{one.student} · {one.when}",
        about=f"{one.lesson_type} · {one.teacher} · {left}",
    )


def page() -> rx.Component:
    state: Any = UnmarkedState
    return office_shell(
        routes.UNMARKED,
        loaded(state, board(state), skeleton=card(skeleton_rows(6)), on_retry=UnmarkedState.load),
        live("attendance_mark", "lesson", "left_for_later", on_change=UnmarkedState.look_again),
        title=_("Unmarked lessons"),
    )
