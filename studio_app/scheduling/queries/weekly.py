"""The weekly lessons of a student: what they are enrolled in."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date
from studio_app.kit.ids import SeriesId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people.access import visible_students
from studio_app.people.models import Teacher
from studio_app.scheduling.access.series import plan_of
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType
from studio_app.scheduling.phrases import plan_text


@dataclass(frozen=True, slots=True)
class WeeklyLesson:
    series_id: SeriesId
    when: str
    """Every Tuesday, 16:00"""
    minutes: int
    lesson_type: str
    teacher: str
    until: str
    """Until 18 Dec 2026; empty while it goes on"""


@requires(Permission.CALENDAR_VIEW)
def weekly_lessons_of(work: Work, student_id: StudentId) -> list[WeeklyLesson]:
    """The series this student is in from today on, the earliest in the week first."""
    zone = studio_zone(work)
    today = local_date(work.now, zone)
    query = (
        select(Enrolment, Series, LessonType.name, Teacher.name)
        .join(Series, col(Series.id) == Enrolment.series_id)
        .join(LessonType, col(LessonType.id) == Series.lesson_type_id)
        .join(Teacher, col(Teacher.id) == Series.teacher_id)
        .where(Enrolment.student_id == student_id)
        .where(col(Enrolment.student_id).in_(visible_students(work)))
    )
    found = sorted(work.session.exec(query), key=lambda row: (min(row[1].weekdays), row[1].at))
    shown: list[WeeklyLesson] = []
    for joined, series, kind, teacher in found:
        plan = plan_of(work, series)
        ends = (joined.ends_on, plan.last_on)
        last = min((day for day in ends if day), default=None)
        if last is None or last >= max(today, series.first_on):
            when = plan_text(plan, work.actor.locale, zone).say(work.actor.locale)
            until = _until(last, work.actor.locale)
            shown.append(WeeklyLesson(series.id, when, series.minutes, kind, teacher, until))
    return shown


def _until(last: date | None, locale: str) -> str:
    return _("until {day}", day=say_date(last, locale)).say(locale) if last else ""
