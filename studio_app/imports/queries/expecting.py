"""What applying a file would do: the summary before anything is done."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from studio_app.imports import access
from studio_app.imports.models import ImportRow
from studio_app.imports.rules.settling import Decision
from studio_app.kit.access import Permission
from studio_app.kit.ids import BatchId
from studio_app.kit.work import Work, requires


@dataclass(frozen=True, slots=True)
class Expected:
    """The rows of a file by what is to be done with them; they add up to all of them."""

    added: int
    filled: int
    left_out: int


@requires(Permission.IMPORT_RUN)
def what_would_happen(work: Work, batch_id: BatchId) -> Expected:
    """What applying the file as it is decided now would do to its rows; nothing is changed."""
    access.batch(work, batch_id)
    chosen = func.coalesce(col(ImportRow.decision), col(ImportRow.suggested), Decision.SKIP.value)
    query = select(chosen, func.count()).where(ImportRow.batch_id == batch_id).group_by(chosen)
    counted = {Decision(decision): n for decision, n in work.session.exec(query)}
    return Expected(
        counted.get(Decision.CREATE, 0),
        counted.get(Decision.UPDATE, 0),
        counted.get(Decision.SKIP, 0),
    )
