"""Teachers whom a file names and nobody here knows: they are added with it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import col, func, select

from studio_app.imports import access
from studio_app.imports.models import ImportRow
from studio_app.imports.rules.lessons import TAUGHT
from studio_app.imports.rules.settling import Decision
from studio_app.kit.ids import BatchId
from studio_app.kit.work import Work
from studio_app.people.rules import folded


@dataclass(frozen=True, slots=True)
class NewTeacher:
    name: str
    lines: list[int]


def new_teachers(work: Work, batch_id: BatchId) -> list[NewTeacher]:
    """Each once, with the lines that propose a weekly lesson with them."""
    parsed = col(ImportRow.parsed)
    query = (
        select(col(ImportRow.line), parsed["teachers"], parsed["minutes"])
        .where(col(ImportRow.batch_id) == batch_id)
        .where(col(ImportRow.result).is_(None))
        .where(parsed["weekly"].op("->>")("at").is_not(None))
        .where(parsed["status"].astext.in_([status.value for status in TAUGHT]))
        .where(func.coalesce(ImportRow.decision, ImportRow.suggested) != Decision.SKIP.value)
        .order_by(col(ImportRow.line))
    )
    known = access.teachers_by_name(work)
    named: dict[str, str] = {}
    lines: dict[str, list[int]] = defaultdict(list)
    for line, teachers, minutes in work.session.exec(query):
        same = folded(teachers[0]) if teachers else ""
        alone = len(set(teachers)) == 1 and len(set(minutes)) == 1
        if alone and same not in known:
            named.setdefault(same, teachers[0])
            lines[same].append(line)
    return [NewTeacher(name, lines[same]) for same, name in named.items()]
