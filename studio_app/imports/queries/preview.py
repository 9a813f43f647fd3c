"""A file before it is applied: how it was read, its groups, its rows with their line numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, func, select

from studio_app.imports import access
from studio_app.imports.cards import (
    BalanceRow,
    BatchCard,
    Column,
    balances_of,
    batch_card,
    columns_of,
    counts_of,
)
from studio_app.imports.checking import decision_of, mapping_of, parsed_of, problems_of
from studio_app.imports.models import ImportBatch, ImportRow
from studio_app.imports.newly_named import NewTeacher, new_teachers
from studio_app.imports.rules.batches import BatchState, RowResult
from studio_app.imports.rules.dates import EVIDENCE_AS_JSON, DateOrder
from studio_app.imports.rules.fields import TARGETS, said_target
from studio_app.imports.rules.mapping import names_somebody
from studio_app.imports.rules.reading import said_delimiter
from studio_app.imports.rules.settling import Decision, Outcome, can_be_added
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_date
from studio_app.kit.ids import BatchId, StudentId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires

PAGE = 50
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Target:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    id: UUID
    line: int
    name: str
    details: str
    """What else is known, in one line: instrument, teacher, parent."""
    outcome: Outcome | None
    decision: Decision
    decided: bool
    can_add: bool
    can_fill: bool
    problems: list[str]
    result: RowResult | None
    student_id: StudentId | None
    values: dict[str, str]
    """The cells by target, as the owner may correct them."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    batch: BatchCard
    how_read: str
    order: DateOrder
    order_reason: str
    order_against: int
    """How many dates can only be read the other way round."""
    imported_before_on: str
    """When the very same file was imported; empty if it was not."""
    names_somebody: bool
    withheld_lines: list[int]
    columns: list[Column]
    rows: list[PreviewRow]
    pages: int
    balances: list[BalanceRow]
    new_teachers: list[NewTeacher]


@requires(Permission.IMPORT_RUN)
def import_preview(
    work: Work,
    batch_id: BatchId,
    group: Outcome | None = None,
    page: int = 1,
    *,
    size: int = PAGE,
) -> ImportPreview:
    """One page of a group (or of all rows), with everything about the file around it."""
    batch = access.batch(work, batch_id)
    mapping = mapping_of(batch)
    size = min(max(size, 1), LONGEST_PAGE)
    card = batch_card(work, batch, counts_of(work, [batch_id]))
    rows = _page(work, batch_id, group, page, size)
    total = card.counts.get(group, 0) if group else batch.rows_total
    evidence = EVIDENCE_AS_JSON.validate_python(batch.order_evidence)
    chosen = batch.order_chosen
    return ImportPreview(
        batch=card,
        how_read=_how_read(batch),
        order=DateOrder(chosen or batch.order_found),
        order_reason=str(_("You chose it.") if chosen else evidence.said),
        order_against=evidence.against,
        imported_before_on=_imported_before(work, batch),
        names_somebody=names_somebody(mapping),
        withheld_lines=_withheld_lines(work, batch_id),
        columns=columns_of(work, batch, mapping),
        rows=[_row(row, mapping) for row in rows],
        pages=-(-total // size),
        balances=balances_of(work, batch),
        new_teachers=new_teachers(work, batch_id),
    )


@requires(Permission.IMPORT_RUN)
def import_targets(work: Work) -> list[Target]:
    """What a column can be taken for."""
    return [Target(target, str(said_target(target))) for target in TARGETS]


def _page(
    work: Work, batch_id: BatchId, group: Outcome | None, page: int, size: int
) -> list[ImportRow]:
    query = select(ImportRow).where(ImportRow.batch_id == batch_id)
    if group is not None:
        query = query.where(ImportRow.outcome == group)
    query = query.order_by(col(ImportRow.line)).offset((max(page, 1) - 1) * size)
    return list(work.session.exec(query.limit(size)))


def _row(row: ImportRow, mapping: Mapping[int, str]) -> PreviewRow:
    parsed, problems = parsed_of(row), problems_of(row)
    parents = ", ".join(contact.name for contact in parsed.contacts)
    known = (parsed.instrument, ", ".join(parsed.teachers), parents, parsed.email)
    said = {target: row.cells[i] for i, target in mapping.items() if i < len(row.cells)}
    return PreviewRow(
        id=row.id,
        line=row.line,
        name=parsed.name,
        details=" · ".join(part for part in known if part),
        outcome=Outcome(row.outcome) if row.outcome else None,
        decision=decision_of(row),
        decided=row.decision is not None,
        can_add=can_be_added(parsed, problems),
        can_fill=row.match_id is not None,
        problems=[str(problem.said) for problem in problems],
        result=RowResult(row.result) if row.result else None,
        student_id=row.student_id,
        values=said | row.fixes,
    )


def _how_read(batch: ImportBatch) -> str:
    encoding = "UTF-16" if batch.encoding.startswith("utf-16") else "UTF-8"
    if batch.encoding == "cp1252":
        encoding = "Windows-1252"
    told = _(
        "{n} rows, {columns} columns, {encoding}, separator: {delimiter}",
        n=batch.rows_total,
        columns=len(batch.headings),
        encoding=encoding,
        delimiter=said_delimiter(batch.delimiter),
    )
    extras: list[Text] = []
    if batch.preamble:
        extras.append(_("{n} lines before the headings were left out", n=batch.preamble))
    if batch.replaced:
        extras.append(_("{n} characters could not be read and are shown as �", n=batch.replaced))
    return "; ".join(str(part) for part in (told, *extras))


def _imported_before(work: Work, batch: ImportBatch) -> str:
    query = select(func.max(ImportBatch.applied_at)).where(
        ImportBatch.file_hash == batch.file_hash,
        ImportBatch.id != batch.id,
        ImportBatch.state == BatchState.APPLIED,
    )
    before: datetime | None = work.session.exec(query).one()
    day: date | None = before.date() if before else None
    return say_date(day, work.actor.locale) if day else ""


def _withheld_lines(work: Work, batch_id: BatchId) -> list[int]:
    query = select(col(ImportRow.line)).where(
        ImportRow.batch_id == batch_id, col(ImportRow.withheld)
    )
    return list(work.session.exec(query.order_by(col(ImportRow.line))))
