"""What holds for every policy and every case, whoever wrote the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.bookings.rules.policies.case import Case, Days, Past
from studio_app.bookings.rules.policies.checking import faults_of
from studio_app.bookings.rules.policies.conditions import Count, Notice, When
from studio_app.bookings.rules.policies.deciding import Decision, decide
from studio_app.bookings.rules.policies.document import Policy, Rule
from studio_app.bookings.rules.policies.kinds import (
    Act,
    ChargeAs,
    Counted,
    DatedBy,
    Period,
    Plan,
    RefundTo,
    Until,
    UsedCredit,
)
from studio_app.bookings.rules.policies.outcomes import (
    Charge,
    Credit,
    Fee,
    Refund,
    Then,
    Validity,
)
from studio_app.bookings.rules.policies.presets import PRESETS
from studio_app.bookings.rules.policies.reading import as_data, policy_of
from studio_app.bookings.rules.policies.wording import say
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.money import Money
from studio_app.scheduling.rules.states import CancelledBy

ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/Vancouver", "Australia/Sydney")]
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.sampled_from(["30 min", "2 h", "12 h", "24 h", "48 h", "7 d"])
TERMS = (Days(date(2026, 9, 1), date(2026, 12, 18)), Days(date(2027, 1, 4), date(2027, 7, 20)))

pasts = st.builds(
    Past,
    act=st.sampled_from(Act),
    by=st.sampled_from(CancelledBy),
    at=INSTANTS,
    starts_at=INSTANTS,
    credited=st.booleans(),
    late=st.booleans(),
)
cases = st.builds(
    Case,
    act=st.sampled_from(Act),
    by=st.sampled_from(CancelledBy),
    at=INSTANTS,
    starts_at=INSTANTS,
    zone=st.sampled_from(ZONES),
    currency=st.just("GBP"),
    price=st.none() | st.integers(0, 10**6).map(lambda minor: Money(minor, "GBP")),
    studio=st.sampled_from(["", "Allegro Music"]),
    reason=st.sampled_from(["illness", "weather", "other"]),
    plan=st.sampled_from(Plan),
    is_make_up=st.booleans(),
    is_paid=st.booleans(),
    is_held=st.booleans(),
    late_by=st.none() | st.timedeltas(timedelta(0), timedelta(hours=1)),
    terms=st.sampled_from([(), TERMS]),
    history=st.lists(pasts, max_size=4).map(tuple),
)
counts = st.builds(
    Count,
    what=st.sampled_from(Counted),
    period=st.sampled_from([one for one in Period if one is not Period.WINDOW]),
    fewer_than=st.integers(1, 5),
).map(lambda one: replace(one, days=30) if one.period is Period.ROLLING else one)
whens = st.builds(
    When,
    acts=st.lists(st.sampled_from(Act), max_size=2, unique=True).map(tuple),
    by=st.lists(st.sampled_from(CancelledBy), max_size=2, unique=True).map(tuple),
    notice=st.none() | st.builds(Notice, at_least=SPANS) | st.builds(Notice, less_than=SPANS),
    plans=st.lists(st.sampled_from(Plan), max_size=2, unique=True).map(tuple),
    make_up=st.none() | st.booleans(),
    paid=st.none() | st.booleans(),
    counts=st.lists(counts, max_size=2).map(tuple),
)
validities = st.builds(
    Validity,
    counted_from=st.sampled_from(DatedBy),
    days=st.none() | st.integers(1, 400),
    months=st.none() | st.integers(1, 24),
    until=st.none() | st.sampled_from([Until.TERM, Until.NEXT_TERM, Until.SCHOOL_YEAR]),
)
credits_given = st.one_of(
    st.builds(Credit, kind=st.sampled_from([CreditKind.LESSON, CreditKind.SESSION])),
    st.builds(Credit, kind=st.just(CreditKind.MONEY), percent=st.integers(0, 100)),
    st.builds(Credit, kind=st.just(CreditKind.MONEY), minor=st.integers(0, 10**6)),
)
thens = st.builds(
    Then,
    charge=st.builds(Charge, how=st.sampled_from([one for one in ChargeAs if one != "percent"])),
    fee=st.none() | st.builds(Fee, minor=st.integers(0, 9999)),
    credit=st.none() | st.builds(replace, credits_given, valid=st.none() | validities),
    refund=st.none() | st.builds(Refund, percent=st.integers(0, 100), to=st.sampled_from(RefundTo)),
    used_credit=st.none() | st.sampled_from(UsedCredit),
    late=st.booleans(),
    approval=st.booleans(),
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """What an owner could have kept: whatever the checks let through."""
    drawn = draw(st.lists(st.tuples(whens, thens), max_size=4))
    rules = [Rule(f"rule-{n}", when, then) for n, (when, then) in enumerate(drawn)]
    policy = Policy((*rules, Rule("rest", then=draw(thens))))
    faulty = {int(path.split(".")[1]) for path in faults_of(policy)}
    kept = [one for n, one in enumerate(policy.rules[:-1]) if n not in faulty]
    last = policy.rules[-1] if len(rules) not in faulty else Rule("rest")
    return Policy((*kept, last))


@settings(max_examples=300, deadline=None)
@given(policies(), cases)
def test_every_case_is_decided_and_twice_alike(policy: Policy, case: Case) -> None:
    decision = decide(policy, case)
    assert decision.rule_id in {rule.id for rule in policy.rules}
    assert decide(policy, case) == decision
    assert say(decision.sentence, "en-GB").endswith(".")


@settings(max_examples=300, deadline=None)
@given(policies(), cases)
def test_nobody_gets_back_more_than_the_lesson(policy: Policy, case: Case) -> None:
    effects = decide(policy, case).effects
    given_back = effects.refund.minor if effects.refund else 0
    if effects.credit and effects.credit.money:
        given_back += effects.credit.money.minor
    if case.price is not None:
        assert given_back <= case.price.minor
        assert effects.charged is None or effects.charged.minor <= case.price.minor
    if effects.refund_percent == 100 and case.price:
        assert effects.credit is None or not effects.credit.money


@settings(max_examples=200, deadline=None)
@given(policies(), cases)
def test_a_cancelled_lesson_is_never_both_free_and_made_up(policy: Policy, case: Case) -> None:
    family = replace(case, act=Act.CANCEL, by=CancelledBy.FAMILY)
    effects = decide(policy, family).effects
    assert effects.charge is not ChargeAs.NONE or effects.credit is None


@settings(max_examples=200, deadline=None)
@given(policies(), cases)
def test_no_credit_is_over_before_it_begins(policy: Policy, case: Case) -> None:
    credit = decide(policy, case).effects.credit
    if credit and credit.valid.until:
        assert case.asked_on == credit.valid.since <= credit.valid.until


@settings(max_examples=100, deadline=None)
@given(policies())
def test_a_policy_survives_being_kept(policy: Policy) -> None:
    assert policy_of(as_data(policy)) == policy


def _worth(decision: Decision, case: Case) -> int:
    """What the family has in the end, in minor units: a lesson is worth its price."""
    effects, price = decision.effects, case.price.minor if case.price else 0
    billed = 0 if case.plan.bills_what_is_held and case.act is Act.CANCEL else price
    charged = billed if effects.charged is None else effects.charged.minor
    credit = effects.credit
    worth = (credit.money.minor if credit.money else price * credit.units) if credit else 0
    refund = effects.refund.minor if effects.refund else 0
    fee = effects.fee.minor if effects.fee else 0
    kept = price if effects.used_credit is UsedCredit.RETURNED else 0
    return worth + refund + kept - charged - fee


@pytest.mark.parametrize("key", sorted(PRESETS))
@settings(max_examples=150, deadline=None)
@given(case=cases, more=st.timedeltas(timedelta(0), timedelta(days=9)))
def test_who_cancels_earlier_is_never_worse_off(key: str, case: Case, more: timedelta) -> None:
    policy = PRESETS[key].policy
    late = replace(case, act=Act.CANCEL, by=CancelledBy.FAMILY, price=Money(3200, "GBP"))
    early = replace(late, at=late.at - more)
    assert _worth(decide(policy, early), early) >= _worth(decide(policy, late), late)


@pytest.mark.parametrize("key", sorted(PRESETS))
def test_a_preset_can_be_kept_and_has_words_for_each_rule(key: str) -> None:
    preset = PRESETS[key]
    assert faults_of(preset.policy) == {}
    assert {one.id for one in preset.policy.rules} - {"rest"} == set(preset.titles)
    assert all(rule.title for rule in preset.said("fr").rules)
