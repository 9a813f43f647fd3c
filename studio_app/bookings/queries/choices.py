"""What somebody can choose from before they look for a time, and what they had the last time."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import any_, literal
from sqlmodel import col, or_, select

from studio_app.bookings.access import bookings as access
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import LessonTypeId, StudentId, TeacherId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.availability import rule_row
from studio_app.scheduling.models.availability import Availability, BookingRule
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.rules.booking import BookingRules, rules_of


@dataclass(frozen=True, slots=True)
class Learner:
    id: StudentId
    name: str
    first_name: str
    instrument: str
    kind_id: LessonTypeId | None
    """Of what they usually have, if it can be booked"""
    teacher_id: TeacherId | None


@dataclass(frozen=True, slots=True)
class Bookable:
    """A kind of lesson that can be booked."""

    id: LessonTypeId
    name: str
    minutes: int
    is_group: bool


@dataclass(frozen=True, slots=True)
class Teaches:
    id: TeacherId
    name: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Without learners or kinds there is nothing that this person can book."""

    learners: tuple[Learner, ...]
    kinds: tuple[Bookable, ...]
    teachers: tuple[Teaches, ...]

    @property
    def any(self) -> bool:
        return bool(self.learners and self.kinds and self.teachers)


@requires(Permission.LESSON_VIEW)
def my_choices(work: Work) -> Choices:
    """For one's own children, and for oneself when grown up; of what families may book."""
    if not work.actor.may(Permission.LESSON_BOOK):
        return Choices((), (), ())
    own = access.own_bookable(work)
    query = select(Student).where(col(Student.id).in_(own))
    students = work.session.exec(query.order_by(col(Student.first_name))).all()
    if not students:
        return Choices((), (), ())
    kinds, teachers = _kinds(work), _teachers(work)
    return Choices(tuple(_learner(work, one, kinds) for one in students), kinds, teachers)


def _learner(work: Work, student: Student, kinds: Sequence[Bookable]) -> Learner:
    """What they usually have is what they most likely want: their instrument, alone."""
    groups = [kind.id for kind in kinds if kind.is_group]
    theirs = literal(student.instrument) == any_(col(Teacher.instruments))
    query = (
        select(Lesson.lesson_type_id, Lesson.teacher_id)
        .join(Seat, col(Seat.lesson_id) == col(Lesson.id))
        .join(Teacher, col(Teacher.id) == col(Lesson.teacher_id))
        .where(
            Seat.student_id == student.id,
            col(Lesson.lesson_type_id).in_([kind.id for kind in kinds]),
            col(Seat.left_at).is_(None),
        )
        .order_by(
            col(Lesson.lesson_type_id).in_(groups), theirs.desc(), col(Lesson.starts_at).desc()
        )
        .limit(1)
    )
    last = work.session.exec(query).first()
    names = (student.id, student.name, student.first_name, student.instrument)
    if last is None:
        return Learner(*names, None, None)
    return Learner(*names, LessonTypeId(last[0]), TeacherId(last[1]))


def _kinds(work: Work) -> tuple[Bookable, ...]:
    here = rule_row(work, None)
    own = {row.lesson_type_id: row for row in work.session.exec(select(BookingRule))}
    query = select(LessonType).where(col(LessonType.archived_at).is_(None))
    return tuple(
        Bookable(kind.id, kind.name, kind.minutes, kind.capacity != 1)
        for kind in work.session.exec(query.order_by(col(LessonType.name)))
        if rules_of(_said(here), _said(own.get(kind.id))).is_open
    )


def _said(row: BookingRule | None) -> dict[str, object]:
    return {one.name: getattr(row, one.name) for one in fields(BookingRules)} if row else {}


def _teachers(work: Work) -> tuple[Teaches, ...]:
    """Those who offer hours from today on."""
    today = local_date(work.now, studio_zone(work))
    offering = select(Availability.teacher_id).where(
        or_(
            col(Availability.dated_on) >= today,
            col(Availability.weekday).is_not(None)
            & or_(col(Availability.ends_on).is_(None), col(Availability.ends_on) >= today),
        )
    )
    query = select(Teacher).where(col(Teacher.archived_at).is_(None), col(Teacher.id).in_(offering))
    return tuple(
        Teaches(one.id, one.name, tuple(one.instruments))
        for one in work.session.exec(query.order_by(col(Teacher.name)))
    )
