"""Reading the rows of a batch and sorting them: what staging, deciding and applying share."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import SQLModel, col, select

from studio_app.identity.access import studio, studio_zone
from studio_app.imports import access
from studio_app.imports.models import ImportBalance, ImportBatch, ImportRow
from studio_app.imports.rules.batches import BatchState
from studio_app.imports.rules.dates import EVIDENCE_AS_JSON, DateOrder, Evidence, date_order
from studio_app.imports.rules.fields import DATES
from studio_app.imports.rules.parsed import AS_JSON, PROBLEMS_AS_JSON, Context, Parsed, Reading
from studio_app.imports.rules.parsing import read_row
from studio_app.imports.rules.problems import Code, Problem
from studio_app.imports.rules.reading import Record
from studio_app.imports.rules.settling import (
    Decision,
    Read,
    Settled,
    can_be_added,
    opening_balances,
    settle,
)
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work

_OF_SETTLING = frozenset(
    {Code.SAME_AS_LINE, Code.SAME_AS_STUDENT, Code.SAME_AS_ARCHIVED, Code.DIFFERS}
    | {Code.DIFFERS_IN_FAMILY, Code.LEFT_OUT_WITH_IT, Code.PARENT_ADDED, Code.PARENT_UNCLEAR}
    | {Code.NAMESAKE}
)


class NotInPreview(Conflict):
    message = _("This import was finished before. Choose the file again to change something.")


def require_preview(batch: ImportBatch) -> None:
    if batch.state not in {BatchState.CHECKING, BatchState.PREVIEW}:
        raise NotInPreview


def mapping_of(batch: ImportBatch) -> dict[int, str]:
    return {int(index): target for index, target in batch.mapping.items()}


def evidence(work: Work, records: Iterable[Record], mapping: Mapping[int, str]) -> Evidence:
    """Which way this file writes its dates, looked for in the columns of dates."""
    dated = [index for index, target in mapping.items() if target in DATES]
    cells = (
        (record.line, record.cells[index])
        for record in records
        for index in dated
        if index < len(record.cells)
    )
    return date_order(cells, studio(work).country)


def found_order(batch: ImportBatch, found: Evidence) -> None:
    batch.order_found = found.order
    batch.order_evidence = EVIDENCE_AS_JSON.dump_python(found, mode="json")


def context_of(work: Work, batch: ImportBatch) -> Context:
    here = studio(work)
    order = DateOrder(batch.order_chosen or batch.order_found)
    today = local_date(work.now, studio_zone(work))
    return Context(order, here.country, here.currency, today)


def reading_of(batch: ImportBatch, row: ImportRow, context: Context) -> Reading:
    columns = len(batch.headings)
    reading = read_row(row.cells, mapping_of(batch), row.fixes, context, columns=columns)
    if not row.withheld:
        return reading
    return Reading(reading.parsed, (*reading.problems, Problem(Code.PASSWORD_WITHHELD)))


def write_readings(work: Work, readings: Iterable[tuple[ImportRow, Reading]]) -> None:
    """Keep what was understood, in one statement for all rows."""
    values = [
        {
            "row_id": row.id,
            "parsed": AS_JSON.dump_python(reading.parsed, mode="json"),
            "problems": PROBLEMS_AS_JSON.dump_python(reading.problems, mode="json"),
        }
        for row, reading in readings
    ]
    update_rows(work, values)


def parsed_of(row: ImportRow) -> Parsed:
    return AS_JSON.validate_python(row.parsed, strict=False)


def problems_of(row: ImportRow) -> tuple[Problem, ...]:
    return PROBLEMS_AS_JSON.validate_python(row.problems)


def decision_of(row: ImportRow) -> Decision:
    """What happens to a row: what the owner said, else what was suggested."""
    return Decision(row.decision or row.suggested or Decision.SKIP)


def settle_rows(work: Work, batch: ImportBatch) -> None:
    """Put each row into its group, and each family's balance beside it. Decisions that fit no
    longer (update whom?) are forgotten."""
    rows = access.rows(work, batch.id)
    read = [Read(row.line, parsed_of(row), _own_problems(row)) for row in rows]
    settled = settle(read, access.known_students(work))
    update_rows(
        work,
        [_settled_values(r, s) for r, s in zip(rows, settled, strict=True)],
    )
    keyed = [(s.family_key, r.line, r.parsed) for r, s in zip(read, settled, strict=True)]
    _write_balances(work, batch, opening_balances(keyed))


def decision_fits(decision: Decision, parsed: Parsed, settled: Settled) -> bool:
    match decision:
        case Decision.CREATE:
            return can_be_added(parsed, settled.problems)
        case Decision.UPDATE:
            return settled.match_id is not None
        case Decision.SKIP:
            return True


def update_rows(work: Work, values: Sequence[Mapping[str, Any]]) -> None:
    """Update rows by `row_id`; all of them name the same columns."""
    if not values:
        return
    rows: Any = SQLModel.metadata.tables["import_row"]
    named: dict[str, Any] = {name: bindparam(name) for name in values[0] if name != "row_id"}
    statement = update(rows).where(rows.c.id == bindparam("row_id")).values(**named)
    work.session.flush()
    work.session.connection().execute(statement, list(values))
    work.session.expire_all()


def _own_problems(row: ImportRow) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems_of(row) if problem.code not in _OF_SETTLING)


def _settled_values(row: ImportRow, settled: Settled) -> dict[str, Any]:
    decided = Decision(row.decision) if row.decision else None
    fits = decided is not None and decision_fits(decided, parsed_of(row), settled)
    return {
        "row_id": row.id,
        "outcome": settled.outcome,
        "suggested": settled.decision,
        "decision": decided if fits else None,
        "family_key": settled.family_key,
        "match_id": StudentId(settled.match_id) if settled.match_id else None,
        "same_as_line": settled.same_as_line,
        "problems": PROBLEMS_AS_JSON.dump_python(settled.problems, mode="json"),
    }


def _write_balances(
    work: Work, batch: ImportBatch, found: Mapping[str, tuple[int, list[int]]]
) -> None:
    """What the file says; an amount the owner typed stays."""
    query = select(ImportBalance).where(ImportBalance.batch_id == batch.id)
    before = {balance.family_key: balance for balance in work.session.exec(query)}
    for key, balance in before.items():
        if key not in found and not balance.typed:
            work.session.delete(balance)
    for key, (amount, lines) in found.items():
        balance = before.get(key) or _no_balance(work, batch, key)
        balance.lines = lines
        if not balance.typed:
            balance.amount_minor = amount
        work.session.add(balance)
    work.session.flush()


def _no_balance(work: Work, batch: ImportBatch, key: str) -> ImportBalance:
    return ImportBalance(
        batch_id=batch.id,
        family_key=key,
        lines=[],
        amount_minor=0,
        currency=studio(work).currency,
        created_at=work.now,
    )


def typed_balance(work: Work, batch: ImportBatch, key: str) -> ImportBalance:
    """The balance of a family of the file, to be typed over."""
    query = select(ImportBalance).where(
        ImportBalance.batch_id == batch.id, col(ImportBalance.family_key) == key
    )
    balance = work.session.exec(query).one_or_none() or _no_balance(work, batch, key)
    balance.typed = True
    work.session.add(balance)
    return balance
