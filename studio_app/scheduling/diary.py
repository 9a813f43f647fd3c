"""How lessons get into the diary: lock who and what they need, look, then write.

The exclusion constraints are the guarantee; looking first gives the sentence, and the locks
keep contenders from deadlocking on the constraint.
"""

from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import SQLModel

from studio_app.identity.access import studio_zone
from studio_app.kit.clock import Slot, to_instant
from studio_app.kit.errors import Conflict, Refused, constraint
from studio_app.kit.ids import (
    EnrolmentId,
    LessonId,
    LessonTypeId,
    RoomId,
    StudentId,
    TeacherId,
    new_id,
)
from studio_app.kit.locks import lock_in_order
from studio_app.kit.ready import Ready
from studio_app.kit.tables import table_of
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.scheduling import phrases
from studio_app.scheduling.access import bookings
from studio_app.scheduling.access.needs import Kind, Place
from studio_app.scheduling.events import LessonCancelled, LessonDeclined
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType, Room
from studio_app.scheduling.rules.clashes import Wanted, too_many
from studio_app.scheduling.rules.states import CancelledBy, LessonKind, LessonStatus


class SlotTaken(Conflict):
    message = _("That time has just been taken. Please choose another.")


class NotThatLong(Refused):
    message = _("A lesson lasts between 5 minutes and a day.")


class Full(Refused):
    message = _("There is no place left in that lesson.")


SHORTEST, LONGEST = 5, 24 * 60
TAKEN: dict[str, type[Refused]] = {
    "lesson_teacher_is_free": SlotTaken,
    "lesson_room_is_free": SlotTaken,
    "seat_student_is_free": SlotTaken,
    "lesson_once_per_occurrence": Conflict,
}


def wanted(
    slot: Slot, teacher_id: TeacherId, room: Room | Place | None, students: Iterable[StudentId]
) -> Wanted:
    single_use = room is not None and room.single_use
    return Wanted(slot, teacher_id, room and room.id, single_use, frozenset(students))


def lock(work: Work, wants: Wanted, *more: UUID | None) -> None:
    """Hold a teacher, a room and students; whoever wants one of them waits."""
    lock_ids(work, [wants.teacher_id, wants.room_id, *wants.student_ids, *more])


def lock_ids(work: Work, ids: Iterable[UUID | None]) -> None:
    lock_in_order(work, *ids)


def require_free(
    work: Work, wants: Sequence[Wanted], *, without: Collection[LessonId] = ()
) -> None:
    """Refuse with who and where if anything stands in the way. Lock first."""
    found = [c for each in bookings.clashes_for(work, wants, without=without) for c in each]
    if found:
        raise SlotTaken(phrases.taken_text(work, found))


def require_seats(students: int, kind: LessonType | Kind, room: Room | Place | None) -> None:
    limit = room.max_capacity if room else None
    problem = too_many(students, for_type=kind.capacity, in_room=limit)
    if problem:
        raise Full(problem)


@contextmanager
def keeping_promises() -> Generator[None, None, None]:
    """What is written here may meet somebody else's lesson: then the time is taken."""
    with constraint(TAKEN):
        yield


_TIMES = ("id", "created_at", "starts_at", "ends_at")
_LESSON = Ready(
    insert(table_of(Lesson)),
    *_TIMES,
    *("teacher_id", "room_id", "room_single_use", "lesson_type_id"),
    *("status", "kind", "notes", "focus", "despite", "cancel_reason"),
)
_SEAT = Ready(insert(table_of(Seat)), *_TIMES, "lesson_id", "student_id", "blocking", "excused")


@dataclass(frozen=True, slots=True)
class About:
    """What a single lesson is, apart from when, where and with whom."""

    lesson_type_id: LessonTypeId
    kind: LessonKind = LessonKind.REGULAR
    notes: str = ""
    despite: str = ""
    status: LessonStatus = LessonStatus.SCHEDULED


def write_one(work: Work, wants: Wanted, about: About) -> LessonId:
    """Insert a single lesson and its seats without making rows of them first."""
    lesson_id = LessonId(new_id())
    starts_at, ends_at = wants.slot.starts_at, wants.slot.ends_at
    times = {"created_at": work.now, "starts_at": starts_at, "ends_at": ends_at}
    lesson = {
        **times,
        "id": lesson_id,
        "teacher_id": wants.teacher_id,
        "room_id": wants.room_id,
        "room_single_use": wants.single_use if wants.room_id else None,
        "lesson_type_id": about.lesson_type_id,
        "status": about.status.value,
        "kind": about.kind.value,
        "notes": about.notes.strip(),
        "despite": about.despite,
        "focus": "",
        "cancel_reason": "",
    }
    seat = {**times, "lesson_id": lesson_id, "blocking": True, "excused": False}
    seats = [{**seat, "id": new_id(), "student_id": who} for who in sorted(wants.student_ids)]
    connection = work.session.connection()
    with keeping_promises():
        _LESSON.send(connection, lesson)
        if seats:
            _SEAT.send(connection, seats if len(seats) > 1 else seats[0])
    return lesson_id


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


def seat(lesson: Lesson, student_id: StudentId, *, enrolment_id: EnrolmentId | None = None) -> Seat:
    """A place in a lesson that is being written; later the database keeps its time."""
    return Seat(
        lesson_id=lesson.id,
        student_id=student_id,
        enrolment_id=enrolment_id,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        blocking=lesson.takes_time,
    )


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and when a lesson was, for putting it back there."""

    starts_at: datetime
    minutes: int
    teacher_id: TeacherId
    room_id: RoomId | None


def placement(lesson: Lesson) -> Placement:
    minutes = int(lesson.lasting.total_seconds()) // 60
    return Placement(lesson.starts_at, minutes, lesson.teacher_id, lesson.room_id)


def place(lesson: Lesson, wants: Wanted) -> None:
    if wants.teacher_id == lesson.covers_for_id:
        lesson.covers_for_id = None
    lesson.teacher_id, lesson.room_id = wants.teacher_id, wants.room_id
    lesson.room_single_use = wants.single_use if wants.room_id else None
    lesson.starts_at, lesson.ends_at = wants.slot.starts_at, wants.slot.ends_at


def call_off(
    work: Work, lesson: Lesson, *, by: CancelledBy, reason: str
) -> LessonCancelled | LessonDeclined:
    """It does not take place; what was only asked for is declined. The event that tells it."""
    lesson.cancel_reason = reason.strip()
    if lesson.status == LessonStatus.REQUESTED:
        lesson.status = LessonStatus.DECLINED
        return LessonDeclined(lesson.id)
    lesson.status = LessonStatus.CANCELLED
    lesson.cancelled_at, lesson.cancelled_by = work.now, by
    return LessonCancelled(lesson.id)


def needs(work: Work, lessons: Sequence[Lesson]) -> list[Wanted]:
    """Who and what these lessons need, as they stand."""
    students = bookings.students_of(work, [lesson.id for lesson in lessons])
    return [
        Wanted(
            lesson.slot,
            lesson.teacher_id,
            lesson.room_id,
            bool(lesson.room_single_use),
            students[lesson.id],
        )
        for lesson in lessons
    ]


def put_back(work: Work, lessons: Sequence[Lesson]) -> None:
    """All of these cancelled lessons take place again, or SlotTaken and none does."""
    wants = needs(work, lessons)
    lock_ids(work, {i for w in wants for i in (w.teacher_id, w.room_id, *w.student_ids)})
    require_free(work, wants)
    held = bookings.held_among(work, [lesson.id for lesson in lessons])
    with keeping_promises():
        for lesson in lessons:
            still = lesson.id in held
            lesson.status = LessonStatus.PROVISIONAL if still else LessonStatus.SCHEDULED
            lesson.cancelled_at, lesson.cancelled_by, lesson.cancel_reason = None, None, ""
            lesson.closure_id, lesson.time_off_id = None, None
        work.session.flush()


def instant_of(work: Work, at: datetime) -> datetime:
    """An instant as it is; wall time is read in the studio's zone."""
    if at.tzinfo is not None:
        return at
    return to_instant(at.date(), at.time(), studio_zone(work))


def lasting(minutes: int) -> timedelta:
    if not SHORTEST <= minutes <= LONGEST:
        raise NotThatLong
    return timedelta(minutes=minutes)
