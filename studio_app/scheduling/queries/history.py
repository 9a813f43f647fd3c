"""What has happened to a lesson: from the audit, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.audit import AuditChange, AuditEntry
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.rules.states import LessonStatus

NEWEST = 10


@dataclass(frozen=True, slots=True)
class Happened:
    """One change of a lesson: what, by whom, and when."""

    what: str
    by: str
    when: str


@requires(Permission.CALENDAR_VIEW)
def lesson_history(work: Work, lesson_id: LessonId) -> list[Happened]:
    """The last ten changes of a lesson that people would speak of, the newest first."""
    access.lesson(work, lesson_id)
    query = (
        columns(
            col(AuditChange.before),
            col(AuditChange.after),
            col(AuditEntry.at),
            func.coalesce(col(Person.name), ""),
        )
        .join(AuditEntry, col(AuditEntry.id) == col(AuditChange.entry_id))
        .outerjoin(Person, col(Person.id) == col(AuditEntry.person_id))
        .where(
            col(AuditChange.table_name) == Lesson.__tablename__,
            col(AuditChange.row_id) == lesson_id,
        )
        .order_by(col(AuditChange.id).desc())
        .limit(NEWEST)
    )
    zone, locale = studio_zone(work), work.actor.locale
    found = work.session.connection().execute(query)
    told = ((_what(before, after, zone, locale), at, by) for before, after, at, by in found)
    return [Happened(str(what), by, say_when(at, zone, locale)) for what, at, by in told if what]


def _what(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, zone: ZoneInfo, locale: str
) -> Text | None:
    """Of an update both hold only what differs; of an insert there is no before."""
    if not before:
        return _("Put into the calendar")
    changed = after or {}
    if "status" in changed:
        return _became(LessonStatus(before["status"]), LessonStatus(changed["status"]))
    if "starts_at" in changed:
        was = datetime.fromisoformat(str(before["starts_at"]))
        return _("Moved from {when}", when=say_when(was, zone, locale))
    if "ends_at" in changed:
        return _("Made longer or shorter")
    if "teacher_id" in changed:
        return _("Given to another teacher")
    return _("Moved to another room") if "room_id" in changed else None


def _became(was: LessonStatus, now: LessonStatus) -> Text:
    if now is not LessonStatus.SCHEDULED:
        return now.label
    return _("Put back") if was is LessonStatus.CANCELLED else _("Confirmed")
