"""Other times for one lesson, for its family to choose from."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, DateTime, Index, String, text
from sqlmodel import Field

from studio_app.kit.ids import LessonId, ProposalId
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table
from studio_app.scheduling.rules.states import ProposalStatus


class Proposal(StudioOwned, table=True):
    """A lesson could be at one of these times instead; nothing is held until one is accepted.

    A lesson that is no longer at `lesson_at`, or has begun, has no proposal that is open.
    """

    __table_args__ = studio_table(
        same_studio("lesson_id", "lesson"),
        CheckConstraint("cardinality(times) between 2 and 6", name="proposal_leaves_a_choice"),
        CheckConstraint("(status = 'open') = (answered_at is null)", name="proposal_answered_when"),
        CheckConstraint(
            "(status = 'accepted') = (chosen is not null)", name="proposal_accepted_what"
        ),
        Index(
            "proposal_open_once_per_lesson",
            "studio_id",
            "lesson_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: ProposalId = key()
    lesson_id: LessonId = ref()
    lesson_at: datetime = instant()
    times: list[datetime] = Field(sa_type=ARRAY(DateTime(timezone=True)))  # type: ignore[call-overload]
    words: str = Field(default="", description="what the teacher adds; the family reads it")
    despite: str = Field(default="", description="why these times although something is against")
    status: ProposalStatus = Field(default=ProposalStatus.OPEN, sa_type=String)
    answered_at: datetime | None = instant(default=None)
    chosen: datetime | None = instant(default=None)
