"""What credits tell the contexts above them."""

from dataclasses import dataclass
from datetime import date

from studio_app.kit.ids import CreditLotId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class CreditRunsOut(Event):
    """Something is left of a lot, and in so many days (30 or 7, or fewer) it is gone."""

    lot_id: CreditLotId
    until: date
    days: int


@dataclass(frozen=True, slots=True)
class CreditRanOut(Event):
    """What was left of a lot is gone: so many units, or minor units of its currency."""

    lot_id: CreditLotId
    amount: int


@dataclass(frozen=True, slots=True)
class CreditLow(Event):
    """Of what was sold to a family two are left."""

    lot_id: CreditLotId
    left: int
