"""What follows from a rule for one case: exact sums and days."""

from dataclasses import dataclass

from studio_app.bookings.rules.policies.case import Case
from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.kinds import (
    Act,
    ChargeAs,
    Given,
    Held,
    RefundTo,
    Slots,
    UsableIn,
    UsedCredit,
)
from studio_app.bookings.rules.policies.outcomes import Charge, Credit, Fee, Then
from studio_app.bookings.rules.policies.validity import Valid, valid_days
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.money import Money

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Granted:
    """A credit with its exact size: units of lessons or sessions, or a sum of money."""

    kind: CreditKind
    units: int
    money: Money | None
    valid: Valid
    aligned: bool = False
    usable_in: tuple[UsableIn, ...] = ()
    given: Given = Given.AT_ONCE


@dataclass(frozen=True, slots=True)
class Effects:
    """`charged` is None where the plan decides or nobody has said what the lesson costs.
    `teacher_pay` is a percentage; None: as usual."""

    allowed: bool = True
    approval: bool = False
    late: bool = False
    charge: ChargeAs = ChargeAs.BILLED
    charged: Money | None = None
    at_once: bool = False
    fee: Money | None = None
    credit: Granted | None = None
    refund_percent: int = 0
    refund: Money | None = None
    refund_to: RefundTo = RefundTo.SOURCE
    hold: Held | None = None
    used_credit: UsedCredit | None = None
    teacher_pay: int | None = None
    slot: Slots = Slots.KEPT
    words: str = ""


def effects_of(policy: Policy, then: Then, case: Case) -> Effects:
    """What is refused has no other effect. What would not be charged anyway is not given back:
    never both no charge and a credit for the same lesson."""
    if not then.allowed:
        return Effects(allowed=False, words=then.words)
    charge = _charge(then.charge, case)
    percent = then.refund.percent if then.refund and case.is_paid else 0
    refund = case.price.share(percent, _WHOLE) if percent and case.price else None
    return Effects(
        approval=then.approval,
        late=then.late,
        charge=charge,
        charged=_charged(charge, then.charge, case),
        at_once=then.charge.at_once,
        fee=_fee(then.fee, case),
        credit=_credit(policy, then, case, refund),
        refund_percent=percent,
        refund=refund,
        refund_to=then.refund.to if then.refund else RefundTo.SOURCE,
        hold=_hold(charge, at_once=then.charge.at_once) if case.is_held else None,
        used_credit=then.used_credit if case.is_make_up else None,
        teacher_pay=then.teacher_pay,
        slot=then.slot,
        words=then.words,
    )


def is_not_billed(charge: Charge, case: Case) -> bool:
    """A plan that bills what was held bills nothing for a lesson that was cancelled."""
    left = charge.how is ChargeAs.BILLED and case.plan.bills_what_is_held
    return left and case.act in {Act.CANCEL, Act.LEAVE}


def _charge(charge: Charge, case: Case) -> ChargeAs:
    return ChargeAs.NONE if is_not_billed(charge, case) else charge.how


def _charged(how: ChargeAs, charge: Charge, case: Case) -> Money | None:
    match how:
        case ChargeAs.NONE:
            return Money.zero(case.currency)
        case ChargeAs.FULL:
            return case.price
        case ChargeAs.PERCENT:
            return case.price.share(charge.percent or 0, _WHOLE) if case.price else None
        case ChargeAs.BILLED:
            return None


def _fee(fee: Fee | None, case: Case) -> Money | None:
    if fee is None:
        return None
    if fee.minor is not None:
        return Money(fee.minor, case.currency)
    return case.price.share(fee.percent or 0, _WHOLE) if case.price else None


def _credit(policy: Policy, then: Then, case: Case, refund: Money | None) -> Granted | None:
    said = then.credit
    if said is None or is_not_billed(then.charge, case):
        return None
    valid = valid_days(policy, case, said.valid)
    money = _money(said, case, refund) if said.kind is CreditKind.MONEY else None
    if valid is None or (said.kind is CreditKind.MONEY and not money):
        return None
    units = 0 if said.kind is CreditKind.MONEY else said.units
    return Granted(said.kind, units, money, valid, said.aligned, said.usable_in, said.given)


def _money(said: Credit, case: Case, refund: Money | None) -> Money | None:
    """No more than what the lesson costs and is not refunded."""
    if case.price is None:
        return Money(said.minor, case.currency) if said.minor is not None else None
    most = case.price - refund if refund else case.price
    wanted = (
        Money(said.minor, case.currency)
        if said.minor is not None
        else case.price.share(said.percent or 0, _WHOLE)
    )
    return wanted if wanted.minor <= most.minor else most


def _hold(charge: ChargeAs, *, at_once: bool) -> Held | None:
    match charge:
        case ChargeAs.NONE:
            return Held.RELEASED
        case ChargeAs.FULL | ChargeAs.PERCENT:
            return Held.CAPTURED_AT_ONCE if at_once else Held.CAPTURED
        case ChargeAs.BILLED:
            return None
