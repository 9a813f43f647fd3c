"""From a checked file into the studio, in one transaction: all of it or nothing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from studio_app.identity.access import studio_zone
from studio_app.imports import access
from studio_app.imports.arriving import Arrivals
from studio_app.imports.checking import decision_of, parsed_of, settle_rows, update_rows
from studio_app.imports.models import ImportBatch, ImportRow
from studio_app.imports.opening import post_balances
from studio_app.imports.rules.batches import BatchState, RowResult
from studio_app.imports.rules.settling import Decision
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import BatchId, StudentId
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
    rows = access.rows(work, batch_id)
    arrivals = Arrivals(work, batch, rows, today=today)
    done = [_arrived(arrivals, row) for row in rows]
    arrivals.come_in()
    done = [_with_lessons(each, arrivals.lessons.proposed_for) for each in done]
    arrivals.keep_made()
    batch.opening_on = opening_on or batch.opening_on or today
    batch.state, batch.applied_at = BatchState.APPLIED, work.now
    update_rows(work, [asdict(each) for each in done])
    balances = post_balances(work, access.batch(work, batch_id), batch.opening_on)
    results = Counter(each.result for each in done)
    return ImportSummary(
        added=results[RowResult.ADDED],
        filled=results[RowResult.FILLED],
        unchanged=results[RowResult.UNCHANGED],
        left_out=results[RowResult.LEFT_OUT],
        proposals=arrivals.lessons.proposals,
        todos=arrivals.lessons.todos,
        balances=balances,
    )


@dataclass(frozen=True, slots=True)
class _Done:
    row_id: UUID
    result: RowResult
    student_id: StudentId | None = None


def _arrived(arrivals: Arrivals, row: ImportRow) -> _Done:
    match decision_of(row):
        case Decision.CREATE:
            return _Done(row.id, RowResult.ADDED, arrivals.add(row, parsed_of(row)))
        case Decision.UPDATE:
            filled = arrivals.fill(row, parsed_of(row))
            return _Done(row.id, RowResult.FILLED if filled else RowResult.UNCHANGED, row.match_id)
        case Decision.SKIP:
            return _Done(row.id, RowResult.LEFT_OUT)


def _with_lessons(done: _Done, proposed_for: Collection[UUID]) -> _Done:
    """Somebody for whom a new lesson is proposed has not stayed unchanged."""
    if done.result is RowResult.UNCHANGED and done.student_id in proposed_for:
        return replace(done, result=RowResult.FILLED)
    return done


def _require_checked(batch: ImportBatch) -> None:
    if batch.state == BatchState.CHECKING:
        raise StillChecking
    if batch.state != BatchState.PREVIEW:
        raise AlreadyApplied
