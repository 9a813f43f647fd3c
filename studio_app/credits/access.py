"""Lots with what is left of them, and what is paid for by credit; summed up each time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import among, ask
from studio_app.credits.models import CreditEntry, CreditLot
from studio_app.credits.rules.lots import UNITS, Act, CreditKind, GoodFor, Lot, Source
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import CreditEntryId, CreditLotId, FamilyId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.work import Work
from studio_app.people.access import visible_accounts


@dataclass(frozen=True, slots=True)
class Use:
    """A target is paid for by a lot, and nothing has given it back."""

    entry_id: CreditEntryId
    lot_id: CreditLotId
    target_id: UUID
    amount: int
    booked: bool
    kind: CreditKind
    source: Source
    reason: str
    made_on: date


def left() -> ColumnElement[int]:
    """What is left of a lot."""
    moved = select(func.coalesce(func.sum(col(CreditEntry.amount)), 0)).where(
        col(CreditEntry.lot_id) == col(CreditLot.id)
    )
    return col(CreditLot.amount) + moved.scalar_subquery()


def last_day() -> ColumnElement[date | None]:
    """The last day of a lot; later where what came back has more time."""
    granted = select(func.max(col(CreditEntry.good_until))).where(
        col(CreditEntry.lot_id) == col(CreditLot.id)
    )
    later = func.greatest(col(CreditLot.valid_until), granted.scalar_subquery())
    return case((col(CreditLot.valid_until).is_(None), None), else_=later)


def lot(work: Work, lot_id: CreditLotId) -> CreditLot:
    """A lot of a family whose account the actor may see."""
    own = col(CreditLot.family_id).in_(visible_accounts(work))
    found = work.session.get(CreditLot, lot_id)
    if found is None or not ask(
        work, select(col(CreditLot.id)).where(col(CreditLot.id) == lot_id, own)
    ):
        raise NotFound
    return found


def entry(work: Work, entry_id: CreditEntryId) -> tuple[CreditEntry, CreditLot]:
    """An entry of a lot that the actor may see, with its lot."""
    found = work.session.get(CreditEntry, entry_id)
    if found is None:
        raise NotFound
    return found, lot(work, found.lot_id)


def open_lots(
    work: Work, family_ids: Collection[FamilyId], kinds: Collection[CreditKind] = tuple(CreditKind)
) -> list[Lot]:
    """Of what something is left, run out or not."""
    theirs = among(col(CreditLot.family_id), family_ids)
    return lots(work, theirs, col(CreditLot.kind).in_(kinds), left() > 0)


def lots(work: Work, *where: ColumnElement[bool]) -> list[Lot]:
    query: Select[*tuple[Any, ...]] = select(
        *(col(CreditLot.id), col(CreditLot.kind), left().label("remains")),
        *(col(CreditLot.family_id), col(CreditLot.student_id), col(CreditLot.lesson_type_id)),
        *(col(CreditLot.minutes), col(CreditLot.teacher_id), col(CreditLot.weekday)),
        *(col(CreditLot.at), col(CreditLot.valid_from), last_day().label("until")),
        *(col(CreditLot.paid_for), col(CreditLot.currency), col(CreditLot.made_at)),
    ).where(*where)
    return [
        Lot(
            row.id,
            CreditKind(row.kind),
            int(row.remains),
            row.family_id,
            row.student_id,
            GoodFor(row.lesson_type_id, row.minutes, row.teacher_id, row.weekday, row.at),
            row.valid_from,
            row.until,
            row.paid_for,
            row.currency,
            row.valid_from or row.made_at.date(),
        )
        for row in ask(work, query)
    ]


def hold(work: Work, lot_ids: Iterable[CreditLotId], targets: Iterable[UUID] = ()) -> None:
    """Nobody else uses these lots, or pays for these targets by credit, until the end."""
    lock_in_order(work, *lot_ids, *targets)


def hold_lots_of(work: Work, family_ids: Collection[FamilyId]) -> list[CreditLotId]:
    """All lots of these families; which those were."""
    query = select(col(CreditLot.id)).where(among(col(CreditLot.family_id), family_ids))
    found = [CreditLotId(row[0]) for row in ask(work, query)]
    if found:
        hold(work, found)
    return found


def is_live() -> ColumnElement[bool]:
    """An entry that nothing has given back."""
    undo = aliased(CreditEntry)
    return ~exists().where(col(undo.reverses_id) == col(CreditEntry.id))


def uses(
    work: Work, targets: Collection[UUID], *, kinds: Collection[CreditKind] = tuple(CreditKind)
) -> list[Use]:
    """What pays for these targets now; nothing is asked where there are none."""
    if not targets:
        return []
    query: Select[*tuple[Any, ...]] = (
        select(
            *(col(CreditEntry.id), col(CreditEntry.lot_id), col(CreditEntry.target_id)),
            *(col(CreditEntry.amount), col(CreditEntry.booked), col(CreditLot.kind)),
            *(col(CreditLot.source), col(CreditLot.reason), col(CreditLot.valid_from)),
            col(CreditLot.made_at),
        )
        .join(CreditLot, col(CreditLot.id) == col(CreditEntry.lot_id))
        .where(
            among(col(CreditEntry.target_id), targets),
            col(CreditEntry.act) == Act.USED,
            col(CreditLot.kind).in_(kinds),
            is_live(),
        )
        .order_by(col(CreditEntry.id))
    )
    return [
        Use(
            row.id,
            row.lot_id,
            row.target_id,
            -int(row.amount),
            row.booked,
            CreditKind(row.kind),
            Source(row.source),
            row.reason,
            row.valid_from or row.made_at.date(),
        )
        for row in ask(work, query)
    ]


def last_booked(work: Work, target_id: UUID) -> CreditLotId | None:
    """The lot from which a target was last booked."""
    query = (
        select(col(CreditEntry.lot_id))
        .where(
            col(CreditEntry.target_id) == target_id,
            col(CreditEntry.act) == Act.USED,
            col(CreditEntry.booked),
        )
        .order_by(col(CreditEntry.id).desc())
        .limit(1)
    )
    found = ask(work, query)
    return CreditLotId(found[0][0]) if found else None


def covered(work: Work, seat_ids: Collection[UUID]) -> dict[UUID, Use]:
    """Of these seats those that a lesson or a session pays for."""
    return {use.target_id: use for use in uses(work, seat_ids, kinds=UNITS)}


def pays_for(seat_id: Any) -> ColumnElement[bool]:
    """A lesson or a session pays for this seat."""
    return exists(
        select(col(CreditEntry.id))
        .join(CreditLot, col(CreditLot.id) == col(CreditEntry.lot_id))
        .where(
            col(CreditEntry.target_id) == seat_id,
            col(CreditEntry.act) == Act.USED,
            col(CreditLot.kind).in_(UNITS),
            is_live(),
        )
        .correlate_except(CreditEntry, CreditLot)
    )
