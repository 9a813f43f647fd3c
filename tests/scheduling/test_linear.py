"""The checker can say no, says yes to what happened one after the other, and agrees with trying
every order."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scheduling.linear import Call, explained, parted
from tests.scheduling.linear_diary import (
    EMPTY,
    Asked,
    Book,
    Cancel,
    Diary,
    Look,
    Move,
    Said,
    step,
)

TOM, RUTH = 0, 1
History = list[Call[Asked]]


def call(began: int, ended: int, asked: Asked, answer: object) -> Call[Asked]:
    return Call(began, ended, asked, answer)


def booked(began: int, ended: int, slot: int, answer: object) -> Call[Asked]:
    return call(began, ended, Book(TOM, slot), answer)


def diary(*lessons: tuple[str, int]) -> Diary:
    return frozenset(lessons)


A_AT_1 = booked(0, 1, 1, "a")
IMPOSSIBLE: dict[str, History] = {
    "two winners of one slot": [booked(0, 9, 1, "a"), booked(0, 9, 1, "b")],
    "a loser without a winner": [booked(0, 9, 1, Said.TAKEN)],
    "a lost write": [A_AT_1, call(2, 3, Look(TOM), diary())],
    "a write that comes back": [
        A_AT_1,
        call(2, 3, Cancel(TOM, "a"), None),
        call(4, 5, Look(TOM), diary(("a", 1))),
    ],
    "a look back in time": [
        A_AT_1,
        call(2, 9, Move(TOM, "a", 2), 1),
        call(3, 4, Look(TOM), diary(("a", 2))),
        call(5, 6, Look(TOM), diary(("a", 1))),
    ],
    "half of a move": [A_AT_1, call(2, 9, Move(TOM, "a", 2), 1), call(2, 9, Look(TOM), diary())],
    "two moves onto one slot": [
        A_AT_1,
        booked(0, 1, 2, "b"),
        call(2, 9, Move(TOM, "a", 3), 1),
        call(2, 9, Move(TOM, "b", 3), 2),
    ],
    "a move of what was cancelled before": [
        A_AT_1,
        call(2, 3, Cancel(TOM, "a"), None),
        call(4, 5, Move(TOM, "a", 2), 1),
    ],
    "a move from where it was not": [A_AT_1, call(2, 3, Move(TOM, "a", 2), 7)],
    "taken after it was given back": [
        A_AT_1,
        call(2, 3, Cancel(TOM, "a"), None),
        booked(4, 5, 1, Said.TAKEN),
    ],
}
POSSIBLE: dict[str, History] = {
    "nothing": [],
    "one winner": [booked(0, 9, 1, "a"), booked(0, 9, 1, Said.TAKEN)],
    "the loser answered first": [booked(0, 9, 1, "a"), booked(1, 2, 1, Said.TAKEN)],
    "a look during a move": [
        A_AT_1,
        call(2, 9, Move(TOM, "a", 2), 1),
        call(3, 4, Look(TOM), diary(("a", 1))),
        call(5, 6, Look(TOM), diary(("a", 2))),
    ],
    "a slot won when another left it": [
        A_AT_1,
        call(2, 9, Move(TOM, "a", 2), 1),
        booked(3, 4, 1, Said.TAKEN),
        booked(5, 6, 1, "b"),
    ],
    "cancelled twice": [
        A_AT_1,
        call(2, 9, Cancel(TOM, "a"), None),
        call(2, 9, Cancel(TOM, "a"), None),
        call(3, 8, Move(TOM, "a", 2), Said.GONE),
    ],
    "moved to where it is": [A_AT_1, call(2, 3, Move(TOM, "a", 1), 1)],
}


@pytest.mark.parametrize("history", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_have_happened_is_found_out(history: History) -> None:
    assert explained(history, step, EMPTY) is None


@pytest.mark.parametrize("history", POSSIBLE.values(), ids=POSSIBLE)
def test_what_can_have_happened_is_explained(history: History) -> None:
    order = explained(history, step, EMPTY)

    assert order is not None
    assert sorted(map(id, order)) == sorted(map(id, history))


def test_teachers_are_looked_at_apart() -> None:
    of_tom, of_ruth = booked(0, 9, 1, "a"), call(0, 9, Book(RUTH, 1), "b")

    parts = parted([of_tom, of_ruth], by=lambda asked: asked.teacher)

    assert explained([of_tom, of_ruth], step, EMPTY) is None
    assert [explained(part, step, EMPTY) for part in parts] == [[of_tom], [of_ruth]]


questions = st.one_of(
    st.builds(Book, st.just(TOM), st.integers(0, 2)),
    st.builds(Move, st.just(TOM), st.sampled_from("abc"), st.integers(0, 2)),
    st.builds(Cancel, st.just(TOM), st.sampled_from("abc")),
    st.builds(Look, st.just(TOM)),
)


def answered(diary: Diary, asked: Asked, name: str) -> object:
    """The one answer that a diary gives in this state."""
    slots = [at for _lesson, at in diary]
    given: list[Any] = [None, name, diary, *slots, *Said]
    return next(answer for answer in given if step(diary, asked, answer) is not None)


@st.composite
def one_after_the_other(draw: st.DrawFn) -> History:
    """What happened in order, at moments in the midst of calls that overlap."""
    asked = draw(st.lists(questions, max_size=14))
    state, history = EMPTY, []
    for nth, one in enumerate(asked):
        answer = answered(state, one, "abc"[nth] if nth < len("abc") else f"n{nth}")
        state = step(state, one, answer) or EMPTY
        moment, before, after = nth * 10, draw(st.integers(0, 60)), draw(st.integers(0, 60))
        history.append(Call(moment - before, moment + after, one, answer))
    return draw(st.permutations(history))


@settings(max_examples=300, deadline=None)
@given(history=one_after_the_other())
def test_whatever_happened_in_some_order_is_explained(history: History) -> None:
    assert explained(history, step, EMPTY) is not None


answers = st.one_of(
    st.sampled_from([None, *Said, "a", "b", "c", 0, 1, 2]),
    st.frozensets(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=2),
)


@st.composite
def anything(draw: st.DrawFn) -> History:
    began = draw(st.lists(st.integers(0, 6), min_size=1, max_size=5))
    return [Call(at, at + draw(st.integers(0, 6)), draw(questions), draw(answers)) for at in began]


def in_some_order(history: History) -> bool:
    """By trying every order in which no call comes before one that had ended."""
    for order in permutations(history):
        kept = all(
            first.began <= later.ended for nth, first in enumerate(order) for later in order[nth:]
        )
        if kept and follows(order):
            return True
    return False


def follows(order: tuple[Call[Asked], ...]) -> bool:
    state: Diary | None = EMPTY
    for one in order:
        state = None if state is None else step(state, one.asked, one.answer)
    return state is not None


@settings(max_examples=500, deadline=None)
@given(history=st.one_of(anything(), one_after_the_other().filter(lambda one: len(one) <= 5)))
def test_it_says_what_trying_every_order_says(history: History) -> None:
    assert (explained(history, step, EMPTY) is not None) == in_some_order(history)
