"""What the roster of a class has on screen, and joining, leaving and single days."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import EnrolmentId, LessonId, SeriesId, StudentId
from studio_app.scheduling.commands.enrolments import (
    join_series,
    leave_series,
    seat_student,
    stay_in_series,
    take_joining_back,
    unseat_student,
)
from studio_app.scheduling.queries.rosters import (
    LessonOfClass,
    MemberRow,
    Roster,
    SeatOfClass,
    roster,
)
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.classes.listing import ClassLine, class_line
from studio_app.web.office.finding import Finding, Person, person_of
from studio_app.web.opening import Opening
from studio_app.web.words import _, many

JOIN, LEAVE, GUEST = "join", "leave", "guest"


@dataclass(frozen=True)
class MemberLine:
    id: str = ""
    who: Person = field(default_factory=Person)
    href: str = ""
    since: str = ""
    """From 1 Sept 2026; from 1 Sept to 18 Dec 2026"""
    ends_on: str = ""
    to_come: bool = False
    over: bool = False


@dataclass(frozen=True)
class LessonLine:
    id: str = ""
    when: str = ""
    href: str = ""
    places: str = ""
    free: str = ""
    full: bool = False
    here: tuple[Person, ...] = ()
    excused: tuple[Person, ...] = ()


class RosterState(Finding, Opening, rx.State):
    about: ClassLine = ClassLine()
    today: str = ""
    may_change: bool = False
    members: list[MemberLine] = []
    lessons: list[LessonLine] = []

    @loader
    async def load(self) -> None:
        self._show(await self._run(roster, self._series()))

    @handler
    async def look_again(self) -> None:
        """Somebody else changed something."""
        self._show(await self._run(roster, self._series()))

    @handler
    async def join(self, sent: dict[str, Any]) -> EventType[()]:
        """Whoever was chosen takes part, from one date and perhaps to another."""
        self.faults = {}
        form = Form({**sent, "student": self.chosen.id})
        form.text("student")
        starts_on, ends_on = form.day("starts_on"), form.optional_day("ends_on")
        form.check()
        who = self.chosen
        enrolment_id = await self._run_once(
            self._key,
            join_series,
            self._series(),
            StudentId(as_id(who.id)),
            starts_on=starts_on,
            ends_on=ends_on,
        )
        self.opened = ""
        undo = RosterState.unjoin(str(enrolment_id))
        await self._tell(_("{name} takes part.", name=who.name), undo=undo)
        return RosterState.load

    @handler
    async def unjoin(self, enrolment_id: str) -> EventType[()]:
        """Undo of joining."""
        await self._run(take_joining_back, EnrolmentId(as_id(enrolment_id)))
        return RosterState.load

    @handler
    async def leave(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        form = Form(sent)
        last_on = form.day("last_on")
        form.check()
        member = self._member(self._about(LEAVE))
        await self._run_once(
            self._key, leave_series, EnrolmentId(as_id(member.id)), last_on=last_on
        )
        self.opened = ""
        undo = RosterState.stay(member.id, member.ends_on)
        await self._tell(_("{name} leaves.", name=member.who.name), undo=undo)
        return RosterState.load

    @handler
    async def stay(self, enrolment_id: str, ends_on: str) -> EventType[()]:
        """Undo of leaving, and: goes on after all."""
        until = Form({"ends_on": ends_on}).optional_day("ends_on")
        await self._run(stay_in_series, EnrolmentId(as_id(enrolment_id)), ends_on=until)
        return RosterState.load

    @handler
    async def excuse(self, lesson_id: str, student_id: str) -> EventType[()]:
        """Not this once: the place is free on that day."""
        await self._run(unseat_student, LessonId(as_id(lesson_id)), StudentId(as_id(student_id)))
        undo = RosterState.come(lesson_id, student_id)
        await self._tell(_("The place is free, on that day only."), undo=undo)
        return RosterState.load

    @handler
    async def come(self, lesson_id: str, student_id: str) -> EventType[()]:
        """After all, or as a guest for that day only."""
        await self._run(seat_student, LessonId(as_id(lesson_id)), StudentId(as_id(student_id)))
        self.opened = ""
        undo = RosterState.excuse(lesson_id, student_id)
        await self._tell(_("They have a place on that day."), undo=undo)
        return RosterState.load

    async def _opened(self, name: str) -> None:
        self._nobody()

    def _member(self, enrolment_id: str) -> MemberLine:
        found = [one for one in self.members if one.id == enrolment_id]
        return found[0] if found else MemberLine(id=enrolment_id)

    def _series(self) -> SeriesId:
        return SeriesId(self._path_id("series_id"))

    def _show(self, shown: Roster) -> None:
        self.about, self.may_change = class_line(shown.about), shown.may_change
        self.today = shown.today.isoformat()
        self.members = [_member_line(one) for one in shown.members]
        self.lessons = [_lesson_line(one) for one in shown.lessons]


def _member_line(row: MemberRow) -> MemberLine:
    since = _("from {day}", day=row.since)
    if row.until:
        since = _("{first} to {last}", first=row.since, last=row.until)
    return MemberLine(
        id=str(row.enrolment_id),
        who=person_of(row.student_id, row.student, row.instrument),
        href=routes.filled(routes.STUDENT, student_id=row.student_id),
        since=since,
        ends_on=row.ends_on.isoformat() if row.ends_on else "",
        to_come=row.to_come,
        over=row.over,
    )


def _lesson_line(row: LessonOfClass) -> LessonLine:
    free = "" if row.free is None else many("{n} place free", "{n} places free", n=row.free)
    return LessonLine(
        id=str(row.id),
        when=row.when,
        href=routes.lesson(row.on, row.id),
        places=row.places,
        free=free,
        full=row.free == 0,
        here=tuple(map(_seat, row.here)),
        excused=tuple(map(_seat, row.excused)),
    )


def _seat(one: SeatOfClass) -> Person:
    return person_of(one.student_id, one.student, guest=one.is_guest)
