"""Bringing a file in: upload, check, decide, apply, take back. Nothing reaches the studio
before it is applied; then all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, UploadFile

from studio_app.imports.commands.applying import ImportSummary, apply_import
from studio_app.imports.commands.deciding import Decision, decide_row
from studio_app.imports.commands.opening import post_opening_balances, type_opening_balances
from studio_app.imports.commands.proposing import (
    Confirmed,
    change_proposal,
    confirm_proposals,
    dismiss_proposals,
    dismiss_todo,
    reopen_todo,
)
from studio_app.imports.commands.staging import (
    DateOrder,
    Progress,
    check_rows,
    discard_import,
    remap_import,
    stage_import,
)
from studio_app.imports.commands.undoing import Undone, undo_import
from studio_app.imports.queries.batches import BatchCard, import_batches
from studio_app.imports.queries.leftovers import (
    ProposalRow,
    TodoRow,
    import_todo,
    series_proposals,
)
from studio_app.imports.queries.openings import Openings, family_openings
from studio_app.imports.queries.preview import ImportPreview, Outcome, import_preview
from studio_app.kit.ids import BatchId, TeacherId
from studio_app.kit.money import Money
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import AnyDay, Limit, Number
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["imports"])


@dataclass(frozen=True, slots=True)
class Mapping:
    """What columns mean, by index (null: left out), and which way dates are written."""

    columns: dict[int, str | None] = field(default_factory=dict[int, str | None])
    order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What to do with a row (null: as suggested), and corrections by target."""

    decision: Decision | None = None
    fixes: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FamilyBalance:
    """What a family of the file owes at cut-over; negative: paid ahead, null: nothing. `on` is
    the day all of the file's balances are posted on; null leaves it."""

    family_key: str
    owed: Money | None = None
    on: AnyDay | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    posted: int


@dataclass(frozen=True, slots=True)
class ProposalTime:
    """`weekday` is ISO (Monday is 1), `at` the studio's wall time."""

    weekday: int
    at: time
    minutes: int
    teacher_id: TeacherId


@dataclass(frozen=True, slots=True)
class Application:
    """The day that opening balances are posted on; null: today."""

    opening_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    ids: Sequence[UUID]


@router.get("/imports")
def list_imports(asking: Asking, page: Paging) -> Page[BatchCard]:
    """Every file that was brought in, the newest first."""
    return page.of(asking.run(import_batches), by=lambda one: one.id)


@router.post("/imports", status_code=201)
def upload(asking: Asking, file: UploadFile) -> Made:
    """A CSV of at most 5 MB. 413 for a larger one, 422 for what is no table of text. The same
    file again answers the one that is waiting."""
    return Made(asking.run(stage_import, file.filename or "", file.file.read()))


@router.post("/imports/{batch_id}/check")
def check(asking: Asking, batch_id: BatchId) -> Progress:
    """Checks the next rows and says how far it is: call until `done` is `total`."""
    return asking.run(check_rows, batch_id)


@router.get("/imports/{batch_id}")
def preview(
    asking: Asking,
    *,
    batch_id: BatchId,
    group: Annotated[Outcome | None, Query()] = None,
    page: Annotated[Number, Query()] = 1,
    limit: Limit = 50,
) -> ImportPreview:
    """A page of the file's rows, or of one group of them, with their line numbers, and how the
    file was read. The order of the lines never changes."""
    return asking.run(import_preview, batch_id, group, page, size=limit)


@router.put("/imports/{batch_id}/mapping", status_code=204)
def remap(asking: Asking, batch_id: BatchId, mapping: Mapping) -> None:
    """The rows are checked again; 409 once the file was applied."""
    asking.run(remap_import, batch_id, columns=mapping.columns, order=mapping.order)


@router.put("/import-rows/{row_id}", status_code=204)
def decide(asking: Asking, row_id: UUID, decision: RowDecision) -> None:
    """422 where the decision does not fit the row."""
    asking.run(decide_row, row_id, decision.decision, fixes=decision.fixes)


@router.get("/imports/{batch_id}/balances")
def list_balances(
    asking: Asking,
    batch_id: BatchId,
    page: Annotated[Number, Query()] = 1,
    limit: Limit = 50,
) -> Openings:
    """The families who come in with the file, each with what it owed, as the file says or as
    was typed."""
    return asking.run(family_openings, batch_id, page, size=limit)


@router.put("/imports/{batch_id}/balances", status_code=204)
def type_balance(asking: Asking, batch_id: BatchId, balance: FamilyBalance) -> None:
    """Posted with the file, or afterwards by posting. 409 once it was posted."""
    owed = {balance.family_key: balance.owed}
    asking.run(type_opening_balances, batch_id, owed, on=balance.on)


@router.post("/imports/{batch_id}/balances/post")
def post_balances(asking: Asking, batch_id: BatchId) -> Posted:
    """Puts what was typed since the import into the accounts, each family's once. 409 when
    nothing is left to post."""
    return Posted(asking.run(post_opening_balances, batch_id))


@router.post("/imports/{batch_id}/apply")
def apply(asking: Asking, batch_id: BatchId, application: Application) -> ImportSummary:
    """Brings the rows in, in one transaction. 409 if it is still checked or was applied."""
    return asking.run(apply_import, batch_id, opening_on=application.opening_on)


@router.post("/imports/{batch_id}/undo")
def undo(asking: Asking, batch_id: BatchId) -> Undone:
    """Within 24 hours; who was changed or used since stays and is named. 409 later."""
    return asking.run(undo_import, batch_id)


@router.delete("/imports/{batch_id}", status_code=204)
def discard(asking: Asking, batch_id: BatchId) -> None:
    """Forgets a file that was not applied."""
    asking.run(discard_import, batch_id)


@router.get("/series-proposals")
def list_proposals(
    asking: Asking, page: Paging, batch_id: BatchId | None = None
) -> Page[ProposalRow]:
    """Weekly lessons read from files that wait for a person, each with its conflicts."""
    found = asking.run(series_proposals, batch_id, after=page.after, limit=page.limit + 1)
    return page.behind(found, by=lambda one: one.id)


@router.put("/series-proposals/{proposal_id}", status_code=204)
def change(asking: Asking, proposal_id: UUID, at: ProposalTime) -> None:
    asking.run(
        change_proposal,
        proposal_id,
        weekday=at.weekday,
        at=at.at,
        minutes=at.minutes,
        teacher_id=at.teacher_id,
    )


@router.post("/series-proposals/confirm")
def confirm(asking: Asking, chosen: Chosen) -> Confirmed:
    """Puts these on the calendar; those whose time is taken stay and are named."""
    return asking.run(confirm_proposals, chosen.ids)


@router.post("/series-proposals/dismiss", status_code=204)
def dismiss(asking: Asking, chosen: Chosen) -> None:
    asking.run(dismiss_proposals, chosen.ids)


@router.get("/import-todos")
def list_todos(
    asking: Asking, page: Paging, *, batch_id: BatchId | None = None, done: bool = False
) -> Page[TodoRow]:
    """What files left to be done by hand; with `done` what was ticked off too."""
    return page.of(asking.run(import_todo, batch_id, with_done=done), by=lambda one: one.id)


@router.post("/import-todos/{todo_id}/done", status_code=204)
def tick_off(asking: Asking, todo_id: UUID) -> None:
    asking.run(dismiss_todo, todo_id)


@router.delete("/import-todos/{todo_id}/done", status_code=204)
def reopen(asking: Asking, todo_id: UUID) -> None:
    asking.run(reopen_todo, todo_id)
