"""Many at once ask a diary for everything, and what they were answered when is written down."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from time import monotonic_ns

from tests.scheduling.linear import Call, explained, parted
from tests.scheduling.linear_diary import (
    EMPTY,
    Asked,
    Book,
    Cancel,
    Lesson,
    Look,
    Move,
    Said,
    Slot,
    step,
)

TEACHERS, SLOTS = 2, 4
CALLS, THREADS = 50, 16
MIX = {"book": 4, "move": 4, "cancel": 2, "look": 2}

Ask = Callable[[Asked, int], object]
"""Puts a question to a real diary; the number tells calls apart."""
History = list[Call[Asked]]


@dataclass
class Round:
    """Fifty calls by sixteen threads over a few slots; what is asked follows from the seed,
    about which lesson from those that somebody knows by then."""

    ask: Ask
    seed: int
    history: History = field(default_factory=list[Call[Asked]])
    _known: list[list[Lesson]] = field(init=False)

    def __post_init__(self) -> None:
        self._known = [[] for _ in range(TEACHERS)]

    def play(self) -> History:
        chance = random.Random(self.seed)
        script = [self._drawn(chance) for _ in range(CALLS)]
        ready = Barrier(THREADS)

        def act(thread: int) -> None:
            ready.wait()
            for nth in range(thread, CALLS, THREADS):
                self._call(self._asked(*script[nth]), nth)

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(act, range(THREADS)))
        for teacher in range(TEACHERS):
            self._call(Look(teacher), CALLS + teacher)
        return self.history

    @staticmethod
    def _drawn(chance: random.Random) -> tuple[str, int, Slot, float]:
        [what] = chance.choices(list(MIX), list(MIX.values()))
        return what, chance.randrange(TEACHERS), chance.randrange(SLOTS), chance.random()

    def _asked(self, what: str, teacher: int, slot: Slot, pick: float) -> Asked:
        known = self._known[teacher]
        if what == "look":
            return Look(teacher)
        if what == "book" or not known:
            return Book(teacher, slot)
        lesson = known[int(pick * len(known))]
        return Move(teacher, lesson, slot) if what == "move" else Cancel(teacher, lesson)

    def _call(self, asked: Asked, nth: int) -> None:
        began = monotonic_ns()
        answer = self.ask(asked, nth)
        self.history.append(Call(began, monotonic_ns(), asked, answer))
        if isinstance(asked, Book) and isinstance(answer, str) and not isinstance(answer, Said):
            self._known[asked.teacher].append(answer)


def unexplained(history: History) -> list[str]:
    """Nothing, where an order explains it; else all that was asked of that teacher, in words."""
    parts = parted(history, by=lambda asked: asked.teacher)
    wrong = next((part for part in parts if explained(part, step, EMPTY) is None), [])
    first = min((call.began for call in wrong), default=0)
    return [
        f"{call.began - first:>12} {call.ended - first:>12} {call.asked} -> {call.answer}"
        for call in sorted(wrong, key=lambda call: call.began)
    ]


def overlapping(history: History) -> int:
    """How many pairs of calls were under way together."""
    ordered = sorted(history, key=lambda call: call.began)
    return sum(
        later.began < call.ended for nth, call in enumerate(ordered) for later in ordered[nth + 1 :]
    )
