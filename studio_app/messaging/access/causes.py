"""What is behind an event: who did it, when, by which use case, to which rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.audit import AuditChange, AuditEntry
from studio_app.kit.ids import PersonId
from studio_app.kit.work import Work


@dataclass(frozen=True, slots=True)
class Cause:
    """The command that changed something; by nobody where Cadenza did it by itself."""

    id: UUID
    at: datetime
    by: PersonId | None


def cause_of(work: Work) -> Cause:
    """Of the event that is being reacted to; of this very work where there is none."""
    cause = work.cause or work.id
    query = select(col(AuditEntry.at), col(AuditEntry.person_id)).where(col(AuditEntry.id) == cause)
    row = work.session.connection().execute(query).first()
    if row is None:
        return Cause(cause, work.now, work.actor.person_id)
    at, by = row
    return Cause(cause, at, PersonId(by) if by else None)


def before(work: Work, cause: Cause, row_id: UUID) -> dict[str, Any]:
    """What the command changed of a row, as it was before all of it; empty if it made the row."""
    query = select(col(AuditChange.before)).where(
        col(AuditChange.entry_id) == cause.id, col(AuditChange.row_id) == row_id
    )
    found = work.session.connection().execute(query.order_by(col(AuditChange.id))).scalars()
    changes: list[dict[str, Any] | None] = list(found)
    if None in changes:
        return {}
    was: dict[str, Any] = {}
    for change in reversed(changes):
        was |= change or {}
    return was


def touched(work: Work, cause: Cause, table: str) -> list[UUID]:
    """The rows of a table that the command wrote."""
    query = select(col(AuditChange.row_id)).where(
        col(AuditChange.entry_id) == cause.id, col(AuditChange.table_name) == table
    )
    found = work.session.connection().execute(query.distinct()).scalars()
    return [row_id for row_id in found if row_id]


def was_made(work: Work, cause: Cause, row_id: UUID) -> bool:
    """Whether the command made this row, rather than changed it."""
    query = select(col(AuditChange.id)).where(
        col(AuditChange.entry_id) == cause.id,
        col(AuditChange.row_id) == row_id,
        col(AuditChange.before).is_(None),
    )
    return work.session.connection().execute(query).first() is not None
