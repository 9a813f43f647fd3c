"""Packages that are nearly used up: who may want another one."""

from dataclasses import dataclass

from sqlmodel import col, select

from studio_app.billing.models.packages import PackageSale
from studio_app.credits import access
from studio_app.credits.commands.using import LOW
from studio_app.credits.models import CreditLot
from studio_app.credits.rules.lots import CreditKind
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import FamilyId
from studio_app.kit.work import Work, requires
from studio_app.people.models import Family


@dataclass(frozen=True, slots=True)
class RunningLow:
    family_id: FamilyId
    family: str
    left: int


@requires(Permission.OVERVIEW_VIEW)
def packages_running_low(work: Work) -> list[RunningLow]:
    """Families of whose last package one or two sessions are left; who has more elsewhere, or
    has used all of it, is not asked about."""
    today = local_date(work.now, studio_zone(work))
    sold = col(CreditLot.id).in_(select(PackageSale.lot_id))
    lots = access.lots(work, sold, col(CreditLot.kind) == CreditKind.SESSION, access.left() > 0)
    left: dict[FamilyId, int] = {}
    for lot in lots:
        if lot.is_valid(today):
            left[lot.family_id] = left.get(lot.family_id, 0) + lot.left
    low = {family_id: n for family_id, n in left.items() if n <= LOW}
    query = select(Family).where(col(Family.id).in_(low), col(Family.archived_at).is_(None))
    found = work.session.exec(query.order_by(col(Family.name)))
    return [RunningLow(one.id, one.name, low[one.id]) for one in found]
