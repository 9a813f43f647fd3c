"""Where each happening can be read from, for one event as for a month of the past."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Uuid,
    and_,
    cast,
    exists,
    func,
    null,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import HELD, Outcome
from studio_app.automations.rules.recipe import Happening
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.payments import Payment
from studio_app.billing.rules.status import DocumentKind
from studio_app.imports.models import ImportMade
from studio_app.kit.audit import AuditChange, AuditEntry
from studio_app.people.models import Student, StudentTag
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.models.series import Enrolment, Series


@dataclass(frozen=True, slots=True)
class Source:
    """`query` answers (what it is, when, student, family, lesson); `at` is its moment, `word`
    the tag that was given."""

    query: Any
    at: Any
    word: Any = None


_NOBODY = cast(null(), Uuid)
_seats = and_(col(Seat.lesson_id) == col(Lesson.id), col(Seat.left_at).is_(None))


def _cancelled() -> Source:
    at = col(Lesson.cancelled_at)
    which = func.concat(Lesson.id, " ", func.extract("epoch", at))
    query = (
        select(which, at, col(Seat.student_id), col(Student.family_id), col(Lesson.id))
        .select_from(Lesson)
        .outerjoin(Seat, _seats)
        .outerjoin(Student, col(Student.id) == col(Seat.student_id))
        .where(at.is_not(None))
    )
    return Source(query, at)


def _moved() -> Source:
    """Read from the audit: another time, by whatever command. Only the newest move counts."""
    at = col(AuditEntry.at)
    newer = aliased(AuditChange)
    moved_again = exists().where(
        col(newer.table_name) == Lesson.__tablename__,
        col(newer.row_id) == col(AuditChange.row_id),
        _another_time(newer),
        col(newer.id) > col(AuditChange.id),
    )
    query = (
        select(
            func.concat(AuditChange.id),
            at,
            col(Seat.student_id),
            col(Student.family_id),
            col(Lesson.id),
        )
        .select_from(AuditChange)
        .join(AuditEntry, col(AuditEntry.id) == col(AuditChange.entry_id))
        .join(Lesson, col(Lesson.id) == col(AuditChange.row_id))
        .outerjoin(Seat, _seats)
        .outerjoin(Student, col(Student.id) == col(Seat.student_id))
        .where(
            col(AuditChange.table_name) == Lesson.__tablename__,
            _another_time(AuditChange),
            ~moved_again,
        )
    )
    return Source(query, at)


def _another_time(change: type[AuditChange]) -> ColumnElement[bool]:
    """Of an update both sides hold only what differs."""
    return col(change.before).op("?")("starts_at") & col(change.after).op("?")("starts_at")


def _marked(*outcomes: Outcome) -> Source:
    at = col(AttendanceMark.marked_at)
    query = (
        select(
            func.concat(AttendanceMark.id),
            at,
            col(Seat.student_id),
            col(Student.family_id),
            col(Seat.lesson_id),
        )
        .join(Seat, col(Seat.id) == col(AttendanceMark.seat_id))
        .join(Student, col(Student.id) == col(Seat.student_id))
        .where(col(AttendanceMark.outcome).in_(outcomes), is_latest())
    )
    return Source(query, at)


def _added() -> Source:
    """Not those whom an import brought: they learned here before."""
    at = col(Student.created_at)
    brought = exists().where(col(ImportMade.made_id) == col(Student.id))
    query = select(
        func.concat(Student.id), at, col(Student.id), col(Student.family_id), _NOBODY
    ).where(~brought)
    return Source(query, at)


def _enrolled() -> Source:
    """Not where a series was split and everybody goes on in the part that follows."""
    at = col(Enrolment.created_at)
    query = (
        select(
            func.concat(Enrolment.id),
            at,
            col(Enrolment.student_id),
            col(Student.family_id),
            _NOBODY,
        )
        .join(Student, col(Student.id) == col(Enrolment.student_id))
        .where(col(Enrolment.follows_id).is_(None))
    )
    return Source(query, at)


def _ended() -> Source:
    """The last day of an enrolment, its own or its series'; not where a series was split."""
    last_on = func.least(col(Enrolment.ends_on), col(Series.ended_on))
    follower = aliased(Enrolment)
    goes_on = exists().where(col(follower.follows_id) == col(Enrolment.id))
    at: Any = cast(last_on, DateTime(timezone=True))
    query = (
        select(
            func.concat(Enrolment.id, " ", last_on),
            at,
            col(Enrolment.student_id),
            col(Student.family_id),
            _NOBODY,
        )
        .select_from(Enrolment)
        .join(Series, col(Series.id) == col(Enrolment.series_id))
        .join(Student, col(Student.id) == col(Enrolment.student_id))
        .where(last_on.is_not(None), ~goes_on)
    )
    return Source(query, at)


def _tagged() -> Source:
    at = col(StudentTag.created_at)
    query = select(
        func.concat(StudentTag.id), at, col(Student.id), col(Student.family_id), _NOBODY
    ).join(Student, col(Student.id) == col(StudentTag.student_id))
    return Source(query, at, col(StudentTag.tag))


def _invoiced() -> Source:
    at = col(Invoice.sent_at)
    query = select(func.concat(Invoice.id), at, _NOBODY, col(Invoice.family_id), _NOBODY).where(
        at.is_not(None),
        col(Invoice.voided_at).is_(None),
        col(Invoice.kind) == DocumentKind.INVOICE,
    )
    return Source(query, at)


def _paid() -> Source:
    at = col(Payment.created_at)
    query = select(func.concat(Payment.id), at, _NOBODY, col(Payment.family_id), _NOBODY)
    return Source(query, at)


SOURCES: Mapping[Happening, Callable[[], Source]] = {
    Happening.LESSON_CANCELLED: _cancelled,
    Happening.LESSON_MOVED: _moved,
    Happening.LESSON_HELD: lambda: _marked(*HELD),
    Happening.NO_SHOW: lambda: _marked(Outcome.NO_SHOW),
    Happening.STUDENT_ADDED: _added,
    Happening.STUDENT_ENROLLED: _enrolled,
    Happening.ENROLMENT_ENDED: _ended,
    Happening.STUDENT_TAGGED: _tagged,
    Happening.INVOICE_SENT: _invoiced,
    Happening.PAYMENT_RECEIVED: _paid,
}
