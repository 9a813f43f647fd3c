"""Real lessons, series, invoices and payments that a template can be tried on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlmodel import col

from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.payments import Payment
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_money, say_when
from studio_app.kit.ids import StudentId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.messaging.rules.kinds import Kind
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.rules.states import LessonStatus

OFFERED = 6
AROUND = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing to try words on, as a person knows it: Sam Gray, Fri 4 Sept, 16:00."""

    id: UUID
    words: str
    to: str
    """Who would hear of it"""
    students: tuple[StudentId, ...] = ()
    starts_at: datetime | None = None
    ends_on: date | None = None

    def more(self) -> dict[str, Any]:
        """What only the moment would know of it, made up as it might have been."""
        made: dict[str, Any] = {"late": 10}
        if self.starts_at:
            made[f"was {self.id}"] = (self.starts_at - timedelta(days=1)).isoformat()
        if self.ends_on:
            made["last"] = self.ends_on.isoformat()
        return made


def samples_for(work: Work, kind: Kind) -> list[Sample]:
    """A few things that this kind could tell of, the most fitting first."""
    found = _TRIED_ON.get(kind.about)
    return found(work, kind) if found else [Sample(UUID(int=0), str(_("An example")), "")]


def _lessons(work: Work, kind: Kind) -> list[Sample]:
    """What fits the kind first, then what is nearest."""
    off = col(Lesson.status) == LessonStatus.CANCELLED.value
    fits = off if kind.name == "lesson_cancelled" else ~off
    ahead = col(Lesson.starts_at) >= work.now
    near = func.abs(func.extract("epoch", col(Lesson.starts_at) - work.now))
    first: Any = (
        select(col(Seat.student_id))
        .where(col(Seat.lesson_id) == col(Lesson.id), col(Seat.left_at).is_(None))
        .order_by(col(Seat.created_at), col(Seat.id))
        .limit(1)
        .correlate(Lesson)
        .scalar_subquery()
    )
    query = (
        select(col(Lesson.id), col(Lesson.starts_at), col(Student.id), _student(), _hears())
        .join(Student, col(Student.id) == first)
        .where(col(Lesson.starts_at).between(work.now - AROUND, work.now + AROUND))
        .order_by(case((fits, 0), else_=1), case((ahead, 0), else_=1), near, col(Lesson.id))
        .limit(OFFERED)
    )
    zone, locale = studio_zone(work), work.actor.locale
    return [
        Sample(
            id=lesson_id,
            words=f"{name}, {say_when(starts_at, zone, locale)}",
            to=hears or name,
            students=(StudentId(student_id),),
            starts_at=starts_at,
        )
        for lesson_id, starts_at, student_id, name, hears in _rows(work, query)
    ]


def _series(work: Work, _kind: Kind) -> list[Sample]:
    query = (
        select(col(Series.id), col(Student.id), _student(), _hears())
        .join(Enrolment, col(Enrolment.series_id) == col(Series.id))
        .join(Student, col(Student.id) == col(Enrolment.student_id))
        .order_by(col(Series.ended_on).is_not(None), col(Series.created_at).desc())
        .limit(OFFERED)
    )
    today = local_date(work.now, studio_zone(work))
    return [
        Sample(series_id, name, hears or name, (StudentId(student_id),), ends_on=today)
        for series_id, student_id, name, hears in _rows(work, query)
    ]


def _invoices(work: Work, _kind: Kind) -> list[Sample]:
    query = (
        select(col(Invoice.id), col(Invoice.number), col(Family.name), _pays(Invoice))
        .join(Family, col(Family.id) == col(Invoice.family_id))
        .where(col(Invoice.voided_at).is_(None))
        .order_by(col(Invoice.number).desc())
        .limit(OFFERED)
    )
    return [
        Sample(invoice_id, str(_("{number}, {family}", number=number, family=family)), to or family)
        for invoice_id, number, family, to in _rows(work, query)
    ]


def _payments(work: Work, _kind: Kind) -> list[Sample]:
    query = (
        select(
            col(Payment.id),
            col(Payment.amount_minor),
            col(Payment.currency),
            col(Payment.received_on),
            col(Family.name),
            _pays(Payment),
        )
        .join(Family, col(Family.id) == col(Payment.family_id))
        .order_by(col(Payment.received_on).desc(), col(Payment.id).desc())
        .limit(OFFERED)
    )
    locale = work.actor.locale
    return [
        Sample(
            payment_id,
            f"{family}, {say_money(Money(minor, currency), locale)}, {say_date(on, locale)}",
            to or family,
        )
        for payment_id, minor, currency, on, family, to in _rows(work, query)
    ]


def _rows(work: Work, query: Any) -> Any:
    return work.session.connection().execute(query).all()


def _student() -> Any:
    return func.btrim(col(Student.first_name) + " " + col(Student.last_name))


def _hears() -> Any:
    """The first of a student's guardians who hear of lessons."""
    return (
        select(col(Guardian.name))
        .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
        .where(col(Guardianship.student_id) == col(Student.id))
        .order_by(col(Guardianship.receives_schedule).desc(), col(Guardian.name))
        .limit(1)
        .correlate(Student)
        .scalar_subquery()
    )


def _pays(table: Any) -> Any:
    return (
        select(col(Guardian.name))
        .join(Payer, col(Payer.guardian_id) == col(Guardian.id))
        .where(col(Payer.family_id) == table.family_id)
        .order_by(col(Payer.is_primary).desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )


_TRIED_ON: Mapping[str, Callable[[Work, Kind], list[Sample]]] = {
    "lessons": _lessons,
    "series": _series,
    "teaching": _series,
    "invoice": _invoices,
    "payment": _payments,
}
