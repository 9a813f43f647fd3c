"""Keeping what was agreed and decided, and taking a decision back. The commands and subscribers
that act on it call these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from studio_app.billing.rules.words import keep
from studio_app.bookings.access.policies import documents, kinds_of, versions
from studio_app.bookings.consequences import Decided
from studio_app.bookings.models.policies import PolicyAgreed, PolicyDecision
from studio_app.bookings.policy_words import voice_of, wording_hash
from studio_app.bookings.rules.policies.reading import parts_of
from studio_app.kit.errors import Conflict, NotFound
from studio_app.kit.ids import (
    DecisionId,
    EnrolmentId,
    LessonTypeId,
    PersonId,
    PolicyVersionId,
    SeatId,
    new_id,
)
from studio_app.kit.words import _
from studio_app.kit.work import Work


class UndoneAlready(Conflict):
    message = _("This has been undone already.")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed when, in which language, to the policy of a kind of lesson; about a weekly
    place or a single one."""

    lesson_type_id: LessonTypeId
    by: PersonId | None
    at: datetime
    locale: str
    enrolment_id: EnrolmentId | None = None
    seat_id: SeatId | None = None


def keep_decision(work: Work, decided: Decided, *, words: str = "") -> DecisionId | None:
    """Write down what was decided, by which rule and from what; None where no policy counts."""
    about, decision = decided.about, decided.decision
    if decision is None or about.version_id is None:
        return None
    row = PolicyDecision(
        seat_id=about.seat_id,
        student_id=about.student_id,
        version_id=about.version_id,
        act=about.case.act,
        by=about.case.by,
        reason=about.case.reason,
        rule_id=decision.rule_id,
        starts_at=about.case.starts_at,
        was_late=decision.effects.late,
        was_credited=decision.effects.credit is not None,
        inputs=dict(decision.inputs),
        effects=parts_of(decision.effects),
        sentence=keep(decision.sentence),
        words=words.strip(),
        decided_by=work.actor.person_id,
        decided_at=work.now,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def undo_decision(work: Work, decision_id: DecisionId) -> DecisionId:
    """It has not happened, as far as later counts go. Raises UndoneAlready the second time."""
    before = work.session.get(PolicyDecision, decision_id)
    if before is None or before.undoes_id is not None:
        raise NotFound
    undone = select(PolicyDecision.id).where(col(PolicyDecision.undoes_id) == decision_id)
    if work.session.exec(undone).first() is not None:
        raise UndoneAlready
    again: dict[str, Any] = {
        name: value for name, value in before if name not in {"id", "studio_id", "created_at"}
    }
    again["undoes_id"], again["decided_by"] = decision_id, work.actor.person_id
    again["decided_at"] = again["created_at"] = work.now
    row = PolicyDecision(**again)
    work.session.add(row)
    work.session.flush()
    return row.id


def agree_to_go_on(work: Work, enrolment_ids: Sequence[EnrolmentId]) -> None:
    """Who says yes to the next term agrees to the policy as it is now."""
    if not enrolment_ids or not versions(work).uses:
        return
    for enrolment_id, kind in kinds_of(work, enrolment_ids):
        agreed = Agreement(
            kind,
            by=work.actor.person_id,
            at=work.now,
            locale=work.actor.locale,
            enrolment_id=enrolment_id,
        )
        keep_agreement(work, agreed)


def keep_agreement(work: Work, agreed: Agreement) -> PolicyVersionId | None:
    """Under which version it was booked; the same twice is kept once. None: there was none."""
    version_id = versions(work).in_force(agreed.lesson_type_id, agreed.at)
    if version_id is None:
        return None
    document = documents(work, [version_id])[version_id]
    row = {
        "id": new_id(),
        "created_at": work.now,
        "version_id": version_id,
        "enrolment_id": agreed.enrolment_id,
        "seat_id": agreed.seat_id,
        "agreed_by": agreed.by,
        "agreed_at": agreed.at,
        "locale": agreed.locale,
        "wording_hash": wording_hash(document, voice_of(work, agreed.locale)),
    }
    statement = insert(PolicyAgreed).values(row).on_conflict_do_nothing()
    work.session.connection().execute(statement)
    return version_id
