"""Whether a concurrent history could have happened one call after the other.

Source: Wing and Gong, Testing and Verifying Concurrent Objects (1993), with Lowe's memory of what
was tried (Testing for Linearizability, 2017). A call takes effect at one moment between its
beginning and its end; the checker looks for moments that explain every answer. What concerns
different teachers is looked at apart, which by locality (Herlihy and Wing, 1990) is the same.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State", bound=Hashable)
Question = TypeVar("Question")


@dataclass(frozen=True, slots=True)
class Call(Generic[Question]):
    """What was asked and answered, and when by one clock that only goes forward."""

    began: int
    ended: int
    asked: Question
    answer: object


Step = Callable[[State, Question, object], State | None]
"""What a state becomes when this is asked and answered; None if it cannot be answered so."""


def explained(
    history: Sequence[Call[Question]], step: Step[State, Question], start: State
) -> list[Call[Question]] | None:
    """The calls in an order in which they could have happened; None if there is none.

    A search by depth that gives up where the same calls have led to the same state before.
    """
    calls = sorted(history, key=lambda call: call.began)
    everything = (1 << len(calls)) - 1
    done, state = 0, start
    path: list[int] = []
    tried: set[tuple[int, State]] = set()
    open_ends: list[Iterator[tuple[int, State]]] = [_next(calls, step, done, state)]
    while done != everything:
        for nth, after in open_ends[-1]:
            if (reached := (done | 1 << nth, after)) in tried:
                continue
            tried.add(reached)
            done, state = reached
            path.append(nth)
            open_ends.append(_next(calls, step, done, state))
            break
        else:
            open_ends.pop()
            if not path:
                return None
            done &= ~(1 << path.pop())
    return [calls[nth] for nth in path]


def _next(
    calls: Sequence[Call[Question]], step: Step[State, Question], done: int, state: State
) -> Iterator[tuple[int, State]]:
    """Each call that may be the next to take effect, with what it leads to.

    None may that began after another one had ended which has not taken effect yet.
    """
    waiting = [(nth, call) for nth, call in enumerate(calls) if not done >> nth & 1]
    first_end = min((call.ended for _nth, call in waiting), default=0)
    for nth, call in waiting:
        if call.began > first_end:
            return
        after = step(state, call.asked, call.answer)
        if after is not None:
            yield nth, after


def parted(
    history: Iterable[Call[Question]], by: Callable[[Question], Hashable]
) -> list[list[Call[Question]]]:
    """The history of each part of the whole by itself."""
    parts: dict[Hashable, list[Call[Question]]] = defaultdict(list)
    for call in history:
        parts[by(call.asked)].append(call)
    return list(parts.values())
