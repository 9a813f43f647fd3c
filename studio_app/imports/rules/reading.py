"""From the bytes of a file to its headings and rows. Nothing is lost on the way: each record
keeps the number of its line, and a file that would be misread is refused whole."""

import codecs
import csv
import io
from dataclasses import dataclass

from studio_app.kit.errors import Refused
from studio_app.kit.words import Text, _

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t|"
LINES_LOOKED_AT = 40
_END = "\x01end\x01"  # a last row of our own: it must come out alone

# How other programs' files begin, and what to do about it.
_NOT_CSV = {
    b"PK\x03\x04": _("This is a spreadsheet file. Save it as CSV first, then choose that file."),
    b"\xd0\xcf\x11\xe0": _("This is an old Excel file. Save it as CSV first."),
    b"%PDF": _("This is a PDF. Export the contact list as CSV instead."),
    b"<": _("This is a web page or XML, not a table of text. Save it as CSV first."),
    b"{": _("This is JSON, not a table of text. Export the contact list as CSV instead."),
}
_NOT_TEXT = frozenset("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14")
MOST_CONTROLS = 0.02  # of the characters; a picture has a tenth


class Unreadable(Refused):
    message = _("This file cannot be read as a contact list.")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file and the line it starts on, counted as an editor counts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    heading_line: int
    records: tuple[Record, ...]
    encoding: str
    delimiter: str
    replaced: int
    """How many characters could not be read and are shown as �."""
    preamble: int
    """How many filled lines stood before the headings and were left out."""


def read_table(content: bytes) -> Table:
    """Read a delimited file: BOM, UTF-8, UTF-16 and Windows-1252, any common delimiter, quoted
    cells with line breaks. Raises Unreadable with the sentence for the person."""
    _check_size(content)
    text, encoding = _decoded(content)
    told, text = _told_delimiter(text)
    delimiter = told or _sniffed(text)
    records = _records(text, delimiter, skipped=1 if told else 0)
    start = _heading_index(records)
    rows = records[start + 1 :]
    if not rows:
        raise Unreadable(_("This file has headings, but no rows below them."))
    if len(rows) > MOST_ROWS:
        said = _("This file has {n} rows; {most} at once is the most.", n=len(rows), most=MOST_ROWS)
        raise Unreadable(said)
    heading = records[start]
    return Table(
        headings=tuple(cell.strip() for cell in heading.cells),
        heading_line=heading.line,
        records=tuple(rows),
        encoding=encoding,
        delimiter=delimiter,
        replaced=text.count("\ufffd"),
        preamble=start,
    )


def _check_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        said = _("This file is larger than {most} MB. Split it and import the parts.", most=most)
        raise Unreadable(said)
    for beginning, said in _NOT_CSV.items():
        if content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(beginning):
            raise Unreadable(said)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and how it was encoded. NULs cannot be stored and mean nothing: they go."""
    encoding = _encoding(content)
    text = content.decode(encoding, errors="replace")
    sample = text[:4000].replace("\0", "") if encoding == "utf-8" else text[:4000]
    if sum(c in _NOT_TEXT for c in sample) > MOST_CONTROLS * len(sample):
        raise Unreadable(_("This is not a file of text. Export the contact list as CSV."))
    return text.removeprefix("\ufeff").replace("\0", ""), encoding


def _encoding(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:4000]
    if len(sample) > 1 and sample.count(0) > len(sample) // 4:
        return "utf-16-be" if sample[0] == 0 else "utf-16-le"
    return "utf-8" if _is_utf8(content) else "cp1252"


def _is_utf8(content: bytes) -> bool:
    """A damaged byte or two among letters that only UTF-8 writes so is UTF-8 still."""
    text = content.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd") - content.count("\ufffd".encode())
    accented = sum(c > "\x7f" for c in text) - damaged
    return damaged <= 0 or accented > 4 * damaged


def _told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line, `sep=;`, and the text behind it."""
    first, _newline, rest = text.partition("\n")
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and len(told) == len("sep=;"):
        return told[-1], rest
    return "", text


def _sniffed(text: str) -> str:
    """The delimiter that cuts the first lines into most cells, the same number each time."""
    lines = [line for line in text.splitlines()[:LINES_LOOKED_AT] if line.strip()]

    def cuts(delimiter: str) -> tuple[int, int]:
        counts = [_outside_quotes(line, delimiter) for line in lines]
        first = counts[0] if counts else 0
        return (first, sum(count == first for count in counts))

    best = max(DELIMITERS, key=cuts, default=",")
    return best if cuts(best)[0] else ","


def _outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])


def _records(text: str, delimiter: str, *, skipped: int) -> list[Record]:
    """Every row that is not a blank line. A quotation mark that is never closed would
    swallow the rest of the file, so the file is refused."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(f"{normal}\n{_END}\n"), delimiter=delimiter)
    records: list[Record] = []
    line = 1 + skipped
    try:
        for cells in reader:
            if cells:
                records.append(Record(line, tuple(cells)))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise Unreadable(_("Line {line} cannot be read.", line=line)) from error
    last = records.pop()
    if last.cells != (_END,):
        said = _("A quotation mark opened on line {line} is never closed.", line=last.line)
        raise Unreadable(said)
    if not records:
        raise Unreadable(_("This file is empty."))
    return records


def _heading_index(records: list[Record]) -> int:
    """The first row with two filled cells: exports may begin with a title."""
    for index, record in enumerate(records[:10]):
        filled = [cell for cell in record.cells if cell.strip()]
        if len(filled) > 1:
            if len(record.cells) > MOST_COLUMNS:
                raise Unreadable(_("This file has too many columns."))
            return index
    return 0


def said_delimiter(delimiter: str) -> Text:
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("bar")}
    return names.get(delimiter, Text(delimiter))
