"""What a rule does: the shapes of its consequences."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from studio_app.bookings.rules.policies.kinds import (
    ChargeAs,
    DatedBy,
    Given,
    RefundTo,
    Slots,
    Until,
    UsableIn,
    UsedCredit,
)
from studio_app.bookings.rules.policies.shapes import STRICT, Days, Minor, Percent, Words
from studio_app.credits.rules.lots import CreditKind


@dataclass(frozen=True, slots=True)
class Charge:
    """`billed`: what the plan does anyway. `at_once`: a card is asked now, not after the lesson."""

    __pydantic_config__ = STRICT

    how: ChargeAs = ChargeAs.BILLED
    percent: Percent | None = None
    at_once: bool = False


BILLED = Charge()


@dataclass(frozen=True, slots=True)
class Fee:
    """A sum, or a percentage of the lesson's price, on top of what is charged for the lesson."""

    __pydantic_config__ = STRICT

    minor: Minor | None = None
    percent: Percent | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when a credit is good, the last day included; of several ends the earliest counts.

    Months and years end on the same day of the month, or the last one of a shorter month.
    """

    __pydantic_config__ = STRICT

    counted_from: DatedBy = DatedBy.LESSON
    days: Days | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    years: Annotated[int, Field(ge=1, le=10)] | None = None
    until: Until | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """What the family gets for later: lessons, sessions of a package, or money."""

    __pydantic_config__ = STRICT

    kind: CreditKind = CreditKind.LESSON
    units: Annotated[int, Field(ge=1, le=20)] = 1
    percent: Percent | None = None
    minor: Minor | None = None
    valid: Validity | None = None
    aligned: bool = False
    """Only at the student's own weekday and time"""
    usable_in: tuple[UsableIn, ...] = ()
    """Only in such times; unsaid: in any that is open"""
    given: Given = Given.AT_ONCE


@dataclass(frozen=True, slots=True)
class Refund:
    """Of what was paid; to where it came from, or off the next invoice."""

    __pydantic_config__ = STRICT

    percent: Percent = 100
    to: RefundTo = RefundTo.SOURCE


@dataclass(frozen=True, slots=True)
class Then:
    """What follows. What is not said stays as it would be without a policy."""

    __pydantic_config__ = STRICT

    allowed: bool = True
    approval: bool = False
    late: bool = False
    charge: Charge = BILLED
    fee: Fee | None = None
    credit: Credit | None = None
    refund: Refund | None = None
    used_credit: UsedCredit | None = None
    """What becomes of the credit this lesson was booked with"""
    teacher_pay: Percent | None = None
    """Of what the lesson pays; unsaid: as usual; 0: taken back"""
    slot: Slots = Slots.KEPT
    words: Words = ""
    """Said to the family too, in the studio's own words"""


AS_USUAL = Then()
