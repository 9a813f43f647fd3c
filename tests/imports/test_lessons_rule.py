"""Weekly lessons are proposed only where nothing has to be guessed."""

from datetime import date, time

import pytest

from studio_app.imports.rules.lessons import proposal_in
from studio_app.imports.rules.parsed import Parsed, Weekly


def lesson(**known: object) -> Parsed:
    base: dict[str, object] = {
        "first_name": "Ann",
        "teachers": ("Tom",),
        "minutes": (30,),
        "weekly": Weekly(time(16), 2, date(2026, 9, 1)),
    }
    return Parsed(**(base | known))  # type: ignore[arg-type]


def test_a_lesson_that_has_passed_moves_on_by_whole_weeks() -> None:
    proposal = proposal_in(lesson(), today=date(2026, 9, 16))
    assert proposal is not None
    assert (proposal.first_on, proposal.weekday) == (date(2026, 9, 22), 2)


@pytest.mark.parametrize(
    "known",
    [
        {"teachers": ("Tom", "Una")},
        {"teachers": ()},
        {"minutes": (30, 45)},
        {"minutes": ()},
        {"weekly": None},
        {"status": "left"},
        {"status": "waiting"},
    ],
)
def test_nothing_is_proposed_where_it_would_be_guessed(known: dict[str, object]) -> None:
    assert proposal_in(lesson(**known), today=date(2026, 9, 1)) is None


def test_the_same_teacher_named_twice_is_one() -> None:
    both = lesson(teachers=("Tom", "Tom"), minutes=(30, 30))
    assert proposal_in(both, today=date(2026, 9, 1)) is not None
