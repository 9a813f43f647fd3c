"""What was done, a page at a time."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from studio_app.identity.models import Person
from studio_app.kit.audit import AuditEntry
from studio_app.kit.work import Work

LONGEST_PAGE = 200


def audit_entries(
    work: Work, *wanted: ColumnElement[bool], after: UUID | None, limit: int
) -> tuple[Sequence[tuple[AuditEntry, str | None]], bool]:
    """A page of what was done, the latest first, each with who did it; and is there more?"""
    size = min(max(limit, 1), LONGEST_PAGE)
    query = select(AuditEntry, Person.name).outerjoin(
        Person, col(Person.id) == AuditEntry.person_id
    )
    if after is not None:
        query = query.where(col(AuditEntry.id) < after)
    query = query.where(*wanted).order_by(col(AuditEntry.id).desc()).limit(size + 1)
    found = work.session.exec(query).all()
    return found[:size], len(found) > size
