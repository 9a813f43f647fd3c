"""What a seat should have in the books, given what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from studio_app.attendance.rules import Outcome, is_billable
from studio_app.billing.rules.ledger import (
    Account,
    Kind,
    Posting,
    TaxRate,
    mirrored,
    moved,
    owed,
)
from studio_app.billing.rules.pricing import Mode, Per, Price, Scope
from studio_app.billing.rules.words import Kept, sentence
from studio_app.kit.ids import (
    CreditEntryId,
    CreditLotId,
    EnrolmentId,
    FamilyId,
    PricePlanId,
    SeatId,
    SeriesId,
    StudentId,
    TransactionId,
)
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _


class Problem(StrEnum):
    """Why somebody has to decide before a lesson can be billed."""

    UNRECORDED = "unrecorded"
    NO_PRICE = "no_price"


@dataclass(frozen=True, slots=True)
class Charged:
    """A charge of a seat: what it says, and the tax that is inside of it."""

    id: TransactionId
    minor: int
    account: Account
    words: Kept
    tax: TaxRate
    family_id: FamilyId
    billed: bool = False
    tax_minor: int = 0
    price_plan_id: PricePlanId | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """A lesson or a session pays for a seat; `booked`: from when it was booked, held or not."""

    entry_id: CreditEntryId
    lot_id: CreditLotId
    booked: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """What was decided that a seat costs in which nobody sits: exactly `minor`, or what it costs
    anyway. `forfeits`: what paid for it by credit stays spent."""

    minor: int | None = None
    forfeits: bool = False


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A student's place in a lesson, with everything that decides what it costs."""

    seat_id: SeatId
    family_id: FamilyId
    student_id: StudentId
    student: str
    on: date
    ends_at: datetime
    scope: Scope
    lesson_type: str
    takes_place: bool
    outcome: Outcome | None = None
    mode: Mode = Mode.ARREARS
    enrolment_id: EnrolmentId | None = None
    series_id: SeriesId | None = None
    charged: Charged | None = None
    """The charge that counts now."""
    sold: Charged | None = None
    """Without one: what it was last sold for, on an invoice that stands."""
    recognised: TransactionId | None = None
    provisional: bool = False
    """The place is only held for them so far: it is not sold in advance."""
    stands: bool = True
    """The place is kept, also where it is only asked for so far"""
    covered: Covered | None = None
    decided: Ruled | None = None
    """What was decided it costs, should it not take place"""

    @property
    def is_held(self) -> bool:
        return self.takes_place and is_billable(self.outcome)

    @property
    def ruled(self) -> Ruled | None:
        """What counts of what was decided: nothing where the lesson takes place after all."""
        return None if self.takes_place else self.decided

    @property
    def is_earned(self) -> bool:
        """Held, or paid for although it was cancelled."""
        return self.is_held or (self.ruled is not None and self.ruled.minor != 0)

    @property
    def is_recorded(self) -> bool:
        return self.outcome not in {None, Outcome.UNMARKED}

    @property
    def what(self) -> Text:
        if self.ruled is not None:
            return _(
                "{type}, {minutes} min, cancelled",
                type=self.lesson_type,
                minutes=self.scope.minutes,
            )
        return _("{type}, {minutes} min", type=self.lesson_type, minutes=self.scope.minutes)


def should_be_charged(seat: SeatFacts, *, selling: bool = False) -> bool:
    """Whether the books should hold a charge for this seat.

    In arrears: once it was held. In advance: from when its term is sold, unless it does
    not take place, the student was excused, or the place is only held for them; never both a
    charge and a credit. What was sold and takes place again is owed again, at exactly what
    it was sold for. What a credit pays for is never charged; a lesson that was cancelled costs
    what was decided.
    """
    if seat.covered is not None:
        return False
    if seat.ruled is not None:
        return seat.ruled.minor != 0
    if seat.mode is Mode.ARREARS:
        return seat.is_held
    if not seat.takes_place or seat.outcome == Outcome.EXCUSED:
        return False
    sells = selling and not seat.provisional
    return sells or seat.is_held or (seat.sold or seat.charged) is not None


def costs_otherwise(seat: SeatFacts, price: Price | None) -> bool:
    """Charged at what it does not cost any more, and no invoice asks for it yet.

    Somebody else taught it, it became longer, or its price was said later. What was billed
    or sold for a term stays as it was, unless something else was decided since.
    """
    charged = seat.charged
    if charged and seat.ruled and seat.ruled.minor is not None:
        return charged.minor != seat.ruled.minor
    if charged and seat.mode is Mode.ADVANCE and seat.takes_place and not seat.is_held:
        return charged.account is Account.INCOME  # by a decision that does not count any more
    if charged is None or charged.billed or price is None or price.per is not Per.LESSON:
        return False
    if seat.mode is not Mode.ARREARS or charged.account is not Account.INCOME:
        return False
    return (charged.minor, charged.tax) != (price.amount.minor, price.tax)


def problem_of(seat: SeatFacts, price: Price | None, *, now: datetime) -> Problem | None:
    """Why this seat cannot be billed without somebody's decision, or None."""
    if seat.takes_place and not seat.is_recorded and seat.ends_at <= now:
        return Problem.UNRECORDED
    wanted = should_be_charged(seat, selling=seat.mode is Mode.ADVANCE)
    if wanted and (seat.charged or seat.sold) is None and price is None:
        return Problem.NO_PRICE
    return None


def charge(seat: SeatFacts, price: Price, amount: Money, *, on: date, words: Text) -> Posting:
    """The family owes for a seat: income if it is earned, deferred if it is sold before."""
    earned = seat.mode is Mode.ARREARS or seat.ruled is not None
    account = Account.INCOME if earned else Account.DEFERRED_INCOME
    return Posting(
        kind=Kind.CHARGE,
        about_id=seat.seat_id,
        effective_on=on,
        words=words,
        currency=amount.currency,
        entries=owed(seat.family_id, amount, account),
        student_id=seat.student_id,
        price_plan_id=price.id,
        tax=price.tax,
    )


def charge_again(seat: SeatFacts, sold: Charged, currency: str, *, on: date) -> Posting:
    """The family owes what the seat was sold for, whatever lessons cost by now."""
    return Posting(
        kind=Kind.CHARGE,
        about_id=seat.seat_id,
        effective_on=on,
        words=sentence(sold.words),
        currency=currency,
        entries=owed(seat.family_id, Money(sold.minor, currency), Account.DEFERRED_INCOME),
        student_id=seat.student_id,
        price_plan_id=sold.price_plan_id,
        tax=sold.tax,
    )


def undo_charge(seat: SeatFacts, charged: Charged, currency: str, *, on: date) -> Posting:
    """The family that was charged does not owe for a seat after all."""
    entries = owed(charged.family_id, Money(charged.minor, currency), charged.account)
    return Posting(
        kind=Kind.REVERSAL,
        about_id=charged.id,
        effective_on=on,
        words=_("Reversed: {what}", what=charged.words),
        currency=currency,
        entries=mirrored(entries),
        reverses_id=charged.id,
        student_id=seat.student_id,
        tax=charged.tax,
    )


def recognition(seat: SeatFacts, charged: Charged, currency: str) -> Posting:
    """What was sold in advance becomes income, now that the lesson was held."""
    inside = charged.tax_minor if charged.tax.included else 0
    net = Money(charged.minor - inside, currency)
    return Posting(
        kind=Kind.RECOGNITION,
        about_id=seat.seat_id,
        effective_on=seat.on,
        words=_("Held: {what}", what=charged.words),
        currency=currency,
        entries=moved(net, out_of=Account.DEFERRED_INCOME, into=Account.INCOME),
        student_id=seat.student_id,
    )


def needs_recognition(seat: SeatFacts) -> bool:
    deferred = seat.charged is not None and seat.charged.account is Account.DEFERRED_INCOME
    return deferred and seat.is_earned and seat.recognised is None


def loses_recognition(seat: SeatFacts) -> bool:
    return seat.recognised is not None and not seat.is_earned
