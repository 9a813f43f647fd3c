"""What happened in the weeks before today: marks, cancellations, moves, make-ups and notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from studio_app.attendance.commands import mark_day_present, mark_seat
from studio_app.attendance.queries import SeatMark, day_sheet
from studio_app.attendance.rules import Outcome
from studio_app.demo.desk import Desk
from studio_app.demo.people import Colleague
from studio_app.demo.places import Places
from studio_app.demo.timetable import ROOMS
from studio_app.kit.ids import LessonId, LessonTypeId, StudentId, TeacherId
from studio_app.scheduling.commands.lessons import (
    NewLesson,
    cancel_lesson,
    move_lesson,
    note_on_lesson,
    schedule_lesson,
)
from studio_app.scheduling.rules.states import CancelledBy, LessonKind

DAY = timedelta(days=1)
SATURDAY = 6
CALLED_OFF, MOVED = 0.03, 0.045
"""About one lesson in thirty is called off and one in seventy moved."""
MADE_UP_A_DAY = 6
AGREED = "Agreed with the family"
"""Why something is on a bank holiday"""
REASONS = (
    (CancelledBy.FAMILY, "Not well"),
    (CancelledBy.FAMILY, "School trip"),
    (CancelledBy.FAMILY, "Away this week"),
    (CancelledBy.TEACHER, "Teacher unwell"),
)
NOTES = (
    "This week’s focus: left hand alone, slowly, then both from bar 12.",
    "C major and G major, two octaves, with the metronome at 72.",
    "Long bows on open strings. Five minutes a day is plenty.",
    "New piece started: first page by next week.",
    "Sight-reading went well. Keep counting aloud.",
    "Breathing exercise from the sheet, then verse two by heart.",
    "Chord changes G–D–Em–C without looking.",
    "Grade piece: dynamics in the middle section.",
)
ABSENCES = (
    (Outcome.NO_SHOW, ""),
    (Outcome.LATE, "Ten minutes, the bus"),
    (Outcome.EXCUSED, "Told us in the morning"),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A lesson that was called off and is to be made up."""

    student_id: StudentId
    teacher_id: TeacherId
    lesson_type_id: LessonTypeId


@dataclass
class Past:
    """Plays the days one after the other; what is owed is made up on Saturdays."""

    desk: Desk
    places: Places
    colleagues: Sequence[Colleague]
    busy: frozenset[date] = frozenset()
    """Days on which something is moved or called off for certain, and something made up."""
    owed: list[Owed] = field(default_factory=list[Owed])

    def day(self, day: date, *, marking: bool, forgetting: int = 0) -> None:
        """One day as it went: plans changed the evening before, marks in the evening, some of
        them forgotten."""
        if day.isoweekday() == SATURDAY:
            self._make_up(day, hour=9)
        elif day in self.busy and self.owed:
            self._make_up(day, hour=11)
        if day.isoweekday() <= SATURDAY:
            self._change_plans(day)
        if marking and day.isoweekday() <= SATURDAY:
            self._mark(day, forgetting)

    def _change_plans(self, day: date) -> None:
        desk = self.desk.on(day - DAY, 19, 30)
        moved: set[str | StudentId] = set()
        seats = _single(self._sheet(desk, day))
        for nth, seat in enumerate(seats):
            luck = desk.chance.random()
            if day in self.busy and nth == day.isoweekday():
                luck = CALLED_OFF if day.isoweekday() % 2 else 0
            if luck < CALLED_OFF:
                self._call_off(desk, seat)
            elif luck < MOVED and moved.isdisjoint((seat.teacher, seat.student_id)):
                moved |= {seat.teacher, seat.student_id}  # all of them go to the same time
                desk.run(move_lesson, seat.lesson_id, to=desk.wall(day, 13, 15))

    def _call_off(self, desk: Desk, seat: SeatMark) -> None:
        by, reason = desk.chance.choice(REASONS)
        desk.run(cancel_lesson, seat.lesson_id, by=by, reason=reason)
        self.owed.append(
            Owed(seat.student_id, self._teacher(seat), self.places.types[seat.lesson_type])
        )

    def _make_up(self, day: date, *, hour: int) -> None:
        """Half of what is owed, one after the other with each teacher."""
        desk = self.desk.on(day - 2 * DAY, 12)
        taken: dict[StudentId | TeacherId, int] = {}
        for owed in self.owed[: (len(self.owed) + 1) // 2][:MADE_UP_A_DAY]:
            nth = max(taken.get(owed.teacher_id, 0), taken.get(owed.student_id, 0))
            taken[owed.teacher_id] = taken[owed.student_id] = nth + 1
            wish = NewLesson(
                owed.teacher_id,
                owed.lesson_type_id,
                desk.wall(day, hour + nth // 2, 30 * (nth % 2)),
                (owed.student_id,),
                room_id=self.places.rooms[ROOMS[self._number(owed.teacher_id)][0]],
                minutes=30,
                kind=LessonKind.MAKE_UP,
                despite=AGREED,
            )
            desk.run(schedule_lesson, wish)
            self.owed.remove(owed)

    def _mark(self, day: date, forgetting: int) -> None:
        desk = self.desk.on(day, 20, 30)
        seats = self._sheet(desk, day)
        forgotten = _single(seats)[-forgetting:] if forgetting else []
        came = [one for one in seats if one not in forgotten and not self._absent(desk, one)]
        if forgotten:
            for seat in came:
                desk.run(mark_seat, seat.seat_id, Outcome.PRESENT)
        elif seats:
            desk.run(mark_day_present, day)
        for lesson_id in {seat.lesson_id: None for seat in seats}:
            if desk.chance.random() < 0.06:  # noqa: PLR2004  a note now and then
                self.note(desk, lesson_id)

    def _absent(self, desk: Desk, seat: SeatMark) -> bool:
        """One in twenty was late or did not come."""
        if desk.chance.random() >= 0.05:  # noqa: PLR2004
            return False
        outcome, note = desk.chance.choice(ABSENCES)
        desk.run(mark_seat, seat.seat_id, outcome, note=note)
        return True

    def note(self, desk: Desk, lesson_id: LessonId) -> None:
        desk.run(note_on_lesson, lesson_id, focus=desk.chance.choice(NOTES))

    def _sheet(self, desk: Desk, day: date) -> list[SeatMark]:
        seats = desk.run(day_sheet, day)
        return sorted(seats, key=lambda seat: (seat.starts_at, seat.teacher, seat.student))

    def _teacher(self, seat: SeatMark) -> TeacherId:
        return next(one.teacher_id for one in self.colleagues if one.name == seat.teacher)

    def _number(self, teacher_id: TeacherId) -> int:
        return [one.teacher_id for one in self.colleagues].index(teacher_id)


def _single(seats: Sequence[SeatMark]) -> list[SeatMark]:
    """The seats of lessons for one student that are not make-ups on a Saturday."""
    classes = {"Theory class", "Ensemble"}
    return [
        seat
        for seat in seats
        if seat.lesson_type not in classes and seat.starts_at.isoweekday() != SATURDAY
    ]
