"""A credit pays for a seat or an invoice, and is given back to the same lots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col

from studio_app.attendance.access import among
from studio_app.credits import access
from studio_app.credits.commands.writing import More, NoCredit, PaidAlready, write
from studio_app.credits.events import CreditLow
from studio_app.credits.models import CreditLot
from studio_app.credits.rules.expiry import good_until
from studio_app.credits.rules.lots import UNITS, Act, CreditKind, Need, applies, shares
from studio_app.kit.ids import CreditEntryId, CreditLotId
from studio_app.kit.work import Work

LOW = 2
"""So many left of what was sold, and the family is asked whether they want more."""


@dataclass(frozen=True, slots=True)
class Used:
    """So much of a lot pays for the target, by this entry."""

    entry_id: CreditEntryId
    lot_id: CreditLotId
    amount: int


@dataclass(frozen=True, slots=True)
class Released:
    """So much is back in its lot; `good_until` where it has more time than the lot had."""

    use_id: CreditEntryId
    lot_id: CreditLotId
    amount: int
    good_until: date | None


def use_credit(work: Work, need: Need, target_id: UUID, *, booked: bool = False) -> list[Used]:
    """Pay for the target wholly, by what runs out first; NoCredit where it does not suffice."""
    used = use_what_there_is(work, need, target_id, booked=booked)
    if sum(each.amount for each in used) < need.amount:
        raise NoCredit
    return used


def use_what_there_is(
    work: Work, need: Need, target_id: UUID, *, booked: bool = False
) -> list[Used]:
    """Pay for the target as far as credit goes, perhaps not at all.

    The lots are locked before they are looked at for good: of many who want the last one all but
    one find it gone.
    """
    known = access.open_lots(work, [need.family_id], need.kinds)
    may = [lot.id for lot in known if applies(lot, need)]
    if not may:
        return []
    access.hold(work, may, [target_id])
    before = access.uses(work, [target_id], kinds=need.kinds)
    if before and not UNITS.isdisjoint(need.kinds):
        raise PaidAlready
    taken = {use.lot_id for use in before}
    standing = access.lots(work, among(col(CreditLot.id), may))
    fresh = {lot.id: lot for lot in standing if lot.id not in taken}
    made: list[Used] = []
    for share in shares(fresh.values(), need):
        lot = fresh[share.lot_id]
        given: More = {"target_id": target_id, "booked": booked}
        entry_id = write(work, lot.id, Act.USED, -share.amount, on=need.on, **given)
        made.append(Used(entry_id, lot.id, share.amount))
        left = lot.left - share.amount
        if lot.kind is CreditKind.SESSION and left == LOW:
            work.emit(CreditLow(lot.id, left))
    return made


def release(
    work: Work, target_id: UUID, *, on: date, by_family: bool = False, words: str = ""
) -> Sequence[Released]:
    """Give back what pays for the target, to the lots it came from.

    Where a lot has run out meanwhile, or nearly, and it was not the family who cancelled, what
    came back can be used for two weeks more.
    """
    found = access.uses(work, [target_id])
    if not found:
        return []
    access.hold(work, [use.lot_id for use in found], [target_id])
    ids = [use.lot_id for use in found]
    ends = {lot.id: lot.valid_until for lot in access.lots(work, among(col(CreditLot.id), ids))}
    made: list[Released] = []
    for use in access.uses(work, [target_id]):  # once more: the lock may have made us wait
        until = good_until(ends[use.lot_id], today=on, by_family=by_family)
        given: More = {"target_id": target_id, "reverses_id": use.entry_id, "words": words}
        given["good_until"] = until
        write(work, use.lot_id, Act.RELEASED, use.amount, on=on, **given)
        made.append(Released(use.entry_id, use.lot_id, use.amount, until))
    return made


def use_again(work: Work, target_id: UUID, *, on: date) -> bool:
    """What was booked by credit and cancelled takes place after all: the same lot pays again, if
    something of it is left and it has not run out."""
    was = access.last_booked(work, target_id)
    if was is None:
        return False
    access.hold(work, [was], [target_id])
    if access.uses(work, [target_id]):
        return False
    [lot] = access.lots(work, col(CreditLot.id) == was)
    if lot.left <= 0 or not lot.is_valid(on):
        return False
    write(work, was, Act.USED, -1, on=on, target_id=target_id, booked=True)
    return True
