"""Who changed what, as the trigger wrote it down."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.audit import AuditChange, AuditEntry
from studio_app.kit.ids import PersonId
from studio_app.kit.work import Work, requires
from studio_app.overview.journal import audit_entries

PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row before and after; of an update only what differs. Null: it was not there."""

    table: str
    row_id: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class AuditedWork:
    """One use case that changed something. Without a person it was the clock or an event."""

    id: UUID
    at: datetime
    person_id: PersonId | None
    person: str
    use_case: str
    request_id: str
    changes: list[ChangedRow]


@dataclass(frozen=True, slots=True)
class AuditPage:
    rows: list[AuditedWork]
    next_after: UUID | None
    """Ask with this for what came before; None at the end."""


@requires(Permission.AUDIT_READ)
def audit_log(
    work: Work,
    *,
    row_id: UUID | None = None,
    person_id: PersonId | None = None,
    after: UUID | None = None,
    limit: int = PAGE,
) -> AuditPage:
    """What was changed in the studio, the latest first; of one row or by one person if asked.

    Secrets never enter the audit. Two statements, whatever the size of the page.
    """
    wanted: list[ColumnElement[bool]] = []
    if row_id is not None:
        about = (col(AuditChange.entry_id) == AuditEntry.id, col(AuditChange.row_id) == row_id)
        wanted.append(exists(select(AuditChange.id).where(*about)))
    if person_id is not None:
        wanted.append(col(AuditEntry.person_id) == person_id)
    shown, goes_on = audit_entries(work, *wanted, after=after, limit=limit)
    changes = _changes(work, [entry.id for entry, _name in shown])
    rows = [
        AuditedWork(
            entry.id,
            entry.at,
            PersonId(entry.person_id) if entry.person_id else None,
            name or "",
            entry.use_case,
            entry.request_id,
            changes[entry.id],
        )
        for entry, name in shown
    ]
    return AuditPage(rows, rows[-1].id if goes_on else None)


def _changes(work: Work, entry_ids: Collection[UUID]) -> dict[UUID, list[ChangedRow]]:
    query = select(AuditChange).where(col(AuditChange.entry_id).in_(entry_ids))
    told: dict[UUID, list[ChangedRow]] = defaultdict(list)
    for change in work.session.exec(query.order_by(col(AuditChange.id))):
        row = ChangedRow(change.table_name, change.row_id, change.before, change.after)
        told[change.entry_id].append(row)
    return told
