"""From a checked file into the studio, in one transaction: all of it or nothing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from studio_app.identity.access import studio_zone
from studio_app.imports import access
from studio_app.imports.arriving import Arrivals
from studio_app.imports.checking import decision_of, parsed_of, settle_rows, update_rows
from studio_app.imports.models import ImportBatch
from studio_app.imports.rules.batches import BatchState, RowResult
from studio_app.imports.rules.settling import Decision
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import BatchId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires


class StillChecking(Conflict):
    message = _("This file is still being checked. Please wait until it is done.")


class AlreadyApplied(Conflict):
    message = _("This file has been imported already.")


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What became of a file. The first four add up to its rows."""

    added: int
    filled: int
    unchanged: int
    left_out: int
    proposals: int
    todos: int
    balances: int

    @property
    def rows(self) -> int:
        return self.added + self.filled + self.unchanged + self.left_out


@requires(Permission.IMPORT_RUN)
def apply_import(work: Work, batch_id: BatchId, *, opening_on: date | None = None) -> ImportSummary:
    """Bring the rows in as decided, or as suggested where nobody decided. Opening balances are
    posted on the day given, else today.

    The rows are compared once more with who is here by now. Rows that need an answer and
    rows with errors are left out, and counted.
    """
    lock_in_order(work, work.studio_id)
    batch = access.batch(work, batch_id, lock=True)
    _require_checked(batch)
    settle_rows(work, batch)
    today = local_date(work.now, studio_zone(work))
    arrivals = Arrivals(work, batch, today=today)
    results: Counter[RowResult] = Counter()
    done: list[dict[str, object]] = []
    for row in access.rows(work, batch_id):
        decision = decision_of(row)
        if decision is Decision.CREATE:
            result, student_id = RowResult.ADDED, arrivals.add(row, parsed_of(row))
        elif decision is Decision.UPDATE:
            filled = arrivals.fill(row, parsed_of(row))
            result, student_id = (RowResult.FILLED if filled else RowResult.UNCHANGED), row.match_id
        else:
            result, student_id = RowResult.LEFT_OUT, None
        results[result] += 1
        done.append({"row_id": row.id, "result": result, "student_id": student_id})
    batch.opening_on = opening_on or today
    balances = arrivals.post_balances(batch.opening_on)
    arrivals.keep_fingerprints()
    batch.state, batch.applied_at = BatchState.APPLIED, work.now
    proposals, todos = arrivals.proposals, arrivals.todos
    update_rows(work, done)
    return ImportSummary(
        added=results[RowResult.ADDED],
        filled=results[RowResult.FILLED],
        unchanged=results[RowResult.UNCHANGED],
        left_out=results[RowResult.LEFT_OUT],
        proposals=proposals,
        todos=todos,
        balances=balances,
    )


def _require_checked(batch: ImportBatch) -> None:
    if batch.state == BatchState.CHECKING:
        raise StillChecking
    if batch.state != BatchState.PREVIEW:
        raise AlreadyApplied
