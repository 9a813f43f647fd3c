"""Lots and their entries with the names of what they refer to."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import among
from studio_app.billing.models.invoices import Invoice
from studio_app.credits.models import CreditEntry, CreditLot
from studio_app.identity.models import Person
from studio_app.kit.ids import CreditLotId
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.setup import LessonType


def lots_told(ids: Collection[CreditLotId]) -> Select[*tuple[Any, ...]]:
    name = col(Student.first_name)
    columns: list[Any] = [
        *(col(CreditLot.id), col(CreditLot.amount), col(CreditLot.source)),
        *(col(CreditLot.reason), col(CreditLot.minutes), col(CreditLot.weekday)),
        *(col(CreditLot.at), col(CreditLot.made_at), name.label("student")),
        *(col(LessonType.name).label("lesson_type"), col(Teacher.name).label("teacher")),
        col(Person.name).label("by"),
    ]
    return (
        select(*columns)
        .outerjoin(Student, col(Student.id) == col(CreditLot.student_id))
        .outerjoin(LessonType, col(LessonType.id) == col(CreditLot.lesson_type_id))
        .outerjoin(Teacher, col(Teacher.id) == col(CreditLot.teacher_id))
        .outerjoin(Person, col(Person.id) == col(CreditLot.given_by))
        .where(among(col(CreditLot.id), ids))
    )


def entries_told(ids: Collection[CreditLotId]) -> Select[*tuple[Any, ...]]:
    undo = aliased(CreditEntry)
    undone = select(col(undo.id)).where(col(undo.reverses_id) == col(CreditEntry.id)).exists()
    columns: list[Any] = [
        *(col(CreditEntry.id), col(CreditEntry.lot_id), col(CreditEntry.act)),
        *(col(CreditEntry.amount), col(CreditEntry.words), col(CreditEntry.at)),
        *(col(CreditLot.currency), col(Seat.starts_at), col(Invoice.number)),
        *(col(LessonType.name).label("lesson_type"), col(Person.name).label("by")),
        undone.label("undone"),
    ]
    return (
        select(*columns)
        .join(CreditLot, col(CreditLot.id) == col(CreditEntry.lot_id))
        .outerjoin(Seat, col(Seat.id) == col(CreditEntry.target_id))
        .outerjoin(Lesson, col(Lesson.id) == col(Seat.lesson_id))
        .outerjoin(LessonType, col(LessonType.id) == col(Lesson.lesson_type_id))
        .outerjoin(Invoice, col(Invoice.id) == col(CreditEntry.target_id))
        .outerjoin(Person, col(Person.id) == col(CreditEntry.by))
        .where(among(col(CreditEntry.lot_id), ids))
        .order_by(col(CreditEntry.id))
    )
