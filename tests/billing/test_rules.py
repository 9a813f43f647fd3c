"""Money is divided without losing a penny, whatever the currency."""

from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.billing.rules.ledger import Account, TaxRate
from studio_app.billing.rules.pricing import ANY_LESSON, Price, RateCard, Scope, price_for
from studio_app.billing.rules.prorating import per_lesson, term_price
from studio_app.billing.rules.settling import Credit, Debt, settled_by
from studio_app.billing.rules.status import Badge, InvoiceState, Settlement, badges, invoice_state
from studio_app.billing.rules.tax import credit_entries, tax_entries, tax_of, taxes
from studio_app.billing.rules.words import keep, recall
from studio_app.kit.ids import (
    FamilyId,
    InvoiceId,
    LessonTypeId,
    PricePlanId,
    StudentId,
    TeacherId,
    TransactionId,
    new_id,
)
from studio_app.kit.money import Money
from studio_app.kit.words import _
from tests.conftest import NOW

CURRENCIES = st.sampled_from(["GBP", "JPY", "KWD"])
MINOR = st.integers(0, 10_000_000)
RATES = st.builds(TaxRate, st.integers(0, 3000), st.booleans())
DAY = date(2026, 9, 1)


@given(MINOR, CURRENCIES, st.integers(1, 60), st.integers(1, 60))
def test_the_lessons_of_a_term_cost_what_the_term_costs(
    minor: int, currency: str, lessons: int, of: int
) -> None:
    price = Money(minor, currency)
    parts = per_lesson(price, lessons=lessons, of=of)
    assert sum(part.minor for part in parts) == term_price(price, lessons=lessons, of=of).minor
    assert max(parts, key=lambda p: p.minor).minor - min(p.minor for p in parts) <= 1
    if lessons >= of:
        assert sum(part.minor for part in parts) == minor


@given(st.lists(st.tuples(st.integers(-100_000, 100_000), RATES), min_size=1, max_size=12))
def test_the_tax_of_the_lines_is_the_tax_of_their_sum(lines: list[tuple[int, TaxRate]]) -> None:
    found = taxes(lines)
    for rate in {rate for _minor, rate in lines}:
        shares = [tax for tax, (_minor, there) in zip(found, lines, strict=True) if there == rate]
        whole = sum(minor for minor, there in lines if there == rate)
        assert sum(shares) == tax_of(whole, rate)


@pytest.mark.parametrize(
    ("minor", "rate", "tax"),
    [
        (1000, TaxRate(2000, included=False), 200),
        (1200, TaxRate(2000, included=True), 200),
        (25, TaxRate(2000, included=False), 5),
        (3, TaxRate(5000, included=False), 2),
        (-3, TaxRate(5000, included=False), -2),
        (999, TaxRate(), 0),
    ],
)
def test_tax_is_rounded_half_up(minor: int, rate: TaxRate, tax: int) -> None:
    assert tax_of(minor, rate) == tax


@given(st.lists(st.tuples(st.integers(-9999, 9999), RATES), max_size=8))
def test_tax_and_credit_entries_sum_to_zero(lines: list[tuple[int, TaxRate]]) -> None:
    family_id = FamilyId(new_id())
    asked = [(Account.INCOME, minor, rate) for minor, rate in lines]
    assert sum(entry.minor for entry in tax_entries(family_id, asked)) == 0
    given_back = [(-minor, tax_of(-minor, rate), rate) for minor, rate in lines]
    assert sum(entry.minor for entry in credit_entries(family_id, given_back)) == 0


@given(st.lists(st.integers(1, 500), max_size=6), st.lists(st.integers(1, 500), max_size=6))
def test_credit_is_spent_once_and_no_debt_overpaid(owed: list[int], had: list[int]) -> None:
    debts = [Debt(InvoiceId(new_id()), DAY, n, minor) for n, minor in enumerate(owed)]
    credits_ = [Credit(DAY, minor, transaction_id=TransactionId(new_id())) for minor in had]
    shares = settled_by(debts, credits_)
    assert sum(share.minor for share in shares) == min(sum(owed), sum(had))
    for debt in debts:
        assert sum(s.minor for s in shares if s.invoice_id == debt.invoice_id) <= debt.minor
    for credit in credits_:
        assert sum(s.minor for s in shares if s.credit == credit) <= credit.minor


def test_the_oldest_debt_is_settled_first_unless_the_credit_is_meant_for_another() -> None:
    old = Debt(InvoiceId(new_id()), DAY, 1, 100)
    new = Debt(InvoiceId(new_id()), date(2026, 10, 1), 2, 100)
    money = Credit(DAY, 60, transaction_id=TransactionId(new_id()))
    note = Credit(DAY, 50, credit_note_id=InvoiceId(new_id()), meant_for=new.invoice_id)
    shares = settled_by([new, old], [money, note])
    assert [(s.invoice_id, s.minor) for s in shares] == [
        (new.invoice_id, 50),
        (old.invoice_id, 60),
    ]


SAM, TOM, PIANO = StudentId(UUID(int=1)), TeacherId(UUID(int=2)), LessonTypeId(UUID(int=3))
LESSON = Scope(PIANO, TOM, SAM, 30)


def price(minor: int, scope: Scope, from_on: date = DAY) -> Price:
    return Price(PricePlanId(new_id()), scope, from_on, Money(minor, "GBP"))


@pytest.mark.parametrize(
    "prices",
    [
        [price(1, ANY_LESSON), price(2, Scope(minutes=30))],
        [price(1, Scope(minutes=30)), price(2, Scope(lesson_type_id=PIANO))],
        [price(1, Scope(PIANO, minutes=30)), price(2, Scope(teacher_id=TOM))],
        [price(1, Scope(PIANO, TOM, minutes=30)), price(2, Scope(student_id=SAM))],
        [price(1, ANY_LESSON, date(2026, 1, 1)), price(2, ANY_LESSON)],
        [price(3, ANY_LESSON, date(2026, 9, 2)), price(2, ANY_LESSON)],
        [price(3, Scope(minutes=45)), price(2, ANY_LESSON)],
    ],
)
def test_the_most_specific_price_that_has_begun_wins(prices: list[Price]) -> None:
    for order in (prices, prices[::-1]):
        found = price_for(LESSON, DAY, order)
        assert found is not None
        assert found.amount.minor == 2
        assert RateCard(order).price(LESSON, DAY) == found


def test_nobody_said_what_it_costs() -> None:
    assert price_for(LESSON, DAY, [price(1, ANY_LESSON, date(2026, 9, 2))]) is None


def test_states_and_badges_are_derived() -> None:
    part = Settlement(total=100, paid=40)
    sent = invoice_state(part, sent_at=NOW, voided_at=None)
    assert sent is InvoiceState.SENT
    overdue = badges(part, sent, due_on=date(2026, 8, 31), today=DAY)
    assert overdue == (Badge.PART_PAID, Badge.OVERDUE)
    assert badges(part, sent, due_on=DAY, today=DAY) == (Badge.PART_PAID,)
    assert invoice_state(part, sent_at=None, voided_at=None) is InvoiceState.DRAFT
    assert invoice_state(part, sent_at=NOW, voided_at=NOW) is InvoiceState.VOID
    paid = Settlement(total=100, paid=100)
    assert invoice_state(paid, sent_at=NOW, voided_at=None) is InvoiceState.PAID


def test_kept_words_are_said_in_the_readers_language() -> None:
    kept = keep(_("{what} on {day} for {price}", what=_("Piano"), day=DAY, price=Money(5, "GBP")))
    assert recall(kept, "en-GB") == "Piano on 1 Sept 2026 for £0.05"
    assert recall(kept, "fr").endswith("0,05\xa0£GB")


def test_a_rate_is_a_fraction_of_a_percent() -> None:
    assert tax_of(10_000, TaxRate(1, included=False)) == int(Fraction(10_000, 10_000))
