"""Parts of what is shown about a file: its card, its columns, its families' balances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from studio_app.identity.access import studio
from studio_app.imports import access
from studio_app.imports.checking import parsed_of
from studio_app.imports.models import ImportBalance, ImportBatch, ImportRow
from studio_app.imports.rules.batches import BatchState, RowResult, undo_until
from studio_app.imports.rules.fields import said_target
from studio_app.imports.rules.mapping import FileKind, left_out_on_purpose, not_imported
from studio_app.imports.rules.settling import Outcome
from studio_app.kit.formats import say_money
from studio_app.kit.ids import BatchId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work

SAMPLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, what it is taken for ("" nothing), and its first filled cell."""

    index: int
    heading: str
    target: str
    target_label: str
    sample: str
    left_out_on_purpose: bool
    not_imported: str
    """Why nothing of it reaches a student's card; "" where something does."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    family_key: str
    family: str
    lines: list[int]
    owed: str
    owed_minor: int
    currency: str
    sentence: str
    typed: bool
    posted: bool


@dataclass(frozen=True, slots=True)
class BatchCard:
    id: BatchId
    name: str
    kind: FileKind
    state: BatchState
    rows_total: int
    rows_done: int
    created_at: datetime
    applied_at: datetime | None
    undo_until: datetime | None
    """Until when it can be taken back; None when it cannot."""
    kept_on_undo: int
    counts: dict[Outcome, int]
    results: dict[RowResult, int]


Counts = Mapping[tuple[BatchId, str | None, str | None], int]


def batch_card(work: Work, batch: ImportBatch, counts: Counts) -> BatchCard:
    of_outcome = dict.fromkeys(Outcome, 0)
    of_result = dict.fromkeys(RowResult, 0)
    for (batch_id, outcome, result), n in counts.items():
        if batch_id == batch.id and outcome:
            of_outcome[Outcome(outcome)] += n
        if batch_id == batch.id and result:
            of_result[RowResult(result)] += n
    until = undo_until(batch.applied_at) if batch.applied_at else None
    open_still = batch.state == BatchState.APPLIED and until is not None and work.now <= until
    return BatchCard(
        id=batch.id,
        name=batch.name,
        kind=FileKind(batch.kind),
        state=BatchState(batch.state),
        rows_total=batch.rows_total,
        rows_done=batch.rows_done,
        created_at=batch.created_at,
        applied_at=batch.applied_at,
        undo_until=until if open_still else None,
        kept_on_undo=batch.kept_on_undo,
        counts=of_outcome,
        results=of_result,
    )


def counts_of(work: Work, batch_ids: list[BatchId]) -> Counts:
    query = (
        select(col(ImportRow.batch_id), col(ImportRow.outcome), col(ImportRow.result), func.count())
        .where(col(ImportRow.batch_id).in_(batch_ids))
        .group_by(col(ImportRow.batch_id), col(ImportRow.outcome), col(ImportRow.result))
    )
    return {(batch, out, result): n for batch, out, result, n in work.session.exec(query)}


def columns_of(work: Work, batch: ImportBatch, mapping: Mapping[int, str]) -> list[Column]:
    query = select(col(ImportRow.cells)).where(ImportRow.batch_id == batch.id)
    some = work.session.exec(query.order_by(col(ImportRow.line)).limit(20)).all()
    return [
        Column(
            index,
            heading,
            mapping.get(index, ""),
            str(said_target(mapping[index])) if index in mapping else "",
            next((c[index][:SAMPLE_LENGTH] for c in some if index < len(c) and c[index]), ""),
            left_out_on_purpose(heading),
            str(not_imported(index, heading, mapping) or ""),
        )
        for index, heading in enumerate(batch.headings)
    ]


def balances_of(work: Work, batch: ImportBatch) -> list[BalanceRow]:
    query = select(ImportBalance).where(ImportBalance.batch_id == batch.id)
    found = work.session.exec(query.order_by(col(ImportBalance.family_key))).all()
    names: dict[str, str] = {}
    if found:
        for row in access.rows(work, batch.id):
            parsed = parsed_of(row)
            names.setdefault(row.family_key, parsed.family_name or parsed.name)
    return [_balance(work, balance, names) for balance in found]


def _balance(work: Work, balance: ImportBalance, names: Mapping[str, str]) -> BalanceRow:
    amount = Money(abs(balance.amount_minor), studio(work).currency)
    said = say_money(amount, work.actor.locale)
    sentence = _("owes {amount}", amount=said)
    if balance.amount_minor < 0:
        sentence = _("has {amount} in credit", amount=said)
    return BalanceRow(
        balance.family_key,
        names.get(balance.family_key, ""),
        list(balance.lines),
        said,
        balance.amount_minor,
        balance.currency,
        str(sentence),
        balance.typed,
        balance.posted,
    )
