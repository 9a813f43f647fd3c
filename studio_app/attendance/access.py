"""Seats an actor may mark, and the mark that counts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVarTuple
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Row, Select, Uuid, any_, exists, literal
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.attendance.models import AttendanceMark, LeftForLater
from studio_app.attendance.rules import Outcome
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, SeatId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.people import own_teachers
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.rules.states import LessonStatus

Ts = TypeVarTuple("Ts")


def ask(work: Work, query: Select[*Ts]) -> Sequence[Row[*Ts]]:
    """Rows of columns, without making objects of them: for many rows, and for sums."""
    return work.session.connection().execute(query).all()


def among(column: Any, ids: Collection[UUID]) -> ColumnElement[bool]:
    """The column is one of these: one parameter, however many there are."""
    return column == any_(literal(list(ids), ARRAY(Uuid)))


def is_latest() -> ColumnElement[bool]:
    """The mark that counts: no newer one of the same seat."""
    newer = aliased(AttendanceMark)
    return ~exists().where(
        col(newer.seat_id) == col(AttendanceMark.seat_id),
        col(newer.nth) > col(AttendanceMark.nth),
    )


def markable(work: Work, *, own: bool = False) -> SelectOfScalar[Seat]:
    """Seats the actor may mark: the office all of them, a teacher those of their lessons.
    What is only asked for is nobody's to mark.

    `own`: those of one's own lessons only, whoever one is besides.
    """
    query = select(Seat).join(Lesson, col(Lesson.id) == Seat.lesson_id)
    query = query.where(Lesson.status != LessonStatus.REQUESTED)
    if work.actor.may(Permission.CALENDAR_MANAGE) and not own:
        return query
    query = query.join(Teacher, col(Teacher.id) == Lesson.teacher_id)
    return query.where(Teacher.person_id == work.actor.person_id)


def is_own(work: Work) -> ColumnElement[bool]:
    """Lessons that the actor teaches."""
    return col(Lesson.teacher_id).in_(own_teachers(work))


def seats(work: Work, seat_ids: Collection[SeatId]) -> list[Seat]:
    """These seats, locked in one order so that two who mark them do it one after the other."""
    wanted = set(seat_ids)
    query = markable(work).where(col(Seat.id).in_(wanted)).order_by(col(Seat.id))
    found = list(work.session.exec(query.with_for_update(of=Seat, key_share=True)).all())
    if len(found) != len(wanted):
        raise NotFound
    return found


def latest_marks(work: Work, seat_ids: Collection[SeatId]) -> dict[SeatId, AttendanceMark]:
    query = select(AttendanceMark).where(col(AttendanceMark.seat_id).in_(seat_ids), is_latest())
    return {mark.seat_id: mark for mark in work.session.exec(query)}


def mark_before(work: Work, mark: AttendanceMark) -> AttendanceMark | None:
    query = select(AttendanceMark).where(
        AttendanceMark.seat_id == mark.seat_id, AttendanceMark.nth == mark.nth - 1
    )
    return work.session.exec(query).one_or_none()


def current_outcome(latest: AttendanceMark | None) -> Outcome:
    return Outcome(latest.outcome) if latest else Outcome.UNMARKED


def both_said(work: Work, seat: Seat, latest: AttendanceMark | None, wanted: Outcome) -> Text:
    """What counts and what was wanted, for the teacher to choose between."""
    student = work.session.get_one(Student, seat.student_id)
    by = select(Person.name).where(Person.id == latest.marked_by) if latest else None
    marker = work.session.exec(by).first() if by is not None else None
    return _(
        "{student}, {when}: the studio says “{theirs}” ({by}), you said “{mine}”.",
        student=student.name,
        when=say_when(seat.starts_at, studio_zone(work), work.actor.locale),
        theirs=current_outcome(latest).label,
        by=marker or _("nobody named"),
        mine=wanted.label,
    )


def begun_between(
    work: Work, first: datetime, until: datetime, *, own: bool = False
) -> list[SeatId]:
    """Seats of the actor's lessons that began in this time and take place.

    Who manages the calendar and teaches too has lessons of their own; who only manages it has
    everybody's.
    """
    query = markable(work, own=own)
    if work.session.exec(own_teachers(work)).first():
        query = query.where(is_own(work))
    query = query.where(
        col(Seat.starts_at) >= first,
        col(Seat.starts_at) < until,
        col(Seat.blocking),
        col(Seat.left_at).is_(None),
    )
    return [seat.id for seat in work.session.exec(query)]


def left(work: Work, seat_ids: Collection[SeatId]) -> dict[SeatId, LeftForLater]:
    """What was ever left for later of these, locked."""
    query = select(LeftForLater).where(among(col(LeftForLater.seat_id), seat_ids))
    return {row.seat_id: row for row in work.session.exec(query.with_for_update())}


def left_now(work: Work) -> dict[SeatId, LeftForLater]:
    """The seats that wait because somebody said that they will decide later."""
    query = select(LeftForLater).where(LeftForLater.until > work.now)
    return {row.seat_id: row for row in work.session.exec(query)}


def lessons(work: Work, ids: Collection[LessonId]) -> Sequence[Lesson]:
    return work.session.exec(select(Lesson).where(among(col(Lesson.id), ids))).all()


def takes_place(seat: Seat) -> bool:
    return seat.blocking and seat.left_at is None
