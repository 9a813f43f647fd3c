"""Bringing a file in: read, checked row by row, corrected. Nothing reaches the studio yet."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from studio_app.imports import access
from studio_app.imports.checking import (
    context_of,
    evidence,
    found_order,
    mapping_of,
    reading_of,
    require_preview,
    settle_rows,
    write_readings,
)
from studio_app.imports.models import ImportBatch, ImportRow
from studio_app.imports.rules.batches import BatchState
from studio_app.imports.rules.dates import DateOrder
from studio_app.imports.rules.fields import Field
from studio_app.imports.rules.mapping import changed, file_kind, map_columns
from studio_app.imports.rules.reading import Record, read_table
from studio_app.imports.rules.secrets import WITHHELD, withhold
from studio_app.kit.access import Permission
from studio_app.kit.ids import BatchId, new_id
from studio_app.kit.locks import lock_in_order
from studio_app.kit.work import Work, requires

AT_ONCE = 500
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a file's rows have been checked."""

    done: int
    total: int

    @property
    def finished(self) -> bool:
        return self.done >= self.total


@requires(Permission.IMPORT_RUN)
def stage_import(work: Work, name: str, content: bytes) -> BatchId:
    """Keep every row of a file for checking. A file that is waiting already stays as it is."""
    table = read_table(content)
    file_hash = hashlib.sha256(content).hexdigest()
    lock_in_order(work, work.studio_id)
    waiting = _waiting(work, file_hash)
    if waiting is not None:
        return waiting
    mapping = map_columns(table.headings)
    records, withheld = _without_secrets(table.records, mapping)
    found = evidence(work, records, mapping)
    batch = ImportBatch(
        name=name.strip()[:LONGEST_NAME],
        file_hash=file_hash,
        kind=file_kind(table.headings),
        encoding=table.encoding,
        delimiter=table.delimiter,
        headings=list(table.headings),
        preamble=table.preamble,
        replaced=table.replaced,
        mapping=_kept(mapping),
        order_found=found.order,
        rows_total=len(records),
        started_by=work.actor.person_id,
        created_at=work.now,
    )
    found_order(batch, found)
    work.session.add(batch)
    work.session.flush()
    _write_rows(work, batch.id, records, withheld)
    if not records:
        batch.state = BatchState.PREVIEW
    return batch.id


@requires(Permission.IMPORT_RUN)
def check_rows(work: Work, batch_id: BatchId, *, limit: int = AT_ONCE) -> Progress:
    """Check the next rows and say how far it is; call until finished. Then the file is sorted
    into its groups and can be looked at."""
    batch = access.batch(work, batch_id, lock=True)
    if batch.state != BatchState.CHECKING:
        return Progress(batch.rows_total, batch.rows_total)
    query = select(ImportRow).where(ImportRow.batch_id == batch_id)
    next_rows = query.order_by(col(ImportRow.line)).offset(batch.rows_done).limit(limit)
    found = work.session.exec(next_rows).all()
    context = context_of(work, batch)
    write_readings(work, [(row, reading_of(batch, row, context)) for row in found])
    batch.rows_done += len(found)
    if batch.rows_done >= batch.rows_total:
        batch.state = BatchState.PREVIEW
        settle_rows(work, batch)
    return Progress(batch.rows_done, batch.rows_total)


@requires(Permission.IMPORT_RUN)
def remap_import(
    work: Work,
    batch_id: BatchId,
    *,
    columns: Mapping[int, str | None] | None = None,
    order: DateOrder | None = None,
) -> None:
    """Say what columns mean (None: leave out) and which way dates are written. The rows are
    checked again; what was typed into them stays."""
    batch = access.batch(work, batch_id, lock=True)
    require_preview(batch)
    mapping = changed(mapping_of(batch), columns or {})
    batch.order_chosen = order or batch.order_chosen
    batch.mapping = _kept(mapping)
    rows = access.rows(work, batch_id)
    _withhold_columns(rows, mapping)
    records = [Record(row.line, tuple(row.cells)) for row in rows]
    found_order(batch, evidence(work, records, mapping))
    batch.state, batch.rows_done = BatchState.CHECKING, 0


@requires(Permission.IMPORT_RUN)
def discard_import(work: Work, batch_id: BatchId) -> None:
    """Forget a file that was not applied."""
    batch = access.batch(work, batch_id, lock=True)
    require_preview(batch)
    work.session.delete(batch)


def _waiting(work: Work, file_hash: str) -> BatchId | None:
    query = select(col(ImportBatch.id)).where(
        ImportBatch.file_hash == file_hash,
        col(ImportBatch.state).in_([BatchState.CHECKING, BatchState.PREVIEW]),
    )
    return work.session.exec(query.order_by(col(ImportBatch.id)).limit(1)).first()


def _without_secrets(
    records: Sequence[Record], mapping: Mapping[int, str]
) -> tuple[list[Record], set[int]]:
    """Rows without passwords, and the lines that had one."""
    secret = {index for index, target in mapping.items() if target == Field.PASSWORD}
    clean: list[Record] = []
    lines: set[int] = set()
    for record in records:
        cells = [_withheld(cell, index in secret) for index, cell in enumerate(record.cells)]
        clean.append(Record(record.line, tuple(text for text, _found in cells)))
        if any(found for _text, found in cells):
            lines.add(record.line)
    return clean, lines


def _withheld(cell: str, whole: bool) -> tuple[str, bool]:  # noqa: FBT001  a plain pair
    if whole:
        return (WITHHELD, True) if cell.strip() else (cell, False)
    return withhold(cell)


def _withhold_columns(rows: Iterable[ImportRow], mapping: Mapping[int, str]) -> None:
    """A column that turns out to hold passwords is forgotten at once."""
    for row in rows:
        [record], lines = _without_secrets([Record(row.line, tuple(row.cells))], mapping)
        row.cells, row.withheld = list(record.cells), row.withheld or bool(lines)


def _kept(mapping: Mapping[int, str]) -> dict[str, str]:
    return {str(index): target for index, target in sorted(mapping.items())}


def _write_rows(
    work: Work, batch_id: BatchId, records: Sequence[Record], withheld: set[int]
) -> None:
    values: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "created_at": work.now,
            "batch_id": batch_id,
            "line": record.line,
            "cells": list(record.cells),
            "withheld": record.line in withheld,
            "fixes": {},
            "parsed": {},
            "problems": [],
            "family_key": "",
        }
        for record in records
    ]
    if values:
        work.session.connection().execute(insert(ImportRow), values)
