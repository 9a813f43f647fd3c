"""Today and the days around it: something earlier, something now, something to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.queries import day_sheet
from studio_app.attendance.rules import Outcome
from studio_app.demo.desk import Desk
from studio_app.kit.clock import Slot, local_day
from studio_app.kit.ids import LessonId, LessonTypeId, RoomId, StudentId, TeacherId
from studio_app.scheduling.commands.lessons import NewLesson, note_on_lesson, schedule_lesson
from studio_app.scheduling.rules.states import LessonKind

MINUTES = 30
AROUND = (-210, -135, -75, -10, 45, 90, 150, 210)
"""When extra lessons begin, in minutes from now."""
FEWER = (-150, -20, 60, 180)
QUARTER = 15 * 60


@dataclass(frozen=True, slots=True)
class Extra:
    """What an extra lesson of a teacher looks like."""

    teacher: str
    teacher_id: TeacherId
    lesson_type_id: LessonTypeId
    room_id: RoomId
    offsets: Sequence[int]


def fill_today(desk: Desk, extras: Sequence[Extra], students: Sequence[StudentId]) -> None:
    """Single lessons around this hour, wherever the teacher and a student are free."""
    day = local_day(desk.today, desk.zone)
    sheet = desk.run(day_sheet, desk.today)
    busy = {seat.student_id for seat in sheet}
    free = [student for student in students if student not in busy]
    for extra in extras:
        taken = [Slot(s.starts_at, s.ends_at) for s in sheet if s.teacher == extra.teacher]
        for nth, start in enumerate(_starts(desk.now, extra.offsets)):
            slot = Slot(start, start + timedelta(minutes=MINUTES))
            if free and day.contains(slot) and not any(slot.overlaps(one) for one in taken):
                kind = LessonKind.REGULAR if nth % 3 else LessonKind.MAKE_UP
                _schedule(desk, extra, start, free.pop(), kind)


def mark_some(desk: Desk, teacher: str) -> None:
    """The teacher has not marked the latest of today's lessons that are over, nor has one of
    the others."""
    over = [s for s in desk.run(day_sheet, desk.today) if s.ends_at <= desk.now]
    own = [seat for seat in over if seat.teacher == teacher]
    others = [seat for seat in over if seat.teacher != teacher]
    for seat in own[:-2] + others[:-1]:
        desk.run(mark_seat, seat.seat_id, Outcome.PRESENT)


def note_what_comes(desk: Desk, until: date, notes: Sequence[str]) -> None:
    """Some of the lessons to come have their focus already."""
    for days in range((until - desk.today).days):
        found: dict[LessonId, None] = {
            seat.lesson_id: None for seat in desk.run(day_sheet, desk.today + timedelta(days=days))
        }
        for lesson_id in list(found)[::6]:
            desk.run(note_on_lesson, lesson_id, focus=desk.chance.choice(notes))


def _schedule(
    desk: Desk, extra: Extra, start: datetime, student_id: StudentId, kind: LessonKind
) -> None:
    wish = NewLesson(
        extra.teacher_id,
        extra.lesson_type_id,
        start,
        (student_id,),
        room_id=extra.room_id,
        minutes=MINUTES,
        kind=kind,
        despite="Agreed with the family",
    )
    desk.at(desk.now - timedelta(days=3)).run(schedule_lesson, wish)


def _starts(now: datetime, offsets: Sequence[int]) -> list[datetime]:
    rounded = datetime.fromtimestamp(now.timestamp() // QUARTER * QUARTER, now.tzinfo)
    return [rounded + timedelta(minutes=offset // 15 * 15) for offset in offsets]
