"""What the owner says about single rows before a file is applied."""

from collections.abc import Mapping
from uuid import UUID

from studio_app.imports import access
from studio_app.imports.checking import (
    context_of,
    parsed_of,
    problems_of,
    reading_of,
    require_preview,
    settle_rows,
    write_readings,
)
from studio_app.imports.rules.fields import TARGETS
from studio_app.imports.rules.settling import Decision, can_be_added
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

LONGEST = 500


class CannotAdd(Refused):
    message = _("This row cannot be added yet: see what is said beside it.")


class NobodyToFill(Refused):
    message = _("Nobody here is the same person, so there is nothing to fill in.")


@requires(Permission.IMPORT_RUN)
def decide_row(
    work: Work,
    row_id: UUID,
    decision: Decision | None = None,
    *,
    fixes: Mapping[str, str] | None = None,
) -> None:
    """Correct what a row says, by target, and say what to do with it (None: as suggested).

    Refused where the decision does not fit the row; then nothing has changed.
    """
    row = access.row(work, row_id)
    batch = access.batch(work, row.batch_id, lock=True)
    require_preview(batch)
    if fixes:
        typed = {target: text[:LONGEST] for target, text in fixes.items() if target in TARGETS}
        row.fixes = {**row.fixes, **typed}
        write_readings(work, [(row, reading_of(batch, row, context_of(work, batch)))])
        settle_rows(work, batch)
    row = access.row(work, row_id)
    if decision is Decision.CREATE and not can_be_added(parsed_of(row), problems_of(row)):
        raise CannotAdd
    if decision is Decision.UPDATE and row.match_id is None:
        raise NobodyToFill
    row.decision = decision
