"""What a rule does, as its owner reads it: “a make-up credit, good for 30 days; a fee of £5”."""

from collections.abc import Iterator

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
from studio_app.bookings.rules.policies.outcomes import Charge, Credit, Fee, Refund, Then, Validity
from studio_app.bookings.rules.policies.wording import all_of, any_of
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _, many

_UNTIL = {
    Until.TERM: _("until the end of the term"),
    Until.NEXT_TERM: _("until the end of the next term"),
    Until.WINDOW: _("until the end of that part of the year"),
    Until.NEXT_WINDOW: _("until the end of the next part of the year"),
    Until.YEAR: _("until the end of the year"),
    Until.SCHOOL_YEAR: _("until the end of the school year"),
    Until.MAKE_UP_DAYS: _("until the last make-up day"),
}
_USED = {
    UsedCredit.RETURNED: _("a credit that was used comes back"),
    UsedCredit.LOST: _("a credit that was used is lost"),
}
_USABLE = {
    UsableIn.FREED: _("in times that others have given back"),
    UsableIn.MAKE_UP_DAYS: _("on make-up days"),
}
_GIVEN = {
    Given.ONCE_FILLED: _("once somebody else takes the time"),
    Given.ONCE_AGREED: _("once the studio has agreed"),
}
_NOTHING = 0


def effect_words(then: Then, currency: str, *, missed: bool) -> Text:
    """All that follows, one after the other; what is refused has nothing else. Of a lesson that
    is `missed` it is also said that there is no credit."""
    if not then.allowed:
        return _("it is not possible")
    lost = missed and then.charge.how is not ChargeAs.NONE and then.used_credit is None
    credit = _credit(then, currency, lost=lost)
    return all_of([*_money(then, currency), *credit, *_rest(then)])


def _money(then: Then, currency: str) -> Iterator[Text]:
    yield _charge(then.charge)
    if then.fee:
        yield _fee(then.fee, currency)
    if then.refund:
        yield _refund(then.refund)


def _charge(charge: Charge) -> Text:
    said = {
        ChargeAs.BILLED: _("the lesson is billed as usual"),
        ChargeAs.NONE: _("nothing is charged for it"),
        ChargeAs.FULL: _("the lesson is charged in full"),
        ChargeAs.PERCENT: _("{percent}% of its price is charged", percent=charge.percent),
    }[charge.how]
    return _("{charge} at once", charge=said) if charge.at_once else said


def _fee(fee: Fee, currency: str) -> Text:
    if fee.minor is not None:
        return _("a fee of {money}", money=Money(fee.minor, currency))
    return _("a fee of {percent}% of its price", percent=fee.percent)


def _refund(refund: Refund) -> Text:
    if refund.to is RefundTo.INVOICE:
        return _("{percent}% of what was paid comes off the next invoice", percent=refund.percent)
    return _("{percent}% of what was paid is refunded", percent=refund.percent)


def _credit(then: Then, currency: str, *, lost: bool) -> Iterator[Text]:
    if then.credit is not None:
        yield _granted(then.credit, currency)
    elif lost:
        yield _("no make-up credit")
    if then.used_credit:
        yield _USED[then.used_credit]


def _granted(credit: Credit, currency: str) -> Text:
    bounds = list(_validity(credit.valid)) if credit.valid else []
    if credit.given in _GIVEN:
        bounds.append(_GIVEN[credit.given])
    if credit.aligned:
        bounds.append(_("at the own weekday and time"))
    if credit.usable_in:
        bounds.append(any_of([_USABLE[one] for one in credit.usable_in]))
    what = _what(credit, currency)
    return _("{credit} ({bounds})", credit=what, bounds=all_of(bounds)) if bounds else what


def _what(credit: Credit, currency: str) -> Text:
    match credit.kind:
        case CreditKind.LESSON:
            return many("a make-up credit", "{n} make-up credits", n=credit.units)
        case CreditKind.SESSION:
            return many(
                "one session back to the package",
                "{n} sessions back to the package",
                n=credit.units,
            )
        case CreditKind.MONEY if credit.minor is not None:
            return _("a credit of {money}", money=Money(credit.minor, currency))
        case CreditKind.MONEY:
            return _("a credit of {percent}% of its price", percent=credit.percent)


def _validity(valid: Validity) -> Iterator[Text]:
    since = (
        _("the lesson") if valid.counted_from is DatedBy.LESSON else _("the day it is cancelled")
    )
    if n := valid.days:
        yield many("{n} day from {since}", "{n} days from {since}", n=n, since=since)
    if n := valid.months:
        yield many("{n} month from {since}", "{n} months from {since}", n=n, since=since)
    if n := valid.years:
        yield many("{n} year from {since}", "{n} years from {since}", n=n, since=since)
    if valid.until:
        yield _UNTIL[valid.until]


def _rest(then: Then) -> Iterator[Text]:
    if then.teacher_pay == _NOTHING:
        yield _("the teacher is not paid")
    elif then.teacher_pay is not None:
        yield _("the teacher gets {percent}% of the pay", percent=then.teacher_pay)
    if then.slot is Slots.RELEASED:
        yield _("the weekly place is given up")
    if then.late:
        yield _("it is marked as late")
    if then.approval:
        yield _("the studio has to agree")
    if then.words:
        yield _("the family reads “{words}”", words=then.words)
