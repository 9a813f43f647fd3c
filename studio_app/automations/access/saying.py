"""What the {placeholders} of an automation's words stand for."""

from sqlmodel import col, select

from studio_app.automations.access.facts import Fact
from studio_app.automations.access.knowing import what_is_owed
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.formats import say_money, say_when
from studio_app.kit.money import Money
from studio_app.kit.work import Work
from studio_app.people.models import Family, Student, Teacher
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import LessonType


def values_of(work: Work, fact: Fact) -> dict[str, str]:
    """As the studio writes them: its language, its money, its wall. What is gone is empty."""
    here = studio(work)
    values = {"studio": here.name}
    if fact.student_id is not None:
        student = work.session.get(Student, fact.student_id)
        values |= {"student": student.name, "instrument": student.instrument} if student else {}
    if fact.family_id is not None:
        query = select(Family.name).where(Family.id == fact.family_id)
        owed_minor, overdue = what_is_owed(work, [fact.family_id]).get(fact.family_id, (0, 0))
        values["family"] = work.session.exec(query).first() or ""
        values["owed"] = say_money(Money(owed_minor, here.currency), here.locale)
        values["days_overdue"] = str(overdue)
    return values | _of_lesson(work, fact, here.locale)


def _of_lesson(work: Work, fact: Fact, locale: str) -> dict[str, str]:
    query = (
        select(Lesson.starts_at, Teacher.name, LessonType.name)
        .join(Teacher, col(Teacher.id) == Lesson.teacher_id)
        .join(LessonType, col(LessonType.id) == Lesson.lesson_type_id)
        .where(Lesson.id == fact.lesson_id)
    )
    found = work.session.exec(query).first() if fact.lesson_id is not None else None
    if found is None:
        return {}
    starts_at, teacher, lesson_type = found
    when = say_when(starts_at, studio_zone(work), locale)
    return {"teacher": teacher, "lesson": lesson_type, "when": when}
