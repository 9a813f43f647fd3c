"""What the clock does: declared once, claimed once per slot, recorded every time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint, Uuid
from sqlmodel import Field

from studio_app.kit.tables import Row, instant, key


@dataclass(frozen=True, slots=True)
class Job:
    """A use case that runs by the clock, once per slot in each studio.

    `cron` is the usual five fields in UTC; `use_case` takes nothing but its Work and
    answers with a short result for the run record.
    """

    name: str
    cron: str
    use_case: Callable[..., Any]


class JobRun(Row, table=True):
    """One tick of one job in one studio: claimed by inserting this row."""

    __table_args__ = (UniqueConstraint("job", "slot", "studio_id", name="job_run_once_per_slot"),)

    id: UUID = key()
    job: str
    slot: datetime = instant()
    studio_id: UUID = Field(sa_type=Uuid, foreign_key="studio.id")
    started_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)
    result: str = ""
    failed: bool = False


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
