"""The places of a run with all the names that go with them, for pages and messages."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.bookings.models.rollover import RolloverLesson, RolloverPlace
from studio_app.bookings.rules.rollover import Answer, AnsweredBy
from studio_app.identity.access import studio_zone
from studio_app.kit.formats import say_when
from studio_app.kit.ids import FamilyId, RolloverId, RolloverPlaceId, StudentId, TeacherId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.people.models import Family, Student, Teacher
from studio_app.scheduling.access.series import rule_of
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.phrases import plan_text
from studio_app.scheduling.rules.continuing import endless
from studio_app.scheduling.rules.plans import Plan


@dataclass(frozen=True, slots=True)
class Listed:
    """A student's place: the weekly lesson as it would be in the new term, and the answer."""

    place: RolloverPlace
    lesson: RolloverLesson
    student: str
    first_name: str
    has_left: bool
    family_id: FamilyId
    family: str
    teacher_id: TeacherId
    teacher: str
    lesson_type: str
    where: str
    is_online: bool
    series: Series
    """What is held, else the one of the old term"""
    plan: Plan
    """Its rule, as it would be"""

    @property
    def name(self) -> str:
        return self.series.name or self.lesson_type

    @property
    def answer(self) -> Answer | None:
        return Answer(self.place.answer) if self.place.answer else None

    @property
    def is_asked(self) -> bool:
        """Not left out by the office, nor gone before they answered."""
        return not self.place.left_out and not (self.has_left and self.answer is None)

    def rhythm(self, locale: str, here: ZoneInfo) -> Text:
        return plan_text(self.plan, locale, here)


def listed(
    work: Work,
    rollover_id: RolloverId,
    *,
    students: Collection[StudentId] | None = None,
    ids: Collection[RolloverPlaceId] | None = None,
    left_out: bool = False,
) -> list[Listed]:
    """By teacher, weekday, time and student; those left out only where they are asked for."""
    query: SelectOfScalar[Any] = _joined().where(RolloverPlace.rollover_id == rollover_id)
    if not left_out:
        query = query.where(col(RolloverPlace.left_out).is_(False))
    if students is not None:
        query = query.where(col(RolloverPlace.student_id).in_(students))
    if ids is not None:
        query = query.where(col(RolloverPlace.id).in_(ids))
    found = work.session.exec(query)
    return sorted((_listed(*each) for each in found), key=_order)


def _order(one: Listed) -> tuple[object, ...]:
    plan = one.plan
    return (one.teacher, one.teacher_id, min(plan.weekdays), plan.at, one.student, one.place.id)


_SHOWN = func.coalesce(RolloverLesson.next_id, RolloverLesson.series_id)


def _joined() -> Any:
    """With one row for each place; the series that is held goes before the old one."""
    shown = aliased(Series)
    place: Any = func.concat_ws(", ", col(Room.name), col(Location.name))
    return (
        select(
            RolloverPlace, RolloverLesson, shown, Student, col(Family.name), col(Teacher.name),
            col(LessonType.name), place, is_online(),
        )
        .join(RolloverLesson, col(RolloverLesson.id) == col(RolloverPlace.lesson_id))
        .join(shown, col(shown.id) == _SHOWN)
        .join(Student, col(Student.id) == col(RolloverPlace.student_id))
        .join(Family, col(Family.id) == col(Student.family_id))
        .join(Teacher, col(Teacher.id) == shown.teacher_id)
        .join(LessonType, col(LessonType.id) == shown.lesson_type_id)
        .outerjoin(Room, col(Room.id) == shown.room_id)
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
    )  # fmt: skip


def _listed(
    place: RolloverPlace,
    lesson: RolloverLesson,
    series: Series,
    student: Student,
    *named: Any,
) -> Listed:
    family, teacher, kind, where, online = named
    return Listed(
        place=place,
        lesson=lesson,
        student=student.name,
        first_name=student.first_name,
        has_left=student.archived_at is not None,
        family_id=student.family_id,
        family=family,
        teacher_id=series.teacher_id,
        teacher=teacher,
        lesson_type=kind,
        where=where,
        is_online=online,
        series=series,
        plan=_plan(lesson, series),
    )


def _plan(lesson: RolloverLesson, series: Series) -> Plan:
    """The rule without its end: another day or time where the run says so."""
    plan = endless(rule_of(series))
    if lesson.next_id is not None:
        return plan
    weekdays = frozenset({lesson.weekday}) if lesson.weekday else plan.weekdays
    return replace(plan, weekdays=weekdays, at=lesson.at or plan.at)


def said_of(work: Work, one: Listed) -> Text:
    """Yes, Tue 8 Sept, 16:00; or who said it in the family's place."""
    place = one.place
    zone, locale = studio_zone(work), work.actor.locale
    when = say_when(place.answered_at, zone, locale) if place.answered_at else ""
    facts = {"answer": (one.answer or Answer.NO).label, "when": when}
    match place.answered_how:
        case AnsweredBy.OFFICE:
            return _("{answer}, written down by the studio, {when}", **facts)
        case AnsweredBy.CLOSING:
            return _("{answer}, decided by the studio when it closed the answers, {when}", **facts)
        case _:
            return _("{answer}, {when}", **facts)
