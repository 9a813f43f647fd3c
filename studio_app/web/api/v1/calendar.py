"""The calendar and its lessons. Staff move and cancel; families see their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Query

from studio_app.kit.ids import LessonId, RoomId, SeatId, StudentId, TeacherId
from studio_app.messaging.commands.bulk import say_running_late
from studio_app.scheduling.commands.confirming import confirm_seats, unconfirm_seats
from studio_app.scheduling.commands.enrolments import seat_student, unseat_student
from studio_app.scheduling.commands.lessons import (
    CancelledBy,
    NewLesson,
    cancel_lesson,
    move_lesson,
    note_on_lesson,
    restore_lesson,
    schedule_lesson,
)
from studio_app.scheduling.diary import Placement
from studio_app.scheduling.queries.answers import MoveAnswer, conflicts_for_move
from studio_app.scheduling.queries.calendar import Calendar, calendar_range
from studio_app.scheduling.queries.families import (
    FamilyLesson,
    lessons_of_family,
    next_lessons_of,
)
from studio_app.scheduling.queries.history import Happened, lesson_history
from studio_app.scheduling.queries.lessons import Day, LessonDetails, lesson_details, lessons_on
from studio_app.scheduling.queries.weekly import WeeklyLesson, weekly_lessons_of
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Few, NotTooFar

router = APIRouter(prefix="/api/v1", tags=["calendar"])


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a lesson might go; what is null stays. `to` without an offset is wall time."""

    to: datetime
    teacher_id: TeacherId | None = None
    room_id: RoomId | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Where a lesson goes. `to` without an offset is wall time of the studio; `expected` is
    where the caller saw it: 409 if somebody moved it meanwhile. `despite` is the reason to go
    ahead where `conflicts` answers with warnings: without one it is refused."""

    to: datetime
    teacher_id: TeacherId | None = None
    room_id: RoomId | None = None
    no_room: bool = False
    minutes: int | None = None
    expected: datetime | None = None
    despite: str = ""


@dataclass(frozen=True, slots=True)
class Cancellation:
    by: CancelledBy = CancelledBy.SCHOOL
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Leave one out to leave it as it is."""

    notes: str | None = None
    """Only staff read them."""
    focus: str | None = None
    """What to practise until the next lesson: the family reads it once this one is over."""


@router.get("/calendar")
def read_calendar(
    asking: Asking,
    first: NotTooFar,
    until: NotTooFar,
    teacher_id: Annotated[list[TeacherId] | None, Query()] = None,
    room_id: Annotated[list[RoomId] | None, Query()] = None,
) -> Calendar:
    """Every lesson that begins in [first, until) of the studio's days, in wall time without an
    offset. Repeat `teacher_id` and `room_id` to see several; leave them out to see all."""
    teachers, rooms = tuple(teacher_id or ()), tuple(room_id or ())
    return asking.run(calendar_range, first, until, teacher_ids=teachers, room_ids=rooms)


@router.get("/lessons")
def lessons_of_day(asking: Asking, on: NotTooFar, teacher_id: TeacherId | None = None) -> Day:
    """The lessons that one teacher gives on a day of the studio, by time; without a teacher
    the caller's own."""
    return asking.run(lessons_on, on, teacher_id=teacher_id)


@router.get("/lessons/upcoming")
def upcoming_lessons(
    asking: Asking, student_id: Annotated[list[StudentId] | None, Query()] = None, limit: Few = 1
) -> list[FamilyLesson]:
    """The next lessons that take place; `limit` is for each student. Families see their own."""
    return asking.run(next_lessons_of, tuple(student_id or ()), limit=limit)


@router.get("/me/lessons")
def my_lessons(asking: Asking, first: NotTooFar, until: NotTooFar) -> list[FamilyLesson]:
    """A family's lessons, cancelled ones too, that begin in [first, until) of the studio."""
    return asking.run(lessons_of_family, first, until)


@router.get("/lessons/{lesson_id}")
def read_lesson(asking: Asking, lesson_id: LessonId) -> LessonDetails:
    """`starts_at` is an instant, `starts` the studio's wall time. A family sees only its own
    students' lessons, and in them only its own students."""
    return asking.run(lesson_details, lesson_id)


@router.get("/lessons/{lesson_id}/history")
def history(asking: Asking, lesson_id: LessonId) -> list[Happened]:
    """Its last ten changes, the newest first."""
    return asking.run(lesson_history, lesson_id)


@router.get("/students/{student_id}/weekly-lessons")
def weekly(asking: Asking, student_id: StudentId) -> list[WeeklyLesson]:
    """The weekly lessons that go on for a student, the earliest in the week first."""
    return asking.run(weekly_lessons_of, student_id)


@router.post("/lessons", status_code=201)
def create_lesson(asking: Asking, wish: NewLesson) -> Made:
    """A single lesson. 409 says who and where stands in its way; 422 with `give: despite` what
    speaks against it where no reason is given."""
    return Made(asking.run(schedule_lesson, wish))


@router.post("/lessons/{lesson_id}/conflicts")
def conflicts(asking: Asking, lesson_id: LessonId, aim: Aim) -> MoveAnswer:
    """What a move would meet, in sentences: `conflicts` refuse it, `warnings` do not. Nothing
    changes."""
    return asking.run(
        conflicts_for_move,
        lesson_id,
        to=aim.to,
        teacher_id=aim.teacher_id,
        room_id=aim.room_id,
        minutes=aim.minutes,
    )


@router.post("/lessons/{lesson_id}/reschedule")
@router.post("/lessons/{lesson_id}/move")
def move(asking: Asking, lesson_id: LessonId, move: Move) -> Placement:
    """Answers where it was: sending that back undoes the move. 409 if the time is taken; 422 with
    `give: despite` where only a reason is wanted. Staff only: no policy asks."""
    return asking.run(
        move_lesson,
        lesson_id,
        to=move.to,
        teacher_id=move.teacher_id,
        room_id=move.room_id,
        no_room=move.no_room,
        minutes=move.minutes,
        expected=move.expected,
        despite=move.despite,
    )


@router.post("/lessons/{lesson_id}/running-late")
def running_late(
    asking: Asking, lesson_id: LessonId, minutes: Annotated[int, Body(embed=True, ge=1, le=120)]
) -> list[str]:
    """Tells the families at once; answers the names of who is told."""
    return list(asking.run(say_running_late, lesson_id, minutes))


@router.put("/lessons/{lesson_id}/notes", status_code=204)
def replace_notes(asking: Asking, lesson_id: LessonId, note: Note) -> None:
    asking.run(note_on_lesson, lesson_id, notes=note.notes, focus=note.focus)


@router.post("/lessons/{lesson_id}/cancel", status_code=204)
def cancel(asking: Asking, lesson_id: LessonId, cancellation: Cancellation) -> None:
    """This lesson only; `end-series` ends the following ones too."""
    asking.run(cancel_lesson, lesson_id, by=cancellation.by, reason=cancellation.reason)


@router.post("/lessons/{lesson_id}/restore", status_code=204)
def restore(asking: Asking, lesson_id: LessonId) -> None:
    """A cancelled lesson takes place after all. 409 if its time was given to another."""
    asking.run(restore_lesson, lesson_id)


@router.put("/seats/{seat_id}/confirmation", status_code=204)
def confirm(asking: Asking, seat_id: SeatId) -> None:
    """The student will come at the time the lesson has now; moving it unsays that."""
    asking.run(confirm_seats, [seat_id])


@router.delete("/seats/{seat_id}/confirmation", status_code=204)
def unconfirm(asking: Asking, seat_id: SeatId) -> None:
    asking.run(unconfirm_seats, [seat_id])


@router.put("/lessons/{lesson_id}/students/{student_id}", status_code=204)
def add_seat(asking: Asking, lesson_id: LessonId, student_id: StudentId) -> None:
    """A student joins this one lesson. 409 if it is full or the student is taken."""
    asking.run(seat_student, lesson_id, student_id)


@router.delete("/lessons/{lesson_id}/students/{student_id}", status_code=204)
def remove_seat(asking: Asking, lesson_id: LessonId, student_id: StudentId) -> None:
    asking.run(unseat_student, lesson_id, student_id)
