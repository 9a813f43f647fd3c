"""Who changed what, when, on whose behalf. Written by a trigger, never by our code."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.kit.tables import Row, instant, key


class AuditEntry(Row, table=True):
    """One use case that changed something: the actor, the moment, the request."""

    __table_args__ = (Index("ix_audit_entry_studio_id_id", "studio_id", "id"),)

    id: UUID = key()
    studio_id: UUID | None = Field(default=None, sa_type=Uuid)
    at: datetime = instant()
    person_id: UUID | None = Field(default=None, sa_type=Uuid)
    use_case: str
    request_id: str


class AuditChange(Row, table=True):
    """One row before and after; of an update only the columns that differ."""

    id: int | None = Field(
        default=None, sa_type=BigInteger, sa_column_args=(Identity(always=True),), primary_key=True
    )
    studio_id: UUID | None = Field(default=None, sa_type=Uuid)
    entry_id: UUID = Field(sa_type=Uuid, foreign_key="audit_entry.id", index=True)
    table_name: str
    row_id: UUID | None = Field(default=None, sa_type=Uuid, index=True)
    before: Any = Field(default=None, sa_type=JSONB, nullable=True)
    after: Any = Field(default=None, sa_type=JSONB, nullable=True)
