"""Shorthand for tests: credits that are given, used, given back."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col

from studio_app.billing.commands.credits import give_credit
from studio_app.credits import access
from studio_app.credits.commands.using import Used, release, use_credit
from studio_app.credits.models import CreditLot
from studio_app.credits.rules.lots import ANYTHING, CreditKind, GoodFor, Need
from studio_app.kit.access import Permission
from studio_app.kit.ids import CreditLotId, FamilyId, StudentId
from studio_app.kit.work import Work, requires
from tests.conftest import World


@requires(Permission.BILLING_MANAGE)
def use_for(work: Work, need: Need, target: UUID, *, booked: bool = False) -> list[Used]:
    return use_credit(work, need, target, booked=booked)


@requires(Permission.BILLING_MANAGE)
def release_from(work: Work, target: UUID, on: date, *, by_family: bool = True) -> int:
    return sum(one.amount for one in release(work, target, on=on, by_family=by_family))


class Purse:
    """Sam's family and its credits."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def today(self) -> date:
        return self.world.now.date()

    def give(
        self,
        amount: int = 1,
        kind: CreditKind = CreditKind.LESSON,
        *,
        until: date | None = None,
        good_for: GoodFor = ANYTHING,
        student_id: StudentId | None = None,
    ) -> CreditLotId:
        return self.world.run(
            self.world.olivia,
            give_credit,
            self.world.family_id,
            kind,
            amount,
            reason="Sorry",
            good_for=good_for,
            student_id=student_id,
            valid_until=until,
        )

    def use(
        self,
        target: UUID,
        amount: int = 1,
        kind: CreditKind = CreditKind.LESSON,
        *,
        on: date | None = None,
        family_id: FamilyId | None = None,
        **more: Any,
    ) -> list[CreditLotId]:
        need = Need(
            family_id or self.world.family_id,
            on or self.today,
            {kind},
            amount,
            student_id=self.world.student_id,
            currency="GBP" if kind is CreditKind.MONEY else None,
        )
        used = self.world.run(self.world.olivia, use_for, need, target, **more)
        return [each.lot_id for each in used]

    def release(self, target: UUID, *, on: date | None = None, by_family: bool = True) -> int:
        world = self.world
        given = {"by_family": by_family}
        return world.run(world.olivia, release_from, target, on or self.today, **given)

    def left(self) -> int:
        """What is left of everything the family has."""
        return sum(left for left, _until in self.lots())

    def lots(self) -> list[tuple[int, date | None]]:
        work = self.world.as_(self.world.olivia)
        found = access.lots(work, col(CreditLot.family_id) == self.world.family_id)
        return [(lot.left, lot.valid_until) for lot in found]

    def at(self, now: Any) -> "Purse":
        return Purse(self.world.at(now))
