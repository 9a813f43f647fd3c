"""Who changed what, for people: the audit in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.overview.queries.audit import AuditedWork, ChangedRow, audit_log
from studio_app.overview.rules.things import thing

MOST_DETAILS = 12


@dataclass(frozen=True, slots=True)
class Changed:
    """One use case: Tue 8 Sept, 16:00; Olivia Owen; Lesson changed, Seat changed (2)."""

    id: UUID
    when: str
    who: str
    """Empty: Cadenza itself, at its time or because of something else"""
    what: tuple[str, ...]
    details: tuple[str, ...]
    """starts at: Tue 8 Sept, 16:00 → Tue 8 Sept, 17:00"""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    rows: list[Changed]
    next_after: UUID | None


@requires(Permission.AUDIT_READ)
def what_changed(work: Work, *, after: UUID | None = None, limit: int = 25) -> ChangesPage:
    """The latest first; ask with `next_after` for what came before."""
    page = audit_log(work, after=after, limit=limit)
    return ChangesPage([_changed(work, one) for one in page.rows], page.next_after)


def _changed(work: Work, one: AuditedWork) -> Changed:
    locale, zone = work.actor.locale, studio_zone(work)
    counted = Counter(_did(row).say(locale) for row in one.changes)
    what = [f"{did} ({n})" if n > 1 else did for did, n in counted.items()]
    details = [words for row in one.changes for words in _details(work, row)]
    return Changed(
        one.id,
        say_when(one.at, zone, locale),
        one.person,
        tuple(what),
        tuple(details[:MOST_DETAILS]),
    )


def _did(row: ChangedRow) -> Text:
    name = thing(row.table)
    if row.before is None:
        return _("{thing} added", thing=name)
    if row.after is None:
        return _("{thing} removed", thing=name)
    return _("{thing} changed", thing=name)


def _details(work: Work, row: ChangedRow) -> list[str]:
    """What an update changed, field by field; ids say nothing to a person and are left out."""
    if row.before is None or row.after is None:
        return []
    said: list[str] = []
    for field, after in row.after.items():
        before = row.before.get(field)
        if before != after and not field.endswith("_id"):
            name = field.removesuffix("_at").removesuffix("_on").replace("_", " ")
            said.append(f"{name}: {_value(work, before)} → {_value(work, after)}")
    return said


def _value(work: Work, value: Any) -> str:
    if value is None or value == "":
        return "–"
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return str(value)
    if instant.tzinfo is None:
        return str(value)
    return say_when(instant, studio_zone(work), work.actor.locale)
