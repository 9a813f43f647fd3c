"""What the {placeholders} of an automation's words stand for, and whom a run was about."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from studio_app.attendance.access import among
from studio_app.automations.access.facts import Fact
from studio_app.automations.access.knowing import what_is_owed
from studio_app.identity.access import studio, studio_zone
from studio_app.identity.models import Studio
from studio_app.kit.formats import say_money, say_when
from studio_app.kit.money import Money
from studio_app.kit.work import Work
from studio_app.people.models import Family, Student, Teacher
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import LessonType


def values_of(work: Work, facts: Sequence[Fact]) -> list[dict[str, str]]:
    """As the studio writes them: its language, its money, its wall. What is gone is missing."""
    here = studio(work)
    students = students_called(work, {one.student_id for one in facts if one.student_id})
    owing = {one.family_id for one in facts if one.family_id}
    families = families_called(work, owing)
    owed = what_is_owed(work, owing)
    lessons = _lessons(work, {one.lesson_id for one in facts if one.lesson_id})
    found: list[dict[str, str]] = []
    for fact in facts:
        values = {"studio": here.name}
        if fact.student_id in students:
            values["student"], values["instrument"] = students[fact.student_id]
        if fact.family_id is not None and fact.family_id in families:
            values["family"] = families[fact.family_id]
            values |= _money(here, *owed.get(fact.family_id, (0, 0)))
        found.append(values | _of_lesson(work, here.locale, lessons.get(fact.lesson_id)))  # type: ignore[arg-type]
    return found


def students_called(work: Work, ids: Collection[UUID]) -> dict[UUID | None, tuple[str, str]]:
    """Name and instrument of each."""
    name = func.btrim(Student.first_name + " " + Student.last_name)
    query = select(Student.id, name, Student.instrument).where(among(col(Student.id), ids))
    return {key: (called, plays) for key, called, plays in work.session.exec(query)} if ids else {}


def families_called(work: Work, ids: Collection[UUID]) -> dict[UUID | None, str]:
    query = select(Family.id, Family.name).where(among(col(Family.id), ids))
    return {key: name for key, name in work.session.exec(query)} if ids else {}  # noqa: C416


def _lessons(work: Work, ids: Collection[UUID]) -> dict[UUID, Any]:
    query = (
        select(Lesson.id, Lesson.starts_at, Teacher.name, LessonType.name)
        .join(Teacher, col(Teacher.id) == Lesson.teacher_id)
        .join(LessonType, col(LessonType.id) == Lesson.lesson_type_id)
        .where(among(col(Lesson.id), ids))
    )
    return {row[0]: row[1:] for row in work.session.exec(query)} if ids else {}


def _money(here: Studio, owed_minor: int, overdue: int) -> dict[str, str]:
    said = say_money(Money(owed_minor, here.currency), here.locale)
    return {"owed": said, "days_overdue": str(overdue)}


def _of_lesson(work: Work, locale: str, lesson: Any) -> dict[str, str]:
    if lesson is None:
        return {}
    starts_at, teacher, lesson_type = lesson
    when = say_when(starts_at, studio_zone(work), locale)
    return {"teacher": teacher, "lesson": lesson_type, "when": when}
