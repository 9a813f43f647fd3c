"""Who changed what."""

from uuid import UUID

from fastapi import APIRouter

from studio_app.kit.ids import PersonId
from studio_app.overview.queries.audit import AuditPage, audit_log
from studio_app.web.api.caller import Asking
from studio_app.web.api.v1.bounds import Limit

router = APIRouter(prefix="/api/v1", tags=["audit"])


@router.get("/audit")
def read_audit(
    asking: Asking,
    row_id: UUID | None = None,
    person_id: PersonId | None = None,
    after: UUID | None = None,
    limit: Limit = 50,
) -> AuditPage:
    """The latest first, each use case with the rows it changed, before and after; of one row
    or by one person if asked. A page at a time: ask for `after=next_after` until it is null."""
    return asking.run(audit_log, row_id=row_id, person_id=person_id, after=after, limit=limit)
