"""How each enrolment that goes on is billed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, or_, select

from studio_app.billing.access.seats import modes
from studio_app.billing.rules.pricing import Mode
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import EnrolmentId, FamilyId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.series import rule_of
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.phrases import plan_text


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A student in a series: every Tuesday, 16:00 with Tom, billed once held or by the term."""

    enrolment_id: EnrolmentId
    student: str
    family_id: FamilyId
    series: str
    teacher: str
    mode: Mode


@requires(Permission.BILLING_VIEW)
def arrangements(work: Work, *, family_id: FamilyId | None = None) -> list[Arrangement]:
    """Every enrolment that goes on, by student."""
    zone = studio_zone(work)
    today: date = local_date(work.now, zone)
    query = (
        select(Enrolment, Student, Series, Teacher.name)
        .join(Student, col(Student.id) == Enrolment.student_id)
        .join(Series, col(Series.id) == Enrolment.series_id)
        .join(Teacher, col(Teacher.id) == Series.teacher_id)
        .where(or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) > today))
        .where(or_(col(Series.ended_on).is_(None), col(Series.ended_on) > today))
        .order_by(col(Student.first_name), col(Student.last_name), col(Enrolment.id))
    )
    if family_id:
        query = query.where(Student.family_id == family_id)
    mode_of, locale = modes(work), work.actor.locale
    return [
        Arrangement(
            row.id,
            student.name,
            student.family_id,
            str(plan_text(rule_of(series), locale, zone)),
            teacher,
            mode_of(row.id),
        )
        for row, student, series, teacher in work.session.exec(query)
    ]
