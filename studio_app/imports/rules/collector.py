"""Gathers what is said about one row while it is read."""

from collections.abc import Mapping

from studio_app.imports.rules.cells import clean, has_invisible, looks_like_formula
from studio_app.imports.rules.fields import counts, said_target
from studio_app.imports.rules.parsed import Context, Parsed, Reading
from studio_app.imports.rules.problems import Code, Problem


class Collector:
    """The cells of a row by target; remembers problems and what belongs in the notes."""

    def __init__(self, values: Mapping[str, str], context: Context) -> None:
        self.values = values
        self.context = context
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.family_notes: list[str] = []

    def text(self, target: str) -> str:
        """A cell, cleaned. A formula gets an apostrophe in front, as spreadsheets do, so that
        it stays text wherever it goes later."""
        raw = self.values.get(target, "")
        said = clean(raw)
        if has_invisible(raw):
            self.tell(Code.INVISIBLE, field=str(target))
        if not counts(target) and looks_like_formula(said):
            self.tell(Code.FORMULA, field=str(target))
            return f"'{said}"
        return said

    def has(self, target: str) -> bool:
        return bool(self.values.get(target, "").strip())

    def tell(self, code: Code, **params: str | int) -> None:
        problem = Problem(code, params)
        if problem not in self.problems:
            self.problems.append(problem)

    def note(self, target: str, text: str) -> None:
        """Keep what has no place of its own, with the name of its column."""
        line = f"{said_target(target)}: {text}"
        if text and line not in self.notes:
            self.notes.append(line)

    def reading(self, parsed: Parsed) -> Reading:
        return Reading(parsed, tuple(self.problems))
