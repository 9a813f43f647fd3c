"""What the page of one file shows, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from studio_app.imports.queries.expecting import Expected
from studio_app.imports.queries.preview import ImportPreview, Outcome, PreviewRow
from studio_app.kit.formats import say_date
from studio_app.web.words import _, many, say

GROUPS = {
    Outcome.READY: "ready",
    Outcome.NEEDS_INFO: "needs_information",
    Outcome.DUPLICATE: "duplicate",
    Outcome.ERROR: "error",
}
SHORTEST_SHARE = 2
MOST_LINES = 3


@dataclass(frozen=True)
class FileShown:
    name: str = ""
    kind: str = ""
    state: str = ""
    how_read: str = ""
    order: str = ""
    order_reason: str = ""
    against: str = ""
    """How many dates speak against the order; "" when none does."""
    before: str = ""
    """When the very same file was applied; "" if it was not."""
    withheld: str = ""
    left_out: str = ""
    """The headings of columns of which nothing is imported; "" when there is none."""
    new_teachers: str = ""
    """Teachers who are added with the file, and on which lines; "" when everybody is known."""
    nameless: bool = False
    """No column was taken for a name: then there is nobody to import."""
    share: int = 0
    progress: str = ""
    expected: str = ""
    result: str = ""
    undo_until: str = ""
    kept: str = ""


@dataclass(frozen=True)
class Group:
    value: str = ""
    status: str = ""
    label: str = ""
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class RowLine:
    id: str = ""
    line: int = 0
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    details: str = ""
    status: str = ""
    problems: tuple[str, ...] = ()
    decision: str = ""
    can_add: bool = False
    can_fill: bool = False
    result: str = ""


@dataclass(frozen=True)
class ColumnLine:
    index: str = ""
    heading: str = ""
    sample: str = ""
    target: str = ""
    why: str = ""
    """Why nothing of it is imported; "" where something is."""


def file_of(preview: ImportPreview, expected: Expected, locale: str) -> FileShown:
    card = preview.batch
    against = preview.order_against
    clashing = many(
        "{n} date can only be read the other way",
        "{n} dates can only be read the other way",
        n=against,
    )
    return FileShown(
        name=card.name,
        kind=say(card.kind.label),
        state=card.state.value,
        how_read=preview.how_read,
        order=preview.order.value,
        order_reason=preview.order_reason,
        against=clashing if against else "",
        before=preview.imported_before_on,
        withheld=_lines(preview.withheld_lines),
        left_out=", ".join(one.heading for one in preview.columns if one.not_imported),
        new_teachers=_teachers(preview),
        nameless=not preview.names_somebody,
        share=max(SHORTEST_SHARE, 100 * card.rows_done // max(card.rows_total, 1)),
        progress=_("{done} of {total} rows checked", done=card.rows_done, total=card.rows_total),
        expected=_expected(expected),
        result=_result(preview),
        undo_until=say_date(card.undo_until.date(), locale) if card.undo_until else "",
        kept=_kept(card.kept_on_undo),
    )


def groups_of(preview: ImportPreview, chosen: str) -> list[Group]:
    counts = preview.batch.counts
    everything = Group("", "", _("All rows"), preview.batch.rows_total, chosen not in set(Outcome))
    each = [
        Group(one.value, GROUPS[one], say(one.label), counts[one], chosen == one.value)
        for one in GROUPS
    ]
    return [everything, *each]


def rows_of(preview: ImportPreview) -> list[RowLine]:
    return [_row(one) for one in preview.rows]


def columns_of(preview: ImportPreview) -> list[ColumnLine]:
    return [
        ColumnLine(str(one.index), one.heading, one.sample, one.target, one.not_imported)
        for one in preview.columns
    ]


def _row(row: PreviewRow) -> RowLine:
    return RowLine(
        id=str(row.id),
        line=row.line,
        name=row.name,
        first_name=row.values.get("first_name") or row.name.partition(" ")[0],
        last_name=row.values.get("last_name") or row.name.partition(" ")[2],
        details=row.details,
        status=GROUPS[row.outcome] if row.outcome else "",
        problems=tuple(row.problems),
        decision=row.decision.value,
        can_add=row.can_add,
        can_fill=row.can_fill,
        result=say(row.result.label) if row.result else "",
    )


def _expected(expected: Expected) -> str:
    added = many("{n} student is added", "{n} students are added", n=expected.added)
    filled = many("{n} is filled in", "{n} are filled in", n=expected.filled)
    left = many("{n} row is left out", "{n} rows are left out", n=expected.left_out)
    return f"{added}, {filled}, {left}."


def _result(preview: ImportPreview) -> str:
    told = [f"{say(kind.label)}: {n}" for kind, n in preview.batch.results.items() if n]
    return " · ".join(told)


def _teachers(preview: ImportPreview) -> str:
    told = [
        _("{name} (line {lines})", name=one.name, lines=_lines(one.lines[:MOST_LINES]))
        for one in preview.new_teachers
    ]
    return ", ".join(told)


def _kept(n: int) -> str:
    said = many(
        "{n} had been changed or used since and stayed.",
        "{n} had been changed or used since and stayed.",
        n=n,
    )
    return said if n else ""


def _lines(lines: Iterable[int]) -> str:
    return ", ".join(str(line) for line in lines)
