"""The order in which those who wait are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.bookings.rules.ranking import rank, ranked
from studio_app.bookings.rules.waiting import TimeWish, WaitingKind, suits

MONDAY = datetime(2026, 9, 7, 16, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class One:
    id: UUID
    kind: WaitingKind
    submitted_at: datetime


entries = st.lists(
    st.builds(
        One,
        st.uuids(),
        st.sampled_from(WaitingKind),
        st.integers(0, 5).map(lambda n: MONDAY + timedelta(minutes=n)),
    ),
    unique_by=lambda one: one.id,
    max_size=12,
)


@given(entries, st.booleans(), st.randoms())
def test_the_order_does_not_depend_on_how_they_come(
    found: list[One],
    first: bool,
    chance: object,
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ranked(shuffled, make_ups_first=first) == ranked(found, make_ups_first=first)


@given(entries, st.booleans())
def test_no_two_are_alike(found: list[One], first: bool) -> None:
    ranks = {rank(one, make_ups_first=first) for one in found}
    assert len(ranks) == len(found)


@given(entries)
def test_make_ups_come_first_and_then_who_asked_earlier(found: list[One]) -> None:
    order = ranked(found, make_ups_first=True)
    kinds = [one.kind for one in order]
    assert kinds == sorted(kinds, key=lambda kind: kind != WaitingKind.MAKE_UP)
    for kind in WaitingKind:
        assert _in_order([one for one in order if one.kind == kind])


@given(entries)
def test_without_the_setting_only_the_time_of_asking_counts(found: list[One]) -> None:
    assert _in_order(ranked(found, make_ups_first=False))


@given(entries, st.booleans(), st.uuids())
def test_whoever_comes_later_changes_nobody_elses_order(
    found: list[One], first: bool, another: UUID
) -> None:
    new = One(another, WaitingKind.REGULAR, MONDAY + timedelta(minutes=3))
    more = ranked([*found, new], make_ups_first=first)
    assert [one for one in more if one is not new] == ranked(found, make_ups_first=first)


@pytest.mark.parametrize(
    ("wish", "does"),
    [
        (TimeWish(1), True),
        (TimeWish(2), False),
        (TimeWish(1, 17 * 60, 17 * 60 + 30), True),
        (TimeWish(1, 17 * 60, 17 * 60 + 29), False),
        (TimeWish(1, 17 * 60 + 1, 18 * 60), False),
    ],
)
def test_a_lesson_has_to_lie_in_a_time_that_suits(wish: TimeWish, does: bool) -> None:
    """16:00 UTC in September is 17:00 on the wall in London."""
    assert suits([wish], MONDAY, MONDAY + timedelta(minutes=30), LONDON) is does


def test_a_lesson_beyond_midnight_does_not_fit_into_a_day() -> None:
    late = datetime(2026, 9, 7, 22, 45, tzinfo=UTC)
    assert not suits([TimeWish(1)], late, late + timedelta(minutes=30), LONDON)


def _in_order(found: Sequence[One]) -> bool:
    return all(a.submitted_at <= b.submitted_at for a, b in pairwise(found))
