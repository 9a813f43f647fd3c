"""What an answer by text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.messaging.rules.replies import Meaning, choice_of, meaning_of


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Y", Meaning.YES),
        ("y.", Meaning.YES),
        ("  Yes!! ", Meaning.YES),
        ("OK 👍", Meaning.YES),
        ("oui", Meaning.YES),
        ("N", Meaning.NO),
        ("Non", Meaning.NO),
        ("STOP", Meaning.STOP),
        ("Stop all", Meaning.STOP),
        ("opt-out", Meaning.STOP),
        ("OPT OUT", Meaning.STOP),
        ("Revoke", Meaning.STOP),
        ("END", Meaning.STOP),
        ("quit", Meaning.STOP),
        ("Arrêter", Meaning.STOP),
        ("Please don't text me again", Meaning.STOP),
        ("Please don’t text me again", Meaning.STOP),
        ("Please stop", Meaning.STOP),
        ("stop please", Meaning.STOP),
        ("unsubscribe me", Meaning.STOP),
        ("Please don’t stop sending reminders", Meaning.WORDS),
        ("please cancel", Meaning.WORDS),
        ("take me off your list", Meaning.STOP),
        ("plus de SMS svp", Meaning.STOP),
        ("start", Meaning.START),
        ("UNSTOP", Meaning.START),
        ("Help", Meaning.HELP),
        ("AIDE", Meaning.HELP),
        ("2", Meaning.CHOICE),
        ("2.", Meaning.CHOICE),
        ("all", Meaning.ALL),
        ("tous", Meaning.ALL),
        ("yes but we may be late", Meaning.WORDS),
        ("can we cancel on Tuesday?", Meaning.WORDS),
        ("at the bus stop", Meaning.WORDS),
        ("123", Meaning.WORDS),
        ("", Meaning.WORDS),
        ("👍", Meaning.WORDS),
    ],
)
def test_a_text_means_what_a_person_would_take_it_for(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) is meaning


@given(st.text(max_size=200))
def test_any_text_has_a_meaning_and_a_choice_has_a_number(text: str) -> None:
    if meaning_of(text) is Meaning.CHOICE:
        assert 0 <= choice_of(text) <= 99
