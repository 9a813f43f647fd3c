"""What was decided about a seat is done: credit, charge and fee, in the transaction that cancels.

What the lesson costs is a ruling that billing reads when it hears that the lesson is off.
"""

from studio_app.billing.access import rows
from studio_app.billing.commands.credits import write_grant
from studio_app.billing.commands.ledger import reverse, today
from studio_app.billing.commands.prices import write_fee
from studio_app.billing.commands.ruling import Ruling, rule_on, withdraw_ruling
from studio_app.billing.rules.ledger import Kind
from studio_app.bookings.access.policy_cases import SeatCase
from studio_app.bookings.consequences import Decided
from studio_app.bookings.rules.policies.effects import Effects, Granted
from studio_app.bookings.rules.policies.kinds import ChargeAs, Given, Plan, UsedCredit
from studio_app.bookings.rules.policies.wording import say
from studio_app.credits.commands.giving import Grant
from studio_app.credits.rules.lots import CreditKind, GoodFor, Source
from studio_app.identity.access import studio
from studio_app.kit.ids import DecisionId, SeatId
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work


def carry_out(work: Work, decided: Decided, decision_id: DecisionId) -> None:
    """Do what follows; the decision is what ruling and fee are about."""
    assert decided.decision is not None  # noqa: S101  it was kept
    about, effects = decided.about, decided.decision.effects
    ruling = ruling_of(about, effects)
    if ruling is not None:
        rule_on(work, about.seat_id, Ruling(ruling.amount, ruling.forfeits, decision_id))
    credit = None if comes_back(about, effects) else effects.credit
    if credit is not None and credit.given is Given.AT_ONCE:
        write_grant(work, _grant(work, decided, credit))
    if effects.fee is not None and effects.fee.minor:
        what = str(_("Fee by the policy: {lesson}", lesson=about.lesson_type))
        whose = (about.family_id, effects.fee, what)
        write_fee(work, *whose, student_id=about.student_id, about_id=decision_id)


def ruling_of(about: SeatCase, effects: Effects) -> Ruling | None:
    """None: a lesson that is off costs nothing, and what paid for it comes back.

    What was sold before stays sold where the policy leaves the charge as it is. What a credit had
    paid for never costs money instead: it is spent or comes back to where it was.
    """
    by_credit = about.case.plan is Plan.PACKAGE or about.case.is_make_up
    spent = effects.charge is ChargeAs.FULL or effects.used_credit is UsedCredit.LOST
    if effects.charge in {ChargeAs.FULL, ChargeAs.PERCENT}:
        return Ruling(effects.charged, forfeits=spent)
    if effects.charge is ChargeAs.BILLED and about.case.plan is Plan.PACKAGE:
        spent = spent or not comes_back(about, effects)
    if spent:
        return Ruling(Money.zero(about.case.currency), forfeits=True)
    stays_sold = effects.charge is ChargeAs.BILLED and not about.case.plan.bills_what_is_held
    return Ruling() if stays_sold and not by_credit else None


def comes_back(about: SeatCase, effects: Effects) -> bool:
    """A session for a session: it goes back to the package it came from."""
    credit = effects.credit
    return (
        about.case.plan is Plan.PACKAGE and credit is not None and credit.kind is CreditKind.SESSION
    )


def take_back(work: Work, seat_id: SeatId, decision_id: DecisionId) -> None:
    """What was decided counts no more: no ruling, no fee. The credit is for `unspending`."""
    withdraw_ruling(work, seat_id)
    fee = rows.live(work, Kind.FEE, decision_id)
    if fee is not None:
        reverse(work, [fee.id], on=today(work))


def _grant(work: Work, decided: Decided, credit: Granted) -> Grant:
    """For the whole family in lessons of this kind; money for anything it owes."""
    about, here = decided.about, studio(work)
    case = about.case
    own = credit.aligned
    start = case.starts_at.astimezone(case.zone)
    lesson = GoodFor(
        about.case.lesson_type_id,
        weekday=start.isoweekday() if own else None,
        at=start.time() if own else None,
    )
    is_money = credit.kind is CreditKind.MONEY
    assert decided.decision is not None  # noqa: S101  only what was decided is carried out
    return Grant(
        about.family_id,
        credit.kind,
        credit.money.minor if credit.money else credit.units,
        Source.CANCELLATION,
        reason=say(decided.decision.sentence, work.actor.locale),
        student_id=None if is_money else about.student_id,
        good_for=GoodFor() if is_money else lesson,
        about_id=about.seat_id,
        valid_from=credit.valid.since,
        valid_until=credit.valid.until,
        currency=here.currency if is_money else None,
    )
