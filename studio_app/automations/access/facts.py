"""What happened: told by an event, found in the past, or brought by the clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, text
from sqlmodel import Session, col, select

from studio_app.attendance.access import ask
from studio_app.attendance.events import AttendanceMarked
from studio_app.attendance.models import AttendanceMark
from studio_app.automations.access.sources import SOURCES
from studio_app.automations.rules.recipe import About, Happening, When
from studio_app.billing.events import InvoiceSent, PaymentReceived
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.payments import Payment
from studio_app.kit.ids import FamilyId, LessonId, StudentId
from studio_app.kit.outbox import Event
from studio_app.kit.ready import Ready
from studio_app.kit.work import Work
from studio_app.people.events import StudentArrived, StudentTagged
from studio_app.people.models import Family, Student, StudentTag
from studio_app.scheduling.events import (
    EnrolmentEnded,
    LessonCancelled,
    LessonMoved,
    SeriesEnded,
    SeriesScheduled,
    StudentEnrolled,
    StudioClosed,
)
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Enrolment


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened to one student, family or the studio, at one moment.

    `occasion` is the same however often it is told, and another when it happens again.
    """

    happening: Happening
    occasion: str
    at: datetime
    student_id: StudentId | None = None
    family_id: FamilyId | None = None
    lesson_id: LessonId | None = None
    word: str = ""
    """The tag that was given"""


Which = Callable[[Any], ColumnElement[bool]]
_TOLD: Mapping[type[Event], Sequence[tuple[Happening, Which]]] = {
    LessonCancelled: [(Happening.LESSON_CANCELLED, lambda e: col(Lesson.id) == e.lesson_id)],
    StudioClosed: [(Happening.LESSON_CANCELLED, lambda e: col(Lesson.closure_id) == e.closure_id)],
    LessonMoved: [(Happening.LESSON_MOVED, lambda e: col(Lesson.id) == e.lesson_id)],
    AttendanceMarked: [
        (happening, lambda e: col(AttendanceMark.seat_id).in_(e.seat_ids))
        for happening in (Happening.LESSON_HELD, Happening.NO_SHOW)
    ],
    StudentArrived: [(Happening.STUDENT_ADDED, lambda e: col(Student.id) == e.student_id)],
    StudentTagged: [(Happening.STUDENT_TAGGED, lambda e: col(StudentTag.id) == e.tag_id)],
    StudentEnrolled: [(Happening.STUDENT_ENROLLED, lambda e: col(Enrolment.id) == e.enrolment_id)],
    SeriesScheduled: [
        (Happening.STUDENT_ENROLLED, lambda e: col(Enrolment.series_id) == e.series_id)
    ],
    EnrolmentEnded: [(Happening.ENROLMENT_ENDED, lambda e: col(Enrolment.id) == e.enrolment_id)],
    SeriesEnded: [(Happening.ENROLMENT_ENDED, lambda e: col(Enrolment.series_id) == e.series_id)],
    InvoiceSent: [(Happening.INVOICE_SENT, lambda e: col(Invoice.id) == e.invoice_id)],
    PaymentReceived: [(Happening.PAYMENT_RECEIVED, lambda e: col(Payment.id) == e.payment_id)],
}


def happenings_of(event: Event) -> tuple[Happening, ...]:
    """What an event may mean; a lesson that only changed its room has not been moved."""
    if isinstance(event, LessonMoved) and event.was_at == event.now_at:
        return ()
    return tuple(happening for happening, _which in _TOLD.get(type(event), ()))


_WAITED_FOR = Ready(
    text("select distinct happening from automation where is_on and deleted_at is null")
)


def awaited(session: Session) -> frozenset[type[Event]]:
    """The events that an automation of this studio waits for."""
    waited_for = set(_WAITED_FOR.send(session.connection(), {}).scalars())
    return frozenset(
        event
        for event, meanings in _TOLD.items()
        if any(happening in waited_for for happening, _which in meanings)
    )


def facts_of(work: Work, event: Event, wanted: Iterable[Happening]) -> list[Fact]:
    """What an event says has happened, as it stands now: a lesson put back was not cancelled."""
    return [
        fact
        for happening, which in _TOLD[type(event)]
        if happening in wanted
        for fact in _found(work, happening, which(event))
    ]


def facts_between(work: Work, happening: Happening, first: datetime, until: datetime) -> list[Fact]:
    """What of this kind happened in a time, from the rows it left, the oldest first."""
    at = SOURCES[happening]().at
    found = _found(work, happening, (at >= first) & (at < until))
    return sorted(found, key=lambda one: (one.at, one.occasion))


def whom(work: Work, when: When, day: date, at: datetime) -> list[Fact]:
    """Whom the clock goes through: students and families who are here, or the studio once."""
    fact = Fact(when.happening, f"{when.happening} {day}", at)
    if when.each is About.FAMILY:
        families = select(col(Family.id)).where(col(Family.archived_at).is_(None))
        found = work.session.exec(families.order_by(col(Family.id)))
        return [_of(fact, None, family_id) for family_id in found]
    if when.each is About.STUDENT:
        students = select(col(Student.id), col(Student.family_id)).where(
            col(Student.archived_at).is_(None)
        )
        rows = work.session.exec(students.order_by(col(Student.id)))
        return [_of(fact, student_id, family_id) for student_id, family_id in rows]
    return [fact]


def students_of(work: Work, fact: Fact) -> list[StudentId]:
    """The student it is about, else those of the family who are here."""
    if fact.student_id is not None:
        return [fact.student_id]
    query = select(col(Student.id)).where(
        Student.family_id == fact.family_id, col(Student.archived_at).is_(None)
    )
    return list(work.session.exec(query)) if fact.family_id is not None else []


def _of(fact: Fact, student_id: StudentId | None, family_id: FamilyId) -> Fact:
    occasion = f"{fact.occasion} {student_id or family_id}"
    return replace(fact, occasion=occasion, student_id=student_id, family_id=family_id)


def _found(work: Work, happening: Happening, where: ColumnElement[bool]) -> list[Fact]:
    source = SOURCES[happening]()
    word = literal("") if source.word is None else source.word
    found: Sequence[Any] = ask(work, source.query.add_columns(word).where(where))
    return [
        Fact(
            happening,
            _occasion(happening, str(which), student_id, lesson_id),
            at,
            student_id,
            family_id,
            lesson_id,
            word,
        )
        for which, at, student_id, family_id, lesson_id, word in found
    ]


def _occasion(
    happening: Happening, which: str, student_id: UUID | None, lesson_id: UUID | None
) -> str:
    """A lesson of several students happens to each of them."""
    whose = f" {student_id}" if lesson_id is not None and student_id is not None else ""
    return f"{happening} {which}{whose}"
