"""Every day: warn of what runs out, and take away what has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from studio_app.attendance.access import among
from studio_app.credits import access
from studio_app.credits.commands.writing import write
from studio_app.credits.events import CreditRanOut, CreditRunsOut
from studio_app.credits.models import CreditLot, CreditWarning
from studio_app.credits.rules.expiry import WARNED_DAYS, may_expire, warning_due
from studio_app.credits.rules.lots import Act, Lot
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.ids import CreditEntryId, CreditLotId
from studio_app.kit.work import Work

FAR = timedelta(days=max(WARNED_DAYS))


@dataclass(frozen=True, slots=True)
class Expired:
    """So much of a lot is gone, by this entry."""

    entry_id: CreditEntryId
    lot_id: CreditLotId
    amount: int


def warn(work: Work) -> int:
    """Tell of what runs out within 30 and within 7 days, once each; of how many lots."""
    today = local_date(work.now, studio_zone(work))
    ends = access.last_day()
    soon = access.lots(work, ends >= today, ends <= today + FAR, access.left() > 0)
    country = studio(work).country
    soon = [lot for lot in soon if _may_expire(lot, country)]
    known = _warned(work, [lot.id for lot in soon])
    told = 0
    for lot in soon:
        until = lot.valid_until
        days = until and warning_due(until, today, known.get((lot.id, until), set()))
        if until is None or not days:
            continue
        row = {"lot_id": lot.id, "until": until, "days": days}
        work.session.add(CreditWarning(**row, warned_at=work.now, created_at=work.now))
        work.emit(CreditRunsOut(lot.id, until, (until - today).days))
        told += 1
    work.session.flush()
    return told


def expire(work: Work, *, but: Collection[CreditLotId] = ()) -> list[Expired]:
    """Take away what is left of lots whose last day is over, and tell of it.

    What is in use stays in use. `but`: for which somebody has still to say what became of a
    lesson.
    """
    today = local_date(work.now, studio_zone(work))
    over = access.lots(work, access.last_day() < today, access.left() > 0)
    country = studio(work).country
    ids = [lot.id for lot in over if lot.id not in but and _may_expire(lot, country)]
    if not ids:
        return []
    access.hold(work, ids)
    made: list[Expired] = []
    for lot in access.lots(work, among(col(CreditLot.id), ids)):
        if lot.left <= 0 or lot.valid_until is None or lot.valid_until >= today:
            continue
        entry_id = write(work, lot.id, Act.EXPIRED, -lot.left, on=today)
        made.append(Expired(entry_id, lot.id, lot.left))
        work.emit(CreditRanOut(lot.id, lot.left))
    return made


def _may_expire(lot: Lot, country: str) -> bool:
    """As the law of the country has it; lots brought along from elsewhere may say otherwise."""
    until, made_on = lot.valid_until, lot.made_on
    return until is not None and may_expire(
        paid_for=lot.paid_for, country=country, made_on=made_on, until=until
    )


def _warned(
    work: Work, lot_ids: Collection[CreditLotId]
) -> dict[tuple[CreditLotId, date], set[int]]:
    query = select(CreditWarning).where(among(col(CreditWarning.lot_id), lot_ids))
    found: dict[tuple[CreditLotId, date], set[int]] = {}
    for row in work.session.exec(query):
        found.setdefault((row.lot_id, row.until), set()).add(row.days)
    return found
