"""The sentence a family reads: why, what follows with exact sums and days, and whose policy."""

from collections.abc import Iterator

from studio_app.bookings.rules.policies.case import Case
from studio_app.bookings.rules.policies.document import Policy, Rule
from studio_app.bookings.rules.policies.effects import Effects, Granted
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
from studio_app.bookings.rules.policies.reasons import why
from studio_app.bookings.rules.policies.wording import all_of, any_of
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.words import Text, _, many
from studio_app.scheduling.rules.states import CancelledBy

_REFUSED = {
    Act.CANCEL: _("the lesson cannot be cancelled"),
    Act.MOVE: _("the lesson cannot be moved"),
    Act.LEAVE: _("the weekly lessons cannot be ended like this"),
}
_POSSIBLE = {
    Act.MOVE: _("the lesson can be moved"),
    Act.LEAVE: _("the weekly lessons can be ended"),
}
_USED = {
    UsedCredit.RETURNED: _("the credit it was booked with comes back"),
    UsedCredit.LOST: _("the credit it was booked with is lost"),
}
_USABLE = {
    UsableIn.FREED: _("in times that others have given back"),
    UsableIn.MAKE_UP_DAYS: _("on one of the make-up days"),
}
_GIVEN = {
    Given.ONCE_FILLED: _("once somebody else takes this time"),
    Given.ONCE_AGREED: _("once the studio has agreed"),
}


def sentence_of(policy: Policy, rule: Rule, case: Case, effects: Effects) -> Text:
    """“This is within 24 hours: no make-up credit will be issued, per Allegro Music policy.”"""
    lead, what = why(policy, rule, case), all_of(list(_consequences(case, effects)))
    if lead and case.studio:
        said = _("{lead}: {what}, per {studio} policy.", lead=lead, what=what, studio=case.studio)
    elif lead:
        said = _("{lead}: {what}.", lead=lead, what=what)
    elif case.studio:
        said = _("Per {studio} policy: {what}.", what=what, studio=case.studio)
    else:
        said = _("By the policy: {what}.", what=what)
    own = effects.words.strip()
    return _("{said} {words}", said=said, words=own) if own else said


def _consequences(case: Case, effects: Effects) -> Iterator[Text]:
    if not effects.allowed:
        yield _REFUSED.get(case.act, _("this is not possible"))
        return
    said = [
        *([_POSSIBLE[case.act]] if case.act in _POSSIBLE else []),
        *_money_taken(case, effects),
        *_money_given(effects),
        *_credits(case, effects),
        *_rest(effects),
    ]
    yield from said or [_("nothing changes")]


def _money_taken(case: Case, effects: Effects) -> Iterator[Text]:
    if effects.charge in {ChargeAs.FULL, ChargeAs.PERCENT}:
        yield _charged(effects)
    elif effects.charge is ChargeAs.NONE and case.act is not Act.MOVE:
        yield _("nothing is charged for it")
    elif _is_lost(case, effects):
        yield _("the lesson stays charged")
    if effects.fee:
        yield _("a fee of {money} is charged", money=effects.fee)
    if effects.hold is Held.CAPTURED_AT_ONCE:
        yield _("the card is charged at once")


def _charged(effects: Effects) -> Text:
    money, is_full = effects.charged, effects.charge is ChargeAs.FULL
    if money is None:
        return (
            _("the lesson is charged in full")
            if is_full
            else _("a part of the lesson’s price is charged")
        )
    if is_full:
        return _("the lesson is charged in full, {money}", money=money)
    return _("{money} of the lesson’s price is charged", money=money)


def _money_given(effects: Effects) -> Iterator[Text]:
    if effects.hold is Held.RELEASED:
        yield _("the amount held on the card is released")
    if not effects.refund_percent:
        return
    money, later = effects.refund, effects.refund_to is RefundTo.INVOICE
    if money is None:
        yield _("what was paid for it is given back")
    elif later:
        yield _("{money} comes off the next invoice", money=money)
    else:
        yield _("{money} is refunded", money=money)


def _is_lost(case: Case, effects: Effects) -> bool:
    """A family's lesson that is not had and for which nothing is given."""
    given = effects.credit or effects.refund_percent or effects.charge is ChargeAs.NONE
    missed = case.act in {Act.CANCEL, Act.NO_SHOW} and case.by is CancelledBy.FAMILY
    return missed and not given and not case.is_make_up


def _credits(case: Case, effects: Effects) -> Iterator[Text]:
    if effects.credit:
        yield credit_words(effects.credit)
    elif _is_lost(case, effects):
        yield _("no make-up credit will be issued")
    if effects.used_credit:
        yield _USED[effects.used_credit]


def credit_words(credit: Granted) -> Text:
    """A make-up credit for one lesson, to be used by 13 Sept 2026."""
    parts = [_credit(credit), *_bounds(credit)]
    said = parts[0]
    for one in parts[1:]:
        said = _("{first}, {next}", first=said, next=one)
    return said


def _credit(credit: Granted) -> Text:
    match credit.kind:
        case CreditKind.LESSON:
            return many(
                "a make-up credit for one lesson is given",
                "make-up credits for {n} lessons are given",
                n=credit.units,
            )
        case CreditKind.SESSION:
            return many(
                "one session goes back to the package",
                "{n} sessions go back to the package",
                n=credit.units,
            )
        case CreditKind.MONEY:
            return _("{money} is given as credit", money=credit.money)


def _bounds(credit: Granted) -> Iterator[Text]:
    if credit.given in _GIVEN:
        yield _GIVEN[credit.given]
    if credit.valid.until:
        yield _("to be used by {day}", day=credit.valid.until)
    if credit.aligned:
        yield _("at the usual weekday and time")
    if credit.usable_in:
        yield any_of([_USABLE[one] for one in credit.usable_in])


def _rest(effects: Effects) -> Iterator[Text]:
    if effects.slot is Slots.RELEASED:
        yield _("the weekly place is given up")
    if effects.late:
        yield _("it is marked as late")
    if effects.approval:
        yield _("somebody of the studio looks at it first")
