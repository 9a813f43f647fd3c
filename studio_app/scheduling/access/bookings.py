"""What is in the diary at a time, and what stands in the way of something new."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Uuid, any_, bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col, or_, select

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonId, StudentId
from studio_app.kit.ready import Ready
from studio_app.kit.tables import table_of
from studio_app.kit.work import Work
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment
from studio_app.scheduling.rules.clashes import LONGEST, Booking, Clash, Wanted, clashes
from studio_app.scheduling.rules.states import EnrolmentState

_PROVISIONAL = EnrolmentState.PROVISIONAL.value


def clashes_for(
    work: Work, wanted: Sequence[Wanted], *, without: Collection[LessonId] = ()
) -> list[list[Clash]]:
    """For each wanted lesson what stands in its way; one statement however many."""
    if not wanted:
        return []
    first = min(want.slot.starts_at for want in wanted)
    last = max(want.slot.ends_at for want in wanted)
    return clashes(wanted, _bookings(work, Slot(first, last), wanted, without))


_lesson, _seat = table_of(Lesson).c, table_of(Seat).c
_FIRST, _LAST = (bindparam(name, type_=DateTime(timezone=True)) for name in ("first", "last"))
_TEACHERS, _ROOMS, _STUDENTS = (
    any_(bindparam(name, type_=ARRAY(Uuid))) for name in ("teachers", "rooms", "students")
)
_THEIRS = columns(_seat.lesson_id).where(
    _seat.student_id == _STUDENTS,
    _seat.left_at.is_(None),
    _seat.starts_at > _FIRST - LONGEST,
    _seat.starts_at < _LAST,
)
_SEATED = columns(_seat.student_id).where(_seat.lesson_id == _lesson.id, _seat.left_at.is_(None))
_BOOKED = Ready(
    columns(
        _lesson.id,
        _lesson.starts_at,
        _lesson.ends_at,
        _lesson.teacher_id,
        _lesson.room_id,
        func.array(_SEATED.correlate(table_of(Lesson)).scalar_subquery(), type_=ARRAY(Uuid)),
    ).where(
        _lesson.blocking,
        _lesson.starts_at > _FIRST - LONGEST,
        _lesson.starts_at < _LAST,
        _lesson.ends_at > _FIRST,
        or_(_lesson.teacher_id == _TEACHERS, _lesson.room_id == _ROOMS, _lesson.id.in_(_THEIRS)),
    )
)


def _bookings(
    work: Work, span: Slot, wanted: Sequence[Wanted], without: Collection[LessonId]
) -> list[Booking]:
    """Lessons in this span of the teachers, rooms and students that are wanted."""
    given: dict[str, Any] = {
        "first": span.starts_at,
        "last": span.ends_at,
        "teachers": list({want.teacher_id for want in wanted}),
        "rooms": list({want.room_id for want in wanted if want.room_id and want.single_use}),
        "students": list({student for want in wanted for student in want.student_ids}),
    }
    found = _BOOKED.send(work.session.connection(), given).all()
    return [
        Booking(r[0], Wanted(Slot(r[1], r[2]), r[3], r[4], student_ids=frozenset(r[5])))
        for r in found
        if r[0] not in without
    ]


def held_among(work: Work, lessons: Sequence[LessonId]) -> set[LessonId]:
    """Those of these lessons whose every student only has a provisional place."""
    query = (
        select(col(Seat.lesson_id))
        .join(Enrolment, col(Enrolment.id) == col(Seat.enrolment_id), isouter=True)
        .where(col(Seat.lesson_id).in_(lessons), col(Seat.left_at).is_(None))
        .group_by(col(Seat.lesson_id))
        .having(func.bool_and(col(Enrolment.state).is_not_distinct_from(_PROVISIONAL)))
    )
    return set(work.session.exec(query)) if lessons else set()


def students_of(work: Work, lessons: Sequence[LessonId]) -> dict[UUID, frozenset[StudentId]]:
    """Who sits in these lessons; a lesson without students has an empty set."""
    seated: dict[UUID, set[StudentId]] = defaultdict(set)
    if lessons:
        query = select(Seat.lesson_id, Seat.student_id).where(
            col(Seat.lesson_id).in_(lessons), col(Seat.left_at).is_(None)
        )
        for lesson_id, student_id in work.session.exec(query):
            seated[lesson_id].add(StudentId(student_id))
    return defaultdict(frozenset, {k: frozenset(v) for k, v in seated.items()})
