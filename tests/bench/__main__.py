"""`python -m tests.bench [P1 ...] [--json]`: measure, and say it to people or to programs."""

import json
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from studio_app.cli.console import say
from tests.bench.ground import ground
from tests.bench.measure import Figure, failed

HERE = Path(__file__).parent


def main(words: list[str]) -> int:
    as_json = "--json" in words
    logging.disable(logging.WARNING)
    chosen = [word.lower() for word in words if not word.startswith("--")] or known()
    unknown = [name for name in chosen if name not in known()]
    if unknown:
        say(f"There is no {', '.join(unknown).upper()}. There are: {' '.join(known()).upper()}.")
        return 2
    with _only_the_answer(alone=as_json):
        figures = [figure for name in chosen for figure in shown(name, quietly=as_json)]
    if as_json:
        say(json.dumps([said(figure) for figure in figures], indent=2))
    return 0 if all(figure.met for figure in figures) else 1


def shown(name: str, *, quietly: bool) -> Iterator[Figure]:
    for figure in measured(name):
        if not quietly:
            say(line(figure))
        yield figure


@contextmanager
def _only_the_answer(*, alone: bool) -> Iterator[None]:
    """What servers and builds say meanwhile goes where errors go, not between the JSON."""
    if not alone:
        yield
        return
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def known() -> list[str]:
    """The benches there are, in the order of their numbers."""
    names = [path.stem for path in HERE.glob("p[0-9]*.py")]
    return sorted(names, key=lambda name: (int("".join(filter(str.isdigit, name))), name))


def measured(name: str) -> Iterator[Figure]:
    """Each bench has a database of its own; one that breaks is a missed figure, not the end."""
    try:
        with ground() as here:
            yield from import_module(f"tests.bench.{name}").measure(here)
    except Exception as error:
        sys.stderr.write("".join(traceback.format_exception(error)))
        sentence = str(error).strip().splitlines() or [""]
        yield failed(name.upper(), f"failed: {type(error).__name__}: {sentence[0]}".rstrip(": "))


def line(figure: Figure) -> str:
    if figure.ours is None:
        return f"{figure.id:<26} {figure.what}"
    baseline = "" if figure.baseline is None else f"{figure.baseline:10.3f}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:8.2f}x"
    verdict = "met" if figure.met else "MISSED"
    numbers = f"{figure.ours:10.3f} {baseline:>10} {figure.unit:<10} {ratio:>9}"
    return f"{figure.id:<26} {numbers}  {figure.target:<18} {verdict:<7} {figure.what}"


def said(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "ours": figure.ours,
        "baseline": figure.baseline,
        "ratio": figure.ratio,
        "target": figure.target,
        "met": figure.met,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
