"""Reading files and cells: nothing is lost, nothing is guessed."""

import csv
import io
from datetime import date, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio_app.imports.rules import cells
from studio_app.imports.rules.dates import DateOrder, date_in, date_order
from studio_app.imports.rules.mapping import FileKind, file_kind, map_columns
from studio_app.imports.rules.parsed import Context
from studio_app.imports.rules.parsing import read_row
from studio_app.imports.rules.problems import Code
from studio_app.imports.rules.reading import (
    MOST_BYTES,
    MOST_ROWS,
    Unreadable,
    read_table,
)
from studio_app.imports.rules.secrets import withhold
from studio_app.imports.rules.settling import Outcome, Read, settle
from tests.imports.conftest import sample

GB = Context(DateOrder.DAY_FIRST, "GB", "GBP")


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b'a,b\n"')
@example(b"a\0,b\n\0")
@example(b"sep=;\na;b\n1;2")
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    try:
        table = read_table(content)
    except Unreadable:
        return
    accounted(table.headings, [(r.line, r.cells) for r in table.records])


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=5), min_size=2, max_size=8))
@settings(max_examples=200, deadline=None)
def test_whatever_a_spreadsheet_writes_comes_back_row_by_row(rows: list[list[str]]) -> None:
    rows[0] = ["Name", "Email"]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    text = out.getvalue()
    try:
        table = read_table(text.encode("utf-8-sig", errors="replace"))
    except Unreadable:
        return
    assert table.preamble + 1 + len(table.records) == len(rows)
    accounted(table.headings, [(r.line, r.cells) for r in table.records])


def accounted(headings: tuple[str, ...], records: list[tuple[int, tuple[str, ...]]]) -> None:
    """Each record ends in exactly one group, on a line of its own, without a crash."""
    mapping = map_columns(headings)
    read = [
        Read(line, reading.parsed, reading.problems)
        for line, row in records
        for reading in [read_row(row, mapping, {}, GB, columns=len(headings))]
    ]
    settled = settle(read, [])
    assert len(settled) == len(records)
    assert len({s.line for s in settled}) == len(records)
    assert all(s.outcome in Outcome for s in settled)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b'Name,Email\nAnn,"open\nBen,b', "line 2 is never closed"),
        (b"Name,Email\n" + b"x" * 200_000 + b",y\n", "Line 2 cannot be read"),
        (b"x" * (MOST_BYTES + 1), "larger than 5 MB"),
        (b"Name,Email\n" + b"A,b\n" * (MOST_ROWS + 1), "5001 rows"),
        (b",".join([b"a"] * 201) + b"\n", "too many columns"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_table(content)


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "delimiter", "rows"),
    [
        ("my_music_staff", FileKind.MY_MUSIC_STAFF, "utf-8-sig", ",", 120),
        ("tutorbird", FileKind.TUTORBIRD, "utf-8-sig", ",", 3),
        ("generic_uk", FileKind.OTHER, "cp1252", ";", 3),
        ("generic_us", FileKind.OTHER, "utf-16", ";", 3),
    ],
)
def test_each_kind_of_file_is_recognised(
    name: str, kind: FileKind, encoding: str, delimiter: str, rows: int
) -> None:
    table = read_table(sample(name))
    assert (file_kind(table.headings), table.encoding) == (kind, encoding)
    assert (table.delimiter, len(table.records)) == (delimiter, rows)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    table = read_table(b'Name,Notes\nAnn,"one\ntwo"\n\nBen,x\n')
    assert [r.line for r in table.records] == [2, 5]
    assert [r.line for r in read_table(b"sep=;\nName;Notes\nAnn;x\n").records] == [3]


def test_a_title_above_the_headings_is_left_out_and_counted() -> None:
    table = read_table(b"My contacts\n\nName,Email\nAnn,a@example.org\n")
    assert (table.headings, table.preamble) == (("Name", "Email"), 1)


def test_every_column_of_the_known_exports_has_a_place() -> None:
    for name in ("my_music_staff", "generic_uk"):
        headings = read_table(sample(name)).headings
        assert len(map_columns(headings)) == len(headings)


@pytest.mark.parametrize(
    ("samples", "country", "order", "line"),
    [
        (["03/04/2012", "25/12/2014"], "US", DateOrder.DAY_FIRST, 3),
        (["03/04/2012", "12/25/2014"], "GB", DateOrder.MONTH_FIRST, 3),
        (["03/04/2012"], "GB", DateOrder.DAY_FIRST, None),
        (["03/04/2012"], "US", DateOrder.MONTH_FIRST, None),
        (["2012-04-13"], "GB", DateOrder.DAY_FIRST, None),
    ],
)
def test_the_order_of_dates_is_decided_by_evidence(
    samples: list[str], country: str, order: DateOrder, line: int | None
) -> None:
    found = date_order(enumerate(samples, 2), country)
    assert (found.order, found.line) == (order, line)
    assert str(found.said)


def test_dates_that_speak_against_the_order_are_counted() -> None:
    found = date_order([(2, "25/12/2014"), (3, "26/12/2014"), (4, "12/27/2014")], "GB")
    assert (found.order, found.against) == (DateOrder.DAY_FIRST, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/04/2012", date(2012, 4, 3)),
        ("3.4.12", date(2012, 4, 3)),
        ("2012-04-03", date(2012, 4, 3)),
        ("2012-04-03 00:00:00", date(2012, 4, 3)),
        ("3 April 2012", date(2012, 4, 3)),
        ("Apr 3, 2012", date(2012, 4, 3)),
        ("1/1/55", date(1955, 1, 1)),
        ("31/02/2012", None),
        ("soon", None),
        ("0/0/0000", None),
    ],
)
def test_dates_are_read(text: str, expected: date | None) -> None:
    assert date_in(text, DateOrder.DAY_FIRST) == expected


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("£25.00", 2500),
        ("1,234.50", 123450),
        ("1.234,50 €", 123450),
        ("-10,50", -1050),
        ("(10.50)", -1050),
        ("37", 3700),
        ("GBP 18.5", 1850),
        ("ask", None),
        ("2 x 30", None),
        ("1,2,3", None),
        ("9" * 40, None),
    ],
)
def test_amounts_are_read_in_either_style(text: str, minor: int | None) -> None:
    assert cells.amount_in(text, "GBP") == minor


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30", 30),
        ("30 min", 30),
        ("0:45", 45),
        ("01:00:00", 60),
        ("1 hour", 60),
        ("1.5 h", 90),
        ("1h 15m", 75),
        ("2", None),
        ("long", None),
    ],
)
def test_lengths_are_read(text: str, minutes: int | None) -> None:
    assert cells.minutes_in(text) == minutes


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("16:30", time(16, 30)),
        ("16:30:00", time(16, 30)),
        ("4:30 PM", time(16, 30)),
        ("12am", time(0, 0)),
        ("16.30", time(16, 30)),
        ("25:00", None),
        ("13 pm", None),
        ("16", None),
    ],
)
def test_times_are_read(text: str, at: time | None) -> None:
    assert cells.time_in(text) == at


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SMITH", "Smith"),
        ("O'BRIEN", "O'Brien"),
        ("MCDONALD-JONES", "McDonald-Jones"),
        ("AJ", "AJ"),
        ("de Souza", "de Souza"),
        ("MacLeod", "MacLeod"),
    ],
)
def test_only_shouted_names_are_changed(name: str, said: str) -> None:
    assert cells.unshouted(name) == said


@pytest.mark.parametrize(
    ("text", "kept", "found"),
    [
        ("password: rosebud77", "password: [withheld]", True),
        ("Login ben pw=blue", "Login ben pw=[withheld]", True),
        ("PIN 4821", "PIN [withheld]", True),
        ("pass - rosebud", "pass - [withheld]", True),
        ("She will pass grade 3 with merit", "She will pass grade 3 with merit", False),
        ("Did not pass the exam", "Did not pass the exam", False),
        ("likes pins and needles", "likes pins and needles", False),
    ],
)
def test_passwords_are_withheld_and_praise_is_not(text: str, kept: str, found: bool) -> None:
    assert withhold(text) == (kept, found)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("=1+1", True), ("@SUM(A1)", True), ("+cmd|x", True), ("-2", False), ("+44 7700", False)],
)
def test_formulas_are_told_from_signed_numbers(text: str, is_one: bool) -> None:
    assert cells.looks_like_formula(text) is is_one


def test_a_row_with_too_many_cells_is_an_error_and_a_short_one_is_not() -> None:
    mapping = {0: "full_name", 1: "email"}
    long = read_row(["Ann Lane", "", "x"], mapping, {}, GB, columns=2)
    assert [p.code for p in long.problems] == [Code.TOO_MANY_CELLS]
    short = read_row(["Ann Lane"], mapping, {}, GB, columns=2)
    assert [p.code for p in short.problems] == [Code.ENDS_EARLY]
    blank = read_row(["Ann Lane", "", "", " "], mapping, {}, GB, columns=2)
    assert blank.problems == ()
