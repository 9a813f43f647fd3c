"""What the clock does and how deliveries end: declared once, recorded every time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Engine, Index, String, UniqueConstraint, Uuid
from sqlmodel import Field

from studio_app.kit.ids import StudioId
from studio_app.kit.outbox import Event
from studio_app.kit.tables import Row, StudioOwned, instant, key, studio_table
from studio_app.kit.words import Labelled, Text

StudiosDue = Callable[[Engine, datetime], Sequence[StudioId]]


@dataclass(frozen=True, slots=True)
class Job:
    """A use case that runs by the clock, once per slot in each studio.

    `cron` is the usual five fields in UTC; `use_case` takes nothing but its Work and
    answers with a short result for the run record. What it changes and that record are one
    transaction. `studios` says who has something due at that moment, so that a job of every
    minute writes nothing for the others; None: every studio. `words` is what its owner
    reads; None: its name.
    """

    name: str
    cron: str
    use_case: Callable[..., Any]
    studios: StudiosDue | None = None
    words: Text | None = None


_declared: dict[str, Job] = {}


def declare(jobs: Sequence[Job]) -> None:
    """Say what the clock does. Called once, with the table in `studio_app.wiring`."""
    _declared.clear()
    _declared.update({job.name: job for job in jobs})


def declared() -> tuple[Job, ...]:
    return tuple(_declared.values())


def declared_job(name: str) -> Job | None:
    return _declared.get(name)


@dataclass(frozen=True, slots=True)
class DeliveryDied(Event):
    """A job was given up after its last attempt and waits for somebody to look at it."""

    job_id: int


class JobRun(Row, table=True):
    """One tick of one job in one studio: claimed by inserting this row."""

    __table_args__ = (
        UniqueConstraint("job", "slot", "studio_id", name="job_run_once_per_slot"),
        Index("job_run_of_studio", "studio_id", "job", "slot"),
    )

    id: UUID = key()
    job: str
    slot: datetime = instant()
    studio_id: UUID = Field(sa_type=Uuid, foreign_key="studio.id")
    started_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)
    result: str = ""
    failed: bool = False
    asked_by: UUID | None = Field(default=None, sa_type=Uuid)
    """Who did not want to wait for the clock."""


class HandledEvent(Row, table=True):
    """An event that a subscriber has dealt with: a second delivery finds it and does nothing."""

    __table_args__ = (
        UniqueConstraint("event_id", "subscriber", name="event_handled_once_per_subscriber"),
    )

    id: UUID = key()
    event_id: UUID = Field(sa_type=Uuid)
    subscriber: str
    studio_id: UUID = Field(sa_type=Uuid, foreign_key="studio.id")
    handled_at: datetime = instant(index=True)


class DeliveryFailure(StudioOwned, table=True):
    """One attempt that failed and why, which the queue itself does not keep."""

    __table_args__ = (
        *studio_table(),
        Index("delivery_failure_of_job", "studio_id", "job_id"),
        Index("delivery_failure_told", "job_id"),  # asked across all studios by the clock
    )

    id: UUID = key()
    job_id: int = Field(sa_type=BigInteger)
    task: str
    """The subscriber, or the clock's job."""
    attempt: int
    error_type: str
    error: str
    failed_at: datetime = instant()
    told_at: datetime | None = instant(default=None)
    """When the owner was told that it was the last."""


class Decision(Labelled):
    RETRIED = "retried"
    DISCARDED = "discarded"


class DeadLetterDecision(StudioOwned, table=True):
    """What somebody decided about a job that had been given up, for good."""

    __table_args__ = (
        *studio_table(),
        Index("dead_letter_decision_of_job", "studio_id", "job_id"),
    )

    id: UUID = key()
    job_id: int = Field(sa_type=BigInteger)
    task: str
    decision: Decision = Field(sa_type=String)
    reason: str = ""
