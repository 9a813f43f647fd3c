"""Lessons that no total asks for, because a credit paid for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.attendance.access import is_latest as is_latest_mark
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import BILLABLE, Outcome
from studio_app.billing.rules.credit_words import paid_said
from studio_app.credits.access import is_live
from studio_app.credits.models import CreditEntry, CreditLot
from studio_app.credits.rules.lots import UNITS, Act, Source
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date, local_day
from studio_app.kit.formats import say_when
from studio_app.kit.ids import FamilyId, LessonId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class PaidLesson:
    """A lesson that was held and is on no account, with the credit that it took."""

    lesson_id: LessonId
    on: date
    lesson: str
    """Piano, Tue 8 Sept, 16:00"""
    student: str
    mark: str
    paid_by: str
    """Paid by credit. Given by the studio: Sorry"""


@requires(Permission.STATEMENT_VIEW)
def lessons_by_credit(
    work: Work,
    family_id: FamilyId,
    zone: ZoneInfo,
    *,
    since: date | None = None,
    until: date | None = None,
) -> tuple[PaidLesson, ...]:
    """Of a family's students, from a day on, before a day; in the order of time."""
    locale = work.actor.locale
    query = _held(family_id)
    if since is not None:
        query = query.where(col(Seat.starts_at) >= local_day(since, zone).starts_at)
    if until is not None:
        query = query.where(col(Seat.starts_at) < local_day(until, zone).starts_at)
    return tuple(
        PaidLesson(
            row.lesson_id,
            local_date(row.starts_at, zone),
            f"{row.lesson_type}, {say_when(row.starts_at, zone, locale)}",
            row.student,
            Outcome(row.outcome).label.say(locale),
            paid_said(Source(row.source), row.reason, locale),
        )
        for row in ask(work, query)
    )


def _held(family_id: FamilyId) -> Select[*tuple[Any, ...]]:
    name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    columns: list[Any] = [
        *(col(Seat.id), col(Seat.lesson_id), col(Seat.starts_at), name.label("student")),
        *(col(LessonType.name).label("lesson_type"), col(AttendanceMark.outcome)),
        *(col(CreditLot.source), col(CreditLot.reason)),
    ]
    return (
        select(*columns)
        .join(Student, col(Student.id) == col(Seat.student_id))
        .join(Lesson, col(Lesson.id) == col(Seat.lesson_id))
        .join(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .join(AttendanceMark, (col(AttendanceMark.seat_id) == col(Seat.id)) & is_latest_mark())
        .join(CreditEntry, col(CreditEntry.target_id) == col(Seat.id))
        .join(CreditLot, col(CreditLot.id) == col(CreditEntry.lot_id))
        .where(
            col(Student.family_id) == family_id,
            col(AttendanceMark.outcome).in_(BILLABLE),
            col(CreditEntry.act) == Act.USED,
            col(CreditLot.kind).in_(UNITS),
            is_live(),
        )
        .order_by(col(Seat.starts_at), col(Seat.id))
    )
