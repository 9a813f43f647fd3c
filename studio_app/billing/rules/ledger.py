"""What a movement of money looks like: entries that sum to zero.

An amount is positive on the side that receives (a debit) and negative on the side that
gives: a charge adds to what a family owes and to income, which is kept as a negative sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from studio_app.kit.ids import FamilyId, PricePlanId, StudentId, TransactionId, new_id
from studio_app.kit.money import Money
from studio_app.kit.words import Labelled, Text


class Account(Labelled):
    """Credit given is what credits cost the studio, credit owed what families still have."""

    RECEIVABLE = "receivable"
    INCOME = "income"
    DEFERRED_INCOME = "deferred_income"
    TAX = "tax"
    CASH = "cash"
    BANK = "bank"
    CARD_CLEARING = "card_clearing"
    FEES = "fees"
    PAYOUTS = "payouts"
    CHARGEBACKS = "chargebacks"
    CREDIT_GIVEN = "credit_given"
    CREDIT_OWED = "credit_owed"
    EXPIRED_CREDIT = "expired_credit"
    WRITE_OFF = "write_off"
    OPENING_BALANCE = "opening_balance"


class Kind(Labelled):
    """Why money moved. A charge is about a seat, a fee about itself."""

    CHARGE = "charge"
    RECOGNITION = "recognition"
    FEE = "fee"
    TAX = "tax"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    WRITE_OFF = "write_off"
    OPENING_BALANCE = "opening_balance"
    PACKAGE = "package"
    SESSION_HELD = "session_held"
    CREDIT_GIVEN = "credit_given"
    CREDIT_USED = "credit_used"
    CREDIT_VOIDED = "credit_voided"
    CREDIT_EXPIRED = "credit_expired"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A rate in hundredths of a percent, inside the price or on top of it."""

    basis_points: int = 0
    included: bool = True


NO_TAX = TaxRate()


@dataclass(frozen=True, slots=True)
class Entry:
    account: Account
    minor: int
    family_id: FamilyId | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """One transaction that is ready to be written."""

    kind: Kind
    about_id: UUID
    effective_on: date
    words: Text
    currency: str
    entries: tuple[Entry, ...]
    nth: int = 1
    reverses_id: TransactionId | None = None
    student_id: StudentId | None = None
    price_plan_id: PricePlanId | None = None
    tax: TaxRate = NO_TAX
    id: TransactionId = field(default_factory=lambda: TransactionId(new_id()))

    def __post_init__(self) -> None:
        if sum(entry.minor for entry in self.entries) != 0:
            raise ValueError(f"a {self.kind} that does not sum to zero")

    def nth_time(self, nth: int) -> "Posting":
        return replace(self, nth=nth)

    @property
    def family_id(self) -> FamilyId:
        """Whose account it is on; every movement a family sees has one."""
        return next(entry.family_id for entry in self.entries if entry.family_id)

    @property
    def owed_minor(self) -> int:
        """How much more a family owes by it."""
        return sum(e.minor for e in self.entries if e.account is Account.RECEIVABLE)


def owed(family_id: FamilyId, amount: Money, against: Account) -> tuple[Entry, ...]:
    """The family owes this much more (or less, when negative); the other account gives it."""
    return (
        Entry(Account.RECEIVABLE, amount.minor, family_id),
        Entry(against, -amount.minor),
    )


def moved(amount: Money, *, out_of: Account, into: Account) -> tuple[Entry, ...]:
    """Between two accounts of the studio; no family owes more or less for it."""
    return (Entry(out_of, amount.minor), Entry(into, -amount.minor))


def mirrored(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(replace(entry, minor=-entry.minor) for entry in entries)
