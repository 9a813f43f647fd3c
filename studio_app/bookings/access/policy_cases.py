"""Seats as cases: a fixed number of statements, however many there are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col

from studio_app.attendance.access import among, ask
from studio_app.billing.access.seats import modes, rate_card
from studio_app.billing.rules.pricing import Mode, RateCard
from studio_app.bookings.access.policies import agreed_for, standing_of, versions
from studio_app.bookings.access.policy_facts import (
    Around,
    Charged,
    around,
    charged,
    ids_of,
    price_of,
    seats,
)
from studio_app.bookings.access.policy_history import histories
from studio_app.bookings.rules.policies.case import Case, Past
from studio_app.bookings.rules.policies.kinds import Act, Plan
from studio_app.credits.access import Use, covered
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import (
    EnrolmentId,
    FamilyId,
    LessonId,
    PolicyVersionId,
    SeatId,
    StudentId,
)
from studio_app.kit.work import Work
from studio_app.people.access import visible_students
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.rules.states import CancelledBy, LessonKind

PLANS = {Mode.ARREARS: Plan.ARREARS, Mode.ADVANCE: Plan.TERM}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says about lessons: what, why, and whether with a note."""

    act: Act
    reason: str = "other"
    by: CancelledBy = CancelledBy.FAMILY
    noted: bool = False
    late_by: timedelta | None = None


@dataclass(frozen=True, slots=True)
class SeatCase:
    """A seat, its case, and the version that decides; None: no policy counts for it."""

    seat_id: SeatId
    lesson_id: LessonId
    enrolment_id: EnrolmentId | None
    student_id: StudentId
    family_id: FamilyId
    student: str
    lesson_type: str
    version_id: PolicyVersionId | None
    case: Case


def cases_of(work: Work, seat_ids: Collection[SeatId], said: Said) -> list[SeatCase]:
    """In the order of the lessons, as if it were said now. NotFound for a seat the actor may
    not see."""
    mine = col(Student.id).in_(visible_students(work))
    rows = ask(work, seats().where(among(col(Seat.id), seat_ids), mine))
    if len(rows) < len(set(seat_ids)):
        raise NotFound
    facts, past = Facts.of(work, rows), histories(work, {row.family_id for row in rows})
    deciding = versions_for(work, rows)
    return [
        seat_case(
            row, facts.case(row, said, at=work.now, history=past.of(row)), deciding[row.seat_id]
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked once for all of these seats."""

    here: Around
    mode_of: Callable[[EnrolmentId | None], Mode]
    card: RateCard
    charges: Mapping[SeatId, Charged]
    covered: Mapping[UUID, Use]
    """By a session of a package, or by a make-up credit"""

    @classmethod
    def of(cls, work: Work, rows: Sequence[Any]) -> "Facts":
        ids = ids_of(rows)
        charges, uses = charged(work, ids), covered(work, ids)
        return cls(around(work), modes(work), rate_card(work), charges, uses)

    def case(self, row: Any, said: Said, *, at: datetime, history: tuple[Past, ...]) -> Case:
        charge, use = self.charges.get(row.seat_id), self.covered.get(row.seat_id)
        kind = use.kind if use else None
        plan = PLANS[self.mode_of(row.enrolment_id)]
        return Case(
            act=said.act,
            by=said.by,
            at=at,
            starts_at=row.starts_at,
            zone=self.here.zone,
            currency=self.here.currency,
            price=price_of(row, self.card, charge, self.here),
            studio=self.here.studio,
            reason=said.reason,
            noted=said.noted,
            plan=Plan.PACKAGE if kind is CreditKind.SESSION else plan,
            lesson_type_id=row.lesson_type_id,
            is_group=row.is_group,
            is_make_up=row.kind == LessonKind.MAKE_UP or kind is CreditKind.LESSON,
            is_trial=row.kind == LessonKind.TRIAL,
            is_online=row.is_online,
            is_adult=row.is_adult,
            is_paid=use is not None or bool(charge and charge.is_paid),
            late_by=said.late_by,
            member_since=row.started_on,
            terms=self.here.terms,
            closed=self.here.closed,
            history=history,
        )


def seat_case(row: Any, case: Case, version_id: PolicyVersionId | None) -> SeatCase:
    who = (row.student_id, row.family_id, row.student)
    return SeatCase(
        row.seat_id, row.lesson_id, row.enrolment_id, *who, row.lesson_type, version_id, case
    )


def versions_for(work: Work, rows: Sequence[Any]) -> dict[SeatId, PolicyVersionId | None]:
    """A lesson keeps the policy it was booked under: what its family agreed to, else what was in
    force then. Booked before there was any, it has the one of today."""
    known, seated = versions(work), agreed_for(work, ids_of(rows))
    enrolled = standing_of(work, {row.enrolment_id for row in rows if row.enrolment_id})
    found: dict[SeatId, PolicyVersionId | None] = {}
    for row in rows:
        standing = enrolled.get(row.enrolment_id)
        agreed = seated.get(row.seat_id) or (standing.version_id if standing else None)
        booked_at = standing.since if standing else row.booked_at
        kind = row.lesson_type_id
        found[row.seat_id] = (
            agreed or known.in_force(kind, booked_at) or known.in_force(kind, work.now)
        )
    return found
