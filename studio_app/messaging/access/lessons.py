"""Lessons as messages tell of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select
from sqlmodel import col

from studio_app.bookings.models.bookings import Booking
from studio_app.calendars.models import Meeting
from studio_app.kit.ids import ContactId, LessonId, SeatId, SeriesId, StudentId, TeacherId
from studio_app.kit.tables import table_of
from studio_app.kit.work import Work
from studio_app.messaging.models.messages import Contact
from studio_app.people.models import Guardianship, Student, Teacher
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, Seat, takes_place
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.rules.states import CancelledBy, LessonStatus


@dataclass(frozen=True, slots=True)
class Seated:
    seat_id: SeatId
    student_id: StudentId
    student: str
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """One lesson with its names."""

    id: LessonId
    starts_at: datetime
    ends_at: datetime
    status: LessonStatus
    cancelled_by: CancelledBy | None
    reason: str
    focus: str
    series_id: SeriesId | None
    teacher_id: TeacherId
    teacher: str
    kind: str
    where: str
    is_online: bool
    meeting: str
    """Where it meets, if it is online and that is settled"""
    seats: tuple[Seated, ...]

    @property
    def takes_place(self) -> bool:
        return self.status.takes_place

    @property
    def students(self) -> list[StudentId]:
        return [seat.student_id for seat in self.seats]


def lesson_facts(
    work: Work, ids: Collection[LessonId], *, with_left: bool = False
) -> list[LessonFacts]:
    """In the order of their beginning; seats that were given back are left out, unless wanted."""
    run = work.session.connection().execute
    place = func.concat_ws(", ", col(Room.name), col(Location.name))
    query = (
        select(
            table_of(Lesson),
            col(Teacher.name).label("teacher"),
            col(LessonType.name).label("type"),
            is_online().label("is_online"),
            col(Meeting.url).label("meeting"),
            place.label("place"),
        )
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .outerjoin(
            Meeting,
            and_(
                col(Meeting.lesson_id) == col(Lesson.id),
                col(Meeting.made_for) == col(Lesson.starts_at),
            ),
        )
        .where(col(Lesson.id).in_(ids))
        .order_by(col(Lesson.starts_at), col(Lesson.id))
    )
    rows = run(query).all()
    seats = _seats(work, ids, with_left=with_left)
    return [_facts(row, seats.get(row.id, ())) for row in rows]


def lessons_between(work: Work, first: datetime, last: datetime) -> list[LessonId]:
    """Lessons that take place and begin after the first and not after the last moment."""
    query = select(col(Lesson.id)).where(
        col(Lesson.starts_at) > first,
        col(Lesson.starts_at) <= last,
        takes_place(),
    )
    query = query.order_by(col(Lesson.starts_at), col(Lesson.id))
    return list(work.session.connection().execute(query).scalars())


def own_students(work: Work, contact_id: ContactId) -> set[StudentId]:
    """Whom a family's contact hears of: one's children, or oneself."""
    query = (
        select(func.coalesce(col(Contact.student_id), col(Guardianship.student_id)))
        .select_from(Contact)
        .outerjoin(
            Guardianship,
            and_(
                col(Guardianship.guardian_id) == col(Contact.guardian_id),
                col(Contact.guardian_id).is_not(None),
            ),
        )
        .where(col(Contact.id) == contact_id)
    )
    found: Any = work.session.connection().execute(query).scalars()
    return {student_id for student_id in found if student_id is not None}


def waits_for_a_yes(work: Work, lesson_id: LessonId, contact_id: ContactId) -> bool:
    """Whether a contact's own have asked for this lesson, and nobody has decided."""
    query = select(col(Booking.id)).where(
        col(Booking.lesson_id) == lesson_id,
        col(Booking.decided_at).is_(None),
        col(Booking.student_id).in_(own_students(work, contact_id)),
    )
    return work.session.connection().execute(query).first() is not None


def _seats(
    work: Work, ids: Collection[LessonId], *, with_left: bool
) -> dict[LessonId, Sequence[Seated]]:
    name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    left = col(Seat.left_at).is_not(None)
    query = (
        select(col(Seat.lesson_id), col(Seat.id), col(Student.id), name, left)
        .join(Student, col(Student.id) == col(Seat.student_id))
        .where(col(Seat.lesson_id).in_(ids), or_(~left, literal(with_left)))
        .order_by(name)
    )
    found: dict[LessonId, list[Seated]] = {}
    for lesson_id, *seat in work.session.connection().execute(query):
        row: Any = seat
        found.setdefault(lesson_id, []).append(Seated(*row))
    return {lesson_id: tuple(seats) for lesson_id, seats in found.items()}


def _facts(row: Any, seats: Sequence[Seated]) -> LessonFacts:
    return LessonFacts(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        status=LessonStatus(row.status),
        cancelled_by=CancelledBy(row.cancelled_by) if row.cancelled_by else None,
        reason=row.cancel_reason,
        focus=row.focus,
        series_id=row.series_id,
        teacher_id=row.teacher_id,
        teacher=row.teacher,
        kind=row.type,
        where=row.place,
        is_online=row.is_online,
        meeting=row.meeting or "",
        seats=tuple(seats),
    )
