"""What is known of those whom happenings are about: a few statements, however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlmodel import col

from studio_app.attendance.access import among, ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import Outcome
from studio_app.automations.access.facts import Fact
from studio_app.automations.rules.asking import FURTHEST_BACK
from studio_app.automations.rules.deciding import Known, all_held, outcomes
from studio_app.automations.rules.recipe import Recipe, What
from studio_app.billing.access.sums import balances, open_debts
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.ids import FamilyId
from studio_app.kit.work import Work
from studio_app.people.models import Student, StudentTag
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType, Location, Room

MONEY = frozenset({What.OWED, What.OVERDUE_DAYS})


@dataclass(frozen=True, slots=True)
class _Book:
    """What was looked up, by id."""

    zone: ZoneInfo
    students: Mapping[UUID, Any] = field(default_factory=dict[UUID, Any])
    tags: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict[UUID, tuple[str, ...]])
    teachers: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict[UUID, tuple[UUID, ...]])
    no_shows: Mapping[UUID, tuple[datetime, ...]] = field(
        default_factory=dict[UUID, tuple[datetime, ...]]
    )
    lessons: Mapping[UUID, Any] = field(default_factory=dict[UUID, Any])
    owed: Mapping[UUID, tuple[int, int]] = field(default_factory=dict[UUID, tuple[int, int]])


def known_of(work: Work, facts: Sequence[Fact], wanted: Collection[What]) -> list[Known]:
    """For each fact, in order, what conditions may ask; of the rest only what comes along.

    Status, tags, teachers and money are those of now; ages, hours and counts those of the fact.
    """
    students = {one.student_id for one in facts if one.student_id}
    families = {one.family_id for one in facts if one.family_id}
    lessons = {one.lesson_id for one in facts if one.lesson_id}
    zone = studio_zone(work)
    since = min((one.at for one in facts), default=work.now) - timedelta(days=FURTHEST_BACK)
    book = _Book(
        zone,
        students=_students(work, students),
        tags=_tags(work, students) if What.STUDENT_TAG in wanted else {},
        teachers=_teachers(work, students, zone) if What.STUDENT_TEACHER in wanted else {},
        no_shows=_no_shows(work, students, since) if What.NO_SHOWS in wanted else {},
        lessons=_lessons(work, lessons),
        owed=what_is_owed(work, families) if not MONEY.isdisjoint(wanted) else {},
    )
    return [_known(one, book) for one in facts]


def those_who_meet(work: Work, recipe: Recipe, facts: Sequence[Fact]) -> list[Fact]:
    """The facts for which all conditions of a recipe hold."""
    known = known_of(work, facts, [one.what for one in recipe.conditions])
    pairs = zip(facts, known, strict=True)
    return [fact for fact, one in pairs if all_held(outcomes(recipe.conditions, one))]


def _known(fact: Fact, book: _Book) -> Known:
    known: dict[str, Any] = {}
    student, lesson = book.students.get(fact.student_id), book.lessons.get(fact.lesson_id)  # type: ignore[arg-type]
    if fact.student_id and student is not None:
        known |= {
            "status": student.status,
            "age": _age(student.birthday, local_date(fact.at, book.zone)),
            "instrument": student.instrument,
            "is_adult": student.is_adult,
            "tags": book.tags.get(fact.student_id, ()),
            "teacher_ids": book.teachers.get(fact.student_id, ()),
            "no_shows": book.no_shows.get(fact.student_id, ()),
        }
    if lesson is not None:
        known |= {
            "lesson_type_id": lesson.lesson_type_id,
            "lesson_teacher_id": lesson.teacher_id,
            "lesson_weekday": lesson.starts_at.astimezone(book.zone).isoweekday(),
            "lesson_is_online": lesson.is_online,
            "lesson_starts_at": lesson.starts_at,
            "cancelled_by": lesson.cancelled_by,
        }
    if fact.family_id and fact.family_id in book.owed:
        owed_minor, overdue_days = book.owed[fact.family_id]
        known |= {"owed_minor": owed_minor, "overdue_days": overdue_days}
    return Known(fact.at, **known)


def what_is_owed(work: Work, families: Collection[FamilyId]) -> dict[UUID, tuple[int, int]]:
    """Of each family the balance in minor units, not below nothing, and the days overdue."""
    if not families:
        return {}
    today = local_date(work.now, studio_zone(work))
    debts = open_debts(work, families)
    owed: dict[UUID, tuple[int, int]] = {}
    for family_id, minor in balances(work, families).items():
        late = [(today - debt.due_on).days for debt in debts[family_id] if debt.due_on <= today]
        owed[family_id] = (max(minor, 0), max(late, default=0) if minor > 0 else 0)
    return owed


def _students(work: Work, ids: Collection[UUID]) -> dict[UUID, Any]:
    query = select(
        col(Student.id),
        col(Student.status),
        col(Student.birthday),
        col(Student.instrument),
        col(Student.is_adult),
    ).where(among(col(Student.id), ids))
    return {row.id: row for row in ask(work, query)} if ids else {}


def _tags(work: Work, ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    query = select(col(StudentTag.student_id), col(StudentTag.tag))
    found = ask(work, query.where(among(col(StudentTag.student_id), ids)))
    return _grouped((row[0], row[1]) for row in found)


def _teachers(work: Work, ids: Collection[UUID], zone: ZoneInfo) -> dict[UUID, tuple[UUID, ...]]:
    """Of the series a student takes part in today."""
    today = local_date(work.now, zone)
    query = (
        select(col(Enrolment.student_id), col(Series.teacher_id))
        .join(Series, col(Series.id) == col(Enrolment.series_id))
        .where(
            among(col(Enrolment.student_id), ids),
            or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) >= today),
            or_(col(Series.ended_on).is_(None), col(Series.ended_on) >= today),
        )
        .distinct()
    )
    return _grouped((row[0], row[1]) for row in ask(work, query))


def _no_shows(
    work: Work, ids: Collection[UUID], since: datetime
) -> dict[UUID, tuple[datetime, ...]]:
    """When the lessons began that a student missed without a word."""
    query = (
        select(col(Seat.student_id), col(Seat.starts_at))
        .join(AttendanceMark, col(AttendanceMark.seat_id) == col(Seat.id))
        .where(
            among(col(Seat.student_id), ids),
            col(Seat.starts_at) >= since,
            col(AttendanceMark.outcome) == Outcome.NO_SHOW,
            is_latest(),
        )
    )
    return _grouped((row[0], row[1]) for row in ask(work, query))


def _lessons(work: Work, ids: Collection[UUID]) -> dict[UUID, Any]:
    if not ids:
        return {}
    query = (
        select(
            col(Lesson.id),
            col(Lesson.lesson_type_id),
            col(Lesson.teacher_id),
            col(Lesson.starts_at),
            col(Lesson.cancelled_by),
            is_online().label("is_online"),
        )
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Lesson.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .where(among(col(Lesson.id), ids))
    )
    return {row.id: row for row in ask(work, query)}


def _grouped(pairs: Iterable[tuple[UUID, Any]]) -> dict[UUID, tuple[Any, ...]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _age(birthday: date | None, on: date) -> int | None:
    if birthday is None:
        return None
    had_it = (on.month, on.day) >= (birthday.month, birthday.day)
    return on.year - birthday.year - (0 if had_it else 1)
