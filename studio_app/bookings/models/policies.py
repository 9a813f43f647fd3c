"""Policies: what they say in each version, for which lessons, who agreed, what was decided.

Only a policy's name and draft change. Versions, their use, agreements and decisions are written
once: what was decided can be explained for as long as anybody asks.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.bookings.rules.policies.kinds import Act
from studio_app.kit.ids import (
    DecisionId,
    EnrolmentId,
    LessonTypeId,
    PersonId,
    PolicyId,
    PolicyVersionId,
    SeatId,
    StudentId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table
from studio_app.scheduling.rules.states import CancelledBy


class Policy(StudioOwned, table=True):
    """A policy by name. Its draft is what somebody is writing; nobody is held to it."""

    __table_args__ = studio_table()

    id: PolicyId = key()
    name: str
    draft: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))  # type: ignore[call-overload]
    archived_at: datetime | None = instant(default=None)


class PolicyVersion(StudioOwned, table=True):
    """What a policy says since it was published."""

    __table_args__ = studio_table(
        same_studio("policy_id", "policy"),
        UniqueConstraint("studio_id", "policy_id", "nth", name="policy_version_in_order"),
        CheckConstraint("nth > 0", name="policy_version_counts_from_one"),
    )

    id: PolicyVersionId = key()
    policy_id: PolicyId = ref(index=False)
    nth: int
    document: dict[str, Any] = Field(sa_type=JSONB, description="see policy.schema.json")
    note: str = Field(default="", description="what changed, in the publisher's words")
    published_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    published_at: datetime = instant()


class PolicyUse(StudioOwned, table=True):
    """Since when a policy counts: for a kind of lesson, or for all that have none of their own.
    Without a policy: from then on there is none."""

    __table_args__ = studio_table(
        same_studio("policy_id", "policy"),
        same_studio("lesson_type_id", "lesson_type"),
        Index("policy_use_latest", "studio_id", "lesson_type_id", "since"),
    )

    id: UUID = key()
    policy_id: PolicyId | None = ref(default=None)
    lesson_type_id: LessonTypeId | None = ref(default=None, index=False)
    since: datetime = instant()
    said_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")


class PolicyAgreed(StudioOwned, table=True):
    """Somebody booked or enrolled under a version, having been shown these words."""

    __table_args__ = studio_table(
        same_studio("version_id", "policy_version"),
        same_studio("enrolment_id", "enrolment"),
        same_studio("seat_id", "seat"),
        UniqueConstraint(
            "studio_id", "enrolment_id", "version_id", name="policy_agreed_once_by_enrolment"
        ),
        UniqueConstraint("studio_id", "seat_id", "version_id", name="policy_agreed_once_by_seat"),
        CheckConstraint(
            "num_nonnulls(enrolment_id, seat_id) = 1", name="policy_agreed_about_one_thing"
        ),
    )

    id: UUID = key()
    version_id: PolicyVersionId = ref()
    enrolment_id: EnrolmentId | None = ref(default=None)
    seat_id: SeatId | None = ref(default=None)
    agreed_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    agreed_at: datetime = instant()
    locale: str
    wording_hash: str = Field(description="SHA-256 of the sentences as they were shown")


class PolicyDecision(StudioOwned, table=True):
    """What was decided about a seat, by which rule, from what was known. An undone decision has
    a second row that says so."""

    __table_args__ = studio_table(
        same_studio("seat_id", "seat"),
        same_studio("student_id", "student"),
        same_studio("version_id", "policy_version"),
        same_studio("undoes_id", "policy_decision"),
        UniqueConstraint("studio_id", "undoes_id", name="policy_decision_undone_once"),
        Index("policy_decision_of_student", "studio_id", "student_id", "decided_at"),
    )

    id: DecisionId = key()
    seat_id: SeatId = ref()
    student_id: StudentId = ref(index=False)
    version_id: PolicyVersionId = ref()
    act: Act = Field(sa_type=String)
    by: CancelledBy = Field(sa_type=String)
    reason: str
    rule_id: str
    starts_at: datetime = instant(description="of the lesson when it was decided")
    was_late: bool
    was_credited: bool
    inputs: dict[str, Any] = Field(sa_type=JSONB)
    effects: dict[str, Any] = Field(sa_type=JSONB)
    sentence: dict[str, Any] = Field(sa_type=JSONB, description="see billing.rules.words")
    words: str = Field(default="", description="what the person wrote beside the reason")
    decided_by: PersonId | None = ref(default=None, index=False, foreign_key="person.id")
    decided_at: datetime = instant()
    undoes_id: DecisionId | None = ref(default=None, index=False)
