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
    today = local_date(work.now, studio_zone(work))
    query = (
        select(Enrolment, Series, LessonType.name, Teacher.name)
        .join(Series, col(Series.id) == Enrolment.series_id)
        .join(LessonType, col(LessonType.id) == Series.lesson_type_id)
        .join(Teacher, col(Teacher.id) == Series.teacher_id)
        .where(Enrolment.student_id == student_id)
        .where(col(Enrolment.student_id).in_(visible_students(work)))
    )
    found = sorted(work.session.exec(query), key=lambda row: (min(row[1].weekdays), row[1].at))
    lasting = [(*row, _last_day(work, row[0], row[1])) for row in found]
    return [
        _weekly(work, joined, series, kind, teacher, last)
        for joined, series, kind, teacher, last in lasting
        if last is None or last >= max(today, series.first_on)
    ]


def _last_day(work: Work, enrolment: Enrolment, series: Series) -> date | None:
    """None while it goes on."""
    days = (enrolment.ends_on, plan_of(work, series).last_on)
    return min((day for day in days if day), default=None)


def _weekly(
    work: Work,
    enrolment: Enrolment,
    series: Series,
    lesson_type: str,
    teacher: str,
    last: date | None,
) -> WeeklyLesson:
    locale = work.actor.locale
    when = plan_text(plan_of(work, series), locale).say(locale)
    until = _("until {day}", day=say_date(last, locale)).say(locale) if last else ""
    return WeeklyLesson(series.id, when, series.minutes, lesson_type, teacher, until)
