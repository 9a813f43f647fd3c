"""What would follow, before it is done; and what was decided, for whoever asks later."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from studio_app.billing.rules.words import recall
from studio_app.bookings.access.policy_cases import Said
from studio_app.bookings.consequences import Decided, decided
from studio_app.bookings.models.policies import PolicyDecision, PolicyVersion
from studio_app.bookings.rules.policies.effects import Effects
from studio_app.bookings.rules.policies.kinds import Act
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.errors import Forbidden
from studio_app.kit.formats import say_when
from studio_app.kit.ids import DecisionId, LessonId, PolicyVersionId, SeatId, StudentId
from studio_app.kit.work import Work, requires
from studio_app.people.access import visible_students
from studio_app.scheduling.rules.states import CancelledBy


@dataclass(frozen=True, slots=True)
class Consequence:
    """One lesson of one student. Without a policy `effects` is None and `sentence` empty."""

    seat_id: SeatId
    lesson_id: LessonId
    student_id: StudentId
    student: str
    when: str
    starts_at: datetime
    version_id: PolicyVersionId | None
    rule_id: str
    sentence: str
    effects: Effects | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided, by which rule of which version, and on what it rested."""

    id: DecisionId
    seat_id: SeatId
    act: Act
    by: CancelledBy
    reason: str
    words: str
    policy_version: int
    version_id: PolicyVersionId
    rule_id: str
    sentence: str
    inputs: Mapping[str, Any]
    effects: Mapping[str, Any]
    decided_at: datetime
    when: str
    decided_by: str
    is_undone: bool


@requires(Permission.LESSON_VIEW)
def consequence_of(
    work: Work,
    seat_ids: Collection[SeatId],
    act: Act,
    *,
    reason: str = "other",
    by: CancelledBy = CancelledBy.FAMILY,
    noted: bool = False,
    late_by: timedelta | None = None,
) -> list[Consequence]:
    """What follows if this is done now, in the order of the lessons; a fixed number of
    statements. A family asks what it would do itself, staff also for teacher and studio."""
    if by is not CancelledBy.FAMILY and not work.actor.may(Permission.LESSON_MOVE):
        raise Forbidden
    said = Said(act, reason, by, noted=noted, late_by=late_by)
    return [_consequence(work, one) for one in decided(work, seat_ids, said)]


@requires(Permission.LESSON_VIEW)
def policy_decisions(work: Work, student_id: StudentId) -> list[DecisionRow]:
    """Of a student the actor may see, the newest first."""
    undone = select(PolicyDecision.undoes_id).where(col(PolicyDecision.undoes_id).is_not(None))
    query = (
        select(
            PolicyDecision,
            PolicyVersion.nth,
            Person.name,
            col(PolicyDecision.id).in_(undone),
        )
        .join(PolicyVersion, col(PolicyVersion.id) == PolicyDecision.version_id)
        .join(Person, col(Person.id) == PolicyDecision.decided_by, isouter=True)
        .where(
            PolicyDecision.student_id == student_id,
            col(PolicyDecision.student_id).in_(visible_students(work)),
            col(PolicyDecision.undoes_id).is_(None),
        )
        .order_by(col(PolicyDecision.decided_at).desc(), col(PolicyDecision.id).desc())
    )
    return [_decision(work, *row) for row in work.session.exec(query)]


def _consequence(work: Work, one: Decided) -> Consequence:
    about, decision, locale = one.about, one.decision, work.actor.locale
    return Consequence(
        about.seat_id,
        about.lesson_id,
        about.student_id,
        about.student,
        say_when(about.case.starts_at, about.case.zone, locale),
        about.case.starts_at,
        about.version_id,
        decision.rule_id if decision else "",
        one.sentence(locale),
        decision.effects if decision else None,
    )


def _decision(
    work: Work,
    one: PolicyDecision,
    nth: int,
    name: str | None,
    is_undone: bool,  # noqa: FBT001
) -> DecisionRow:
    zone, locale = studio_zone(work), work.actor.locale
    return DecisionRow(
        one.id,
        one.seat_id,
        Act(one.act),
        CancelledBy(one.by),
        one.reason,
        one.words,
        nth,
        one.version_id,
        one.rule_id,
        recall(one.sentence, locale),
        one.inputs,
        one.effects,
        one.decided_at,
        say_when(one.decided_at, zone, locale),
        name or "",
        is_undone,
    )
