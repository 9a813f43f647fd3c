"""`python -m tests.bench [P1 ...] [--json]`: measure, and say it to people or to programs."""

import json
import logging
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from studio_app.cli.console import say
from tests.bench.ground import ground
from tests.bench.measure import Figure

HERE = Path(__file__).parent


def main(words: list[str]) -> int:
    as_json = "--json" in words
    logging.disable(logging.WARNING)
    chosen = [word.lower() for word in words if not word.startswith("--")] or known()
    unknown = [name for name in chosen if name not in known()]
    if unknown:
        say(f"There is no {', '.join(unknown).upper()}. There are: {' '.join(known()).upper()}.")
        return 2
    figures: list[Figure] = []
    for name in chosen:
        for figure in measured(name):
            figures.append(figure)
            if not as_json:
                say(line(figure))
    if as_json:
        say(json.dumps([said(figure) for figure in figures], indent=2))
    return 0 if all(figure.met for figure in figures) else 1


def known() -> list[str]:
    """The benches there are, in the order of their numbers."""
    names = [path.stem for path in HERE.glob("p[0-9]*.py")]
    return sorted(names, key=lambda name: (int("".join(filter(str.isdigit, name))), name))


def measured(name: str) -> Iterator[Figure]:
    """Each bench has a database of its own."""
    with ground() as here:
        yield from import_module(f"tests.bench.{name}").measure(here)


def line(figure: Figure) -> str:
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
        "unit": figure.unit,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
