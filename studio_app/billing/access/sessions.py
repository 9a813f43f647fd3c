"""How far the sessions of a family are spoken for by lessons that are still to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.attendance.access import among, ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import BILLABLE
from studio_app.billing.access import seats
from studio_app.billing.access.packages import need_of
from studio_app.billing.rules.pricing import Mode
from studio_app.credits.access import is_live
from studio_app.credits.models import CreditEntry
from studio_app.credits.rules.lots import UNITS, Act, CreditKind, Lot, shares
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import Slot
from studio_app.kit.ids import CreditLotId
from studio_app.kit.work import Work
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Seat

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of a lot: `reserved` is taken for lessons that are not held yet; `booked` counts also those
    that will take one once they are held."""

    reserved: int = 0
    booked: int = 0


NOTHING = Ahead()


def ahead(work: Work, lots: Sequence[Lot]) -> dict[CreditLotId, Ahead]:
    """Of each lot of lessons or sessions what is still to be held. Three statements for lessons
    to make up for; where something was sold, those for the family's seats as well."""
    units = [lot for lot in lots if lot.kind in UNITS]
    if not units:
        return {}
    reserved = _reserved(work, [lot.id for lot in units])
    expected = _expected(work, [lot for lot in units if lot.kind is CreditKind.SESSION])
    return {
        lot.id: Ahead(taken := reserved.get(lot.id, 0), taken + expected.get(lot.id, 0))
        for lot in units
    }


def _reserved(work: Work, ids: Sequence[CreditLotId]) -> dict[CreditLotId, int]:
    held = (
        select(col(AttendanceMark.id))
        .where(
            col(AttendanceMark.seat_id) == col(CreditEntry.target_id),
            col(AttendanceMark.outcome).in_(BILLABLE),
            is_latest(),
        )
        .exists()
    )
    query = (
        select(col(CreditEntry.lot_id), func.count())
        .join(Seat, col(Seat.id) == col(CreditEntry.target_id))
        .where(
            among(col(CreditEntry.lot_id), ids),
            col(CreditEntry.act) == Act.USED,
            col(Seat.blocking),
            col(Seat.left_at).is_(None),
            is_live(),
            ~held,
        )
        .group_by(col(CreditEntry.lot_id))
    )
    return {lot_id: int(n) for lot_id, n in ask(work, query)}


def _expected(work: Work, lots: Sequence[Lot]) -> dict[CreditLotId, int]:
    """Lessons to come that nothing pays for yet take what runs out first, in the order of time."""
    open_ = {lot.id: lot for lot in lots if lot.left > 0}
    if not open_:
        return {}
    zone = studio_zone(work)
    families = select(col(Student.id)).where(
        among(col(Student.family_id), {lot.family_id for lot in open_.values()})
    )
    span = Slot(work.now, work.now + AHEAD)
    found: dict[CreditLotId, int] = {}
    for seat in seats.seats_within(work, span, col(Student.id).in_(families)):
        if seat.covered or not seat.stands or seat.mode is not Mode.ARREARS:
            continue
        for share in shares(open_.values(), need_of(seat, zone)):
            found[share.lot_id] = found.get(share.lot_id, 0) + share.amount
            lot = open_[share.lot_id]
            open_[lot.id] = replace(lot, left=lot.left - share.amount)
    return found
