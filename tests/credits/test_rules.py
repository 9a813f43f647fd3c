"""What a credit is good for, which is spent first, when it runs out."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.credits.rules.expiry import (
    GRACE,
    good_until,
    lawful_until,
    may_expire,
    months_later,
    warning_due,
)
from studio_app.credits.rules.lots import CreditKind, GoodFor, Lot, Need, applies, shares
from studio_app.kit.ids import CreditLotId, FamilyId, LessonTypeId, StudentId, TeacherId, new_id

TODAY = date(2026, 9, 1)
DAY = timedelta(days=1)
GRAY, OTHER = FamilyId(new_id()), FamilyId(new_id())
SAM = StudentId(new_id())
PIANO, TOM = LessonTypeId(new_id()), TeacherId(new_id())
LESSON = GoodFor(PIANO, 30, TOM, 2, time(16))


def lot(left: int = 1, **more: object) -> Lot:
    return replace(Lot(CreditLotId(new_id()), CreditKind.LESSON, left, GRAY), **more)  # type: ignore[arg-type]


NEED = Need(GRAY, TODAY, {CreditKind.LESSON, CreditKind.SESSION}, student_id=SAM, lesson=LESSON)


@pytest.mark.parametrize(
    "good_for",
    [
        GoodFor(),
        GoodFor(PIANO),
        GoodFor(PIANO, 30),
        GoodFor(PIANO, 30, TOM),
        GoodFor(weekday=2, at=time(16)),
    ],
)
def test_it_pays_for_what_it_is_good_for(good_for: GoodFor) -> None:
    assert applies(lot(good_for=good_for), NEED)


@pytest.mark.parametrize(
    "other",
    [
        {"left": 0},
        {"family_id": OTHER},
        {"student_id": StudentId(new_id())},
        {"kind": CreditKind.MONEY, "currency": "GBP"},
        {"good_for": GoodFor(LessonTypeId(new_id()))},
        {"good_for": GoodFor(PIANO, 60)},
        {"good_for": GoodFor(teacher_id=TeacherId(new_id()))},
        {"good_for": GoodFor(weekday=3, at=time(16))},
        {"good_for": GoodFor(weekday=2, at=time(16, 30))},
        {"valid_from": TODAY + DAY},
        {"valid_until": TODAY - DAY},
    ],
)
def test_it_does_not_pay_for_anything_else(other: dict[str, object]) -> None:
    assert not applies(lot(**other), NEED)  # type: ignore[arg-type]


def test_the_first_and_the_last_day_count() -> None:
    assert applies(lot(valid_from=TODAY, valid_until=TODAY), NEED)


def test_what_runs_out_first_is_spent_first_then_the_narrowest_then_what_was_free() -> None:
    lots = [
        never := lot(),
        paid := lot(valid_until=TODAY + DAY, paid_for=True),
        free := lot(valid_until=TODAY + DAY),
        narrow := lot(valid_until=TODAY + DAY, good_for=GoodFor(PIANO)),
        own := lot(valid_until=TODAY + DAY, student_id=SAM, paid_for=True),
        soonest := lot(valid_until=TODAY),
    ]
    spent = shares(lots, replace(NEED, amount=6))
    wanted = [soonest, own, narrow, free, paid, never]
    assert [share.lot_id for share in spent] == [each.id for each in wanted]


MONEY = Need(GRAY, TODAY, {CreditKind.MONEY}, 1, currency="GBP")
some_lots = st.lists(
    st.builds(
        lambda left, days, ours: lot(
            left,
            kind=CreditKind.MONEY,
            currency="GBP",
            family_id=GRAY if ours else OTHER,
            valid_until=None if days is None else TODAY + days * DAY,
        ),
        st.integers(0, 500),
        st.none() | st.integers(-5, 60),
        st.booleans(),
    ),
    max_size=8,
)


@given(some_lots, st.integers(1, 2_000))
def test_a_need_is_split_and_nothing_is_spent_that_is_not_there(
    lots: list[Lot], amount: int
) -> None:
    need = replace(MONEY, amount=amount)
    spent = shares(lots, need)
    known = {each.id: each for each in lots}
    there = sum(each.left for each in lots if applies(each, need))
    assert sum(share.amount for share in spent) == min(amount, there)
    assert all(0 < share.amount <= known[share.lot_id].left for share in spent)
    assert len({share.lot_id for share in spent}) == len(spent)
    ends = [known[share.lot_id].valid_until or date.max for share in spent]
    assert ends == sorted(ends)
    for share in spent[:-1]:  # only the last is spent in part
        assert share.amount == known[share.lot_id].left


@pytest.mark.parametrize(
    ("country", "least"),
    [
        ("GB", date(2026, 12, 1)),
        ("IE", date(2031, 9, 1)),
        ("AU", date(2029, 9, 1)),
        ("NZ", date(2029, 9, 1)),
        ("DE", date(2029, 12, 31)),
        ("US", None),
        ("", None),
    ],
)
def test_what_was_paid_for_is_good_as_long_as_the_country_wants(
    country: str, least: date | None
) -> None:
    asked = date(2026, 12, 1)
    given_ = {"paid_for": True, "country": country, "made_on": TODAY}
    assert lawful_until(asked, **given_) == least  # type: ignore[arg-type]
    assert may_expire(until=asked, **given_) == (least == asked)  # type: ignore[arg-type]
    assert lawful_until(None, **given_) is None  # type: ignore[arg-type]


def test_what_nobody_paid_for_may_run_out_anywhere() -> None:
    assert may_expire(paid_for=False, country="US", made_on=TODAY, until=TODAY)


@given(st.integers(0, 400), st.sets(st.sampled_from([30, 7])))
def test_each_warning_is_given_once_and_never_after_the_day(left: int, known: set[int]) -> None:
    days = warning_due(TODAY + left * DAY, TODAY, known)
    assert days is None or (left <= days and days not in known)
    assert warning_due(TODAY - DAY, TODAY, known) is None
    if left <= 7 and not known:
        assert days == 7
    if 7 < left <= 30 and not known:
        assert days == 30


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_who_is_cancelled_has_two_weeks_and_who_cancels_what_was_left(until: date) -> None:
    more = good_until(until, today=TODAY, by_family=False)
    assert max(until, more or until) >= TODAY + GRACE
    assert more is None or more > until
    assert good_until(until, today=TODAY, by_family=True) is None


def test_months_end_with_their_last_day() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 12) == date(2027, 12, 15)
