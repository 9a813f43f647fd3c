"""Who changed what, for people: the audit in words."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.attendance.access import ask
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.audit import AuditChange
from studio_app.kit.formats import say_when
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.overview.journal import audit_entries
from studio_app.overview.rules.things import field_of, thing

MOST_DETAILS = 12
YES, NO = _("Yes"), _("No")


@dataclass(frozen=True, slots=True)
class Changed:
    """One use case: Tue 8 Sept, 16:00; Olivia Owen; Lesson changed, Seat changed (2)."""

    id: UUID
    when: str
    who: str
    """Empty: Cadenza itself, at its time or because of something else"""
    what: tuple[str, ...]
    details: tuple[str, ...]
    """Begins: Tue 8 Sept, 16:00 → Tue 8 Sept, 17:00"""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    rows: list[Changed]
    next_after: UUID | None


@requires(Permission.AUDIT_READ)
def what_changed(work: Work, *, after: UUID | None = None, limit: int = 25) -> ChangesPage:
    """The latest first; ask with `next_after` for what came before.

    Rows are counted by the database; only the first few of each use case are read.
    """
    shown, goes_on = audit_entries(work, after=after, limit=limit)
    ids = [entry.id for entry, _name in shown]
    what, details = _counted(work, ids), _details(work, ids)
    zone, locale = studio_zone(work), work.actor.locale
    rows = [
        Changed(
            entry.id,
            say_when(entry.at, zone, locale),
            name or "",
            tuple(what[entry.id]),
            tuple(details[entry.id][:MOST_DETAILS]),
        )
        for entry, name in shown
    ]
    return ChangesPage(rows, rows[-1].id if goes_on else None)


def _counted(work: Work, ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
    added, removed = col(AuditChange.before).is_(None), col(AuditChange.after).is_(None)
    key = (col(AuditChange.entry_id), col(AuditChange.table_name), added, removed)
    query = select(*key, func.count(), func.min(col(AuditChange.id)).label("first"))
    query = query.where(col(AuditChange.entry_id).in_(ids)).group_by(*key).order_by("first")
    said: dict[UUID, list[str]] = defaultdict(list)
    for entry_id, table, is_new, is_gone, count, _first in ask(work, query):
        words = _did(thing(table), is_new=is_new, is_gone=is_gone).say(work.actor.locale)
        said[entry_id].append(f"{words} ({count})" if count > 1 else words)
    return said


def _did(name: Text, *, is_new: bool, is_gone: bool) -> Text:
    if is_new:
        return _("{thing} added", thing=name)
    if is_gone:
        return _("{thing} removed", thing=name)
    return _("{thing} changed", thing=name)


def _details(work: Work, ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
    """What the first updates changed, field by field; what has no word is left out."""
    of_entry = func.row_number().over(
        partition_by=col(AuditChange.entry_id), order_by=col(AuditChange.id)
    )
    updates = (
        select(
            col(AuditChange.entry_id),
            col(AuditChange.before),
            col(AuditChange.after),
            of_entry.label("nth"),
        )
        .where(col(AuditChange.entry_id).in_(ids))
        .where(col(AuditChange.before).is_not(None), col(AuditChange.after).is_not(None))
        .subquery()
    )
    query = select(updates).where(updates.c.nth <= MOST_DETAILS).order_by(updates.c.nth)
    said: dict[UUID, list[str]] = defaultdict(list)
    for row in ask(work, query):
        said[row.entry_id] += _differences(work, row.before, row.after)
    return said


def _differences(work: Work, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    locale = work.actor.locale
    return [
        f"{name.say(locale)}: {_value(work, before.get(field))} → {_value(work, after[field])}"
        for field in after
        if (name := field_of(field)) and before.get(field) != after[field]
    ]


def _value(work: Work, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return (YES if value else NO).say(work.actor.locale)
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return _state(value, work.actor.locale)
    if instant.tzinfo is None:
        return str(value)
    return say_when(instant, studio_zone(work), work.actor.locale)


def _state(value: Any, locale: str) -> str:
    """A state such as no_show as its label is said; anything else as it stands."""
    if isinstance(value, str) and value.isidentifier() and value.islower():
        return Text(value.replace("_", " ").capitalize(), {}).say(locale)
    return str(value)
