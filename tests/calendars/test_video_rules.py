"""Who is asked for a meeting next, and how long who failed is left alone."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.calendars.rules.video import (
    Choice,
    Provider,
    Standing,
    Why,
    met_instead,
    next_to_ask,
    rest_after,
    why_passed_over,
)

NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
ACCOUNTS = (Provider.ZOOM, Provider.TEAMS)
WHYS = st.sampled_from(list(Why))


@pytest.mark.parametrize("order", permutations(ACCOUNTS))
def test_the_first_in_the_studios_order_is_asked_first(order: tuple[Provider, ...]) -> None:
    assert next_to_ask([Standing(one) for one in order], {}, NOW) == Choice(order[0])


@given(st.dictionaries(st.sampled_from(ACCOUNTS), WHYS), st.sets(st.sampled_from(ACCOUNTS)))
def test_nobody_is_asked_twice_or_while_resting(
    asked: dict[Provider, Why], resting: set[Provider]
) -> None:
    soon = NOW + timedelta(seconds=1)
    standing = [Standing(one, soon if one in resting else None) for one in ACCOUNTS]
    choice = next_to_ask(standing, asked, NOW)
    assert choice.provider not in asked.keys() | resting
    passed = [one for one, _why in choice.passed_over]
    before = ACCOUNTS[: [*ACCOUNTS, Provider.JITSI].index(choice.provider)]
    assert passed == list(before)


def test_a_rest_ends_at_its_second() -> None:
    resting = [Standing(Provider.ZOOM, NOW, Why.BUSY)]
    assert next_to_ask(resting, {}, NOW).provider is Provider.ZOOM
    assert next_to_ask(resting, {}, NOW - timedelta(seconds=1)) == Choice(
        Provider.JITSI, ((Provider.ZOOM, Why.BUSY),)
    )


def test_what_a_provider_asks_for_counts_before_our_own_pause() -> None:
    assert rest_after(Why.BUSY, timedelta(minutes=10)) == timedelta(minutes=10)
    assert rest_after(Why.BUSY, timedelta(minutes=-1)) == timedelta()
    assert rest_after(Why.BUSY) == timedelta(minutes=2)
    assert rest_after(Why.HOST) is None  # another lesson may have another host


def test_each_why_is_a_sentence_and_the_last_says_who_was_used() -> None:
    for why in Why:
        assert str(why_passed_over(Provider.ZOOM, why)).startswith("Zoom ")
    assert met_instead(Provider.ZOOM, []) == []
    said = met_instead(Provider.TEAMS, [(Provider.ZOOM, Why.SILENT)])
    assert [str(one) for one in said] == ["Zoom did not answer.", "Teams was used."]
