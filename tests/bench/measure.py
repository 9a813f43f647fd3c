"""How a figure comes about: A and B in turns, in one process, and the median of their ratios."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

REPETITIONS = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `ratio` is what is held against the target, where there is one."""

    id: str
    what: str
    ours: float | None
    """None where the bench broke before it had a figure."""
    baseline: float | None
    ratio: float | None
    target: str
    met: bool
    unit: str = "ms"


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians of what A and B took, in seconds, and of B's time for each of A's."""

    ours: float
    baseline: float
    times_slower: float

    @property
    def times_faster(self) -> float:
        return 1 / self.times_slower


def in_turns(
    ours: Callable[[], object], baseline: Callable[[], object], *, repetitions: int = REPETITIONS
) -> Pair:
    """Each once to warm up, then in turns; the order changes every time."""
    ours()
    baseline()
    pairs: list[tuple[float, float]] = []
    for nth in range(repetitions):
        gc.collect()
        if nth % 2:
            second = taken(baseline)
            pairs.append((taken(ours), second))
        else:
            first = taken(ours)
            pairs.append((first, taken(baseline)))
    return Pair(
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def at_most(id_: str, what: str, pair: Pair, limit: float, *, per: int = 1) -> Figure:
    """A figure that may be so many times slower than its baseline; shown per piece of work."""
    return Figure(
        id_,
        what,
        pair.ours / per * 1000,
        pair.baseline / per * 1000,
        pair.times_slower,
        f"≤ {limit:g}x the time",
        pair.times_slower <= limit,
    )


def at_least(id_: str, what: str, pair: Pair, limit: float, *, per: int = 1) -> Figure:
    """A figure that must be so many times as fast as its baseline."""
    return Figure(
        id_,
        what,
        pair.ours / per * 1000,
        pair.baseline / per * 1000,
        pair.times_faster,
        f"≥ {limit:g}x as fast",
        pair.times_faster >= limit,
    )


def counted(id_: str, what: str, found: float, limit: float, *, unit: str) -> Figure:
    """A figure that is counted, not timed."""
    return Figure(id_, what, found, None, None, f"≤ {limit:g}", found <= limit, unit)


def failed(id_: str, why: str) -> Figure:
    """A bench that broke: said like any other figure, and not met."""
    return Figure(id_, why, None, None, None, "", met=False)
