"""How lessons get into the diary: lock who and what they need, look, then write.

The exclusion constraints are the guarantee; looking first gives the sentence, and the locks
keep contenders from deadlocking on the constraint.
"""

from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import SQLModel

from studio_app.kit.clock import Slot
from studio_app.kit.errors import Conflict, Refused, constraint
from studio_app.kit.ids import LessonId, StudentId, TeacherId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.scheduling import phrases
from studio_app.scheduling.access import bookings
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType, Room
from studio_app.scheduling.rules.clashes import Wanted, too_many


class SlotTaken(Conflict):
    message = _("That time has just been taken. Please choose another.")


class Full(Refused):
    message = _("There is no place left in that lesson.")


TAKEN: dict[str, type[Refused]] = {
    "lesson_teacher_is_free": SlotTaken,
    "lesson_room_is_free": SlotTaken,
    "seat_student_is_free": SlotTaken,
    "lesson_once_per_occurrence": Conflict,
}


def wanted(
    slot: Slot, teacher_id: TeacherId, room: Room | None, students: Iterable[StudentId]
) -> Wanted:
    single_use = room is not None and room.single_use
    return Wanted(slot, teacher_id, room and room.id, single_use, frozenset(students))


def lock(work: Work, wants: Wanted, *more: UUID | None) -> None:
    """Hold a teacher, a room and students; whoever wants one of them waits."""
    lock_in_order(work, wants.teacher_id, wants.room_id, *wants.student_ids, *more)


def require_free(
    work: Work, wants: Sequence[Wanted], *, without: Collection[LessonId] = ()
) -> None:
    """Refuse with who and where if anything stands in the way. Lock first."""
    found = [c for each in bookings.clashes_for(work, wants, without=without) for c in each]
    if found:
        raise SlotTaken(phrases.taken_text(work, found))


def require_seats(students: Collection[StudentId], kind: LessonType, room: Room | None) -> None:
    limit = room.max_capacity if room else None
    problem = too_many(len(students), for_type=kind.capacity, in_room=limit)
    if problem:
        raise Full(problem)


@contextmanager
def keeping_promises() -> Generator[None, None, None]:
    """What is written here may meet somebody else's lesson: then the time is taken."""
    with constraint(TAKEN):
        yield


def write(work: Work, lessons: Sequence[Lesson], seats: Sequence[Seat]) -> None:
    """Insert lessons and their seats in two statements."""
    with keeping_promises():
        write_rows(work, lessons, without={"blocking"})
        write_rows(work, seats)


def write_rows(work: Work, rows: Sequence[SQLModel], *, without: Collection[str] = ()) -> None:
    """One Core insert: the ORM's unit of work costs four times as much."""
    if rows:
        left_out = {"studio_id", *without}
        values = [row.model_dump(exclude=left_out) for row in rows]
        work.session.connection().execute(insert(type(rows[0])), values)


def seat(lesson: Lesson, student_id: StudentId, *, enrolment_id: UUID | None = None) -> Seat:
    """A place in a lesson that is being written; later the database keeps its time."""
    return Seat(
        lesson_id=lesson.id,
        student_id=student_id,
        enrolment_id=enrolment_id,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
    )
