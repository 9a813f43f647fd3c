"""What families of a file owed before: the step between a file and their accounts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, func, select

from studio_app.identity.access import studio, studio_zone
from studio_app.imports import access
from studio_app.imports.households import called
from studio_app.imports.models import ImportBalance, ImportBatch, ImportRow
from studio_app.imports.rules.batches import BatchState
from studio_app.imports.rules.parsed import AS_JSON
from studio_app.imports.rules.settling import Decision
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_money
from studio_app.kit.ids import BatchId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

PAGE = 50
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class FamilyOpening:
    """One family of the file. `owed_minor` is negative where it had paid ahead, null where
    nothing is known."""

    family_key: str
    family: str
    students: str
    lines: list[int]
    owed_minor: int | None
    currency: str
    sentence: str
    where_from: str
    posted: bool


@dataclass(frozen=True, slots=True)
class Openings:
    families: list[FamilyOpening]
    pages: int
    on: date
    """The day they are posted on, or were."""
    waiting: int
    """How many have an amount that is not posted."""
    posted: int
    left_out_lines: list[int]
    """Lines with an amount whose rows are left out: nothing of theirs is posted."""


@requires(Permission.IMPORT_RUN)
def family_openings(work: Work, batch_id: BatchId, page: int = 1, *, size: int = PAGE) -> Openings:
    """The families who come in with a file, or came, in the order of its lines."""
    batch = access.batch(work, batch_id)
    size = min(max(size, 1), LONGEST_PAGE)
    balances = {balance.family_key: balance for balance in access.balances(work, batch_id)}
    keys = _keys(work, batch)
    mine = [balances[key] for key in keys if key in balances and balances[key].amount_minor]
    lost = [b for key, b in balances.items() if key not in keys and b.amount_minor]
    return Openings(
        families=[
            _family(work, batch, balances.get(group.key), group)
            for group in _groups(work, batch, max(page, 1), size)
        ],
        pages=-(-len(keys) // size),
        on=batch.opening_on or local_date(work.now, studio_zone(work)),
        waiting=sum(not balance.posted for balance in mine),
        posted=sum(balance.posted for balance in mine),
        left_out_lines=sorted(line for balance in lost for line in balance.lines),
    )


def _comes_in(batch: ImportBatch) -> ColumnElement[bool]:
    if batch.state in {BatchState.CHECKING, BatchState.PREVIEW}:
        chosen = func.coalesce(col(ImportRow.decision), col(ImportRow.suggested))
        return chosen.in_([Decision.CREATE.value, Decision.UPDATE.value])
    return col(ImportRow.student_id).is_not(None)


def _keys(work: Work, batch: ImportBatch) -> set[str]:
    theirs = select(col(ImportRow.family_key)).where(col(ImportRow.batch_id) == batch.id)
    return set(work.session.exec(theirs.where(_comes_in(batch)).distinct()))


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one family."""

    key: str
    read: list[dict[str, Any]]
    lines: list[int]


def _groups(work: Work, batch: ImportBatch, page: int, size: int) -> list[_Group]:
    line, key = col(ImportRow.line), col(ImportRow.family_key)
    parsed: Any = func.array_agg(aggregate_order_by(col(ImportRow.parsed), line))
    lines: Any = func.array_agg(aggregate_order_by(line, line))
    theirs = select(key, parsed, lines).where(col(ImportRow.batch_id) == batch.id)
    query = theirs.where(_comes_in(batch)).group_by(key).order_by(func.min(line))
    found: Any = work.session.exec(query.offset((page - 1) * size).limit(size))
    return [_Group(*row) for row in found]


def _family(
    work: Work, batch: ImportBatch, balance: ImportBalance | None, group: _Group
) -> FamilyOpening:
    rows = [AS_JSON.validate_python(one, strict=False) for one in group.read]
    return FamilyOpening(
        family_key=group.key,
        family=called(rows[0]),
        students=", ".join(row.first_name for row in rows),
        lines=group.lines,
        owed_minor=balance.amount_minor if balance else None,
        currency=studio(work).currency,
        sentence=_sentence(work, batch, balance),
        where_from=_where_from(balance),
        posted=balance.posted if balance else False,
    )


def _sentence(work: Work, batch: ImportBatch, balance: ImportBalance | None) -> str:
    if balance is None or not balance.amount_minor:
        return ""
    amount = say_money(Money(abs(balance.amount_minor), balance.currency), work.actor.locale)
    if balance.family_id is not None and not balance.posted:
        if batch.state == BatchState.UNDONE:
            return str(_("{amount}, taken back", amount=amount))
        return str(_("{amount} not posted: this family has an opening balance.", amount=amount))
    if balance.amount_minor < 0:
        return str(_("has {amount} in credit", amount=amount))
    return str(_("owes {amount}", amount=amount))


def _where_from(balance: ImportBalance | None) -> str:
    if balance is None:
        return ""
    if balance.typed:
        return str(_("typed"))
    lines = ", ".join(str(line) for line in balance.lines)
    if len(balance.lines) == 1:
        return str(_("from line {lines}", lines=lines))
    return str(_("from lines {lines}; the same amount twice counts once", lines=lines))
