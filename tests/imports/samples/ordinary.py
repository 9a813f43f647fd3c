"""An ordinary studio, as My Music Staff writes it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice, product


def words(text: str, sign: str) -> tuple[str, ...]:
    return tuple(text.split(sign))


STUDENT_ID, FAMILY_ID = "My Music Staff Student ID", "My Music Staff Family ID"
FIRST = words(
    "Ada Ben Cora Dan Ella Finn Gwen Hugo Isla Jack Kira Liam Maya Noah Orla Paul Quinn "
    "Rosa Sean Tess Uma Vera Will Yara Zoe Amir Bela Cleo Dina Ewan",
    " ",
)
LAST = words(
    "Archer Barlow Carver Dunne Ellis Forde Garner Hale Irving Jarvis Keane Lowell Marsh "
    "Nash Osborne Pryce Quill Rowan Sharpe Thorne Underhill Vaughan Whitlock Yarrow Abbas "
    "Boateng Costa Dubois Eriksen",
    " ",
)
PARENTS = words(
    "Anna Brian Carol David Emma Frank Grace Helen Ian Julia Karen Louis Mary Neil",
    " ",
)
TEACHERS = ("Tom Teal", "Una Reed", "Victor Lund", "Wendy Osei")
INSTRUMENTS = ("Piano", "Violin", "Guitar", "Cello", "Voice", "Flute")
TIMES = ("15:00", "15:45", "16:30", "17:15", "18:00", "18:45", "19:30")
DAYS = ("07/09/2026", "08/09/2026", "09/09/2026", "10/09/2026", "11/09/2026")  # Monday to Friday
MMS = words(
    "Last Name,First Name,My Music Staff Student ID,My Music Staff Family ID,"
    "Adult Student,Status,Email,Mobile Phone,Instrument,Duration,Lesson Price,Rate,"
    "Make-up Credits,Teacher,Group Tags,Birthday,Address,Parent Contact 1 Last Name,"
    "Parent Contact 1 First Name,Parent Contact 1 Email,Parent Contact 1 Address,"
    "Parent Contact 1 Mobile Phone,Parent Contact 1 Home Phone,Last Lesson,"
    "Next Lesson,Date Started,Note",
    ",",
)
Cells = dict[str, str]


def slots() -> Iterator[tuple[str, str]]:
    """A teacher and a time each, never the same twice: a week without clashes."""
    for at, day, teacher in product(TIMES, DAYS, TEACHERS):
        yield teacher, f"{day} {at}:00"


def ordinary() -> Iterator[Cells]:
    """Families of one or two children, and an adult now and then."""
    people = zip(islice(cycle(FIRST), 1000), islice(cycle(LAST), 1000), strict=True)
    free = slots()
    for number in range(1000):
        first, last = next(people)
        family = f"fml_{number:04d}"
        parent = PARENTS[number % len(PARENTS)]
        if number % 9 == 0:
            yield student(number, 0, first, last, next(free)) | adult(first, last, number)
            continue
        shared = contact(parent, last, number) | {FAMILY_ID: family}
        yield student(number, 0, first, last, next(free)) | shared
        if number % 4 == 0:
            sibling = FIRST[(number + 7) % len(FIRST)]
            yield student(number, 1, sibling, last, next(free)) | shared


def student(number: int, child: int, first: str, last: str, slot: tuple[str, str]) -> Cells:
    teacher, at = slot
    long = (number + child) % 5 == 0
    return {
        "Last Name": last,
        "First Name": first,
        STUDENT_ID: f"sdt_{number:04d}{child}",
        FAMILY_ID: f"fml_{number:04d}",
        "Status": "Active",
        "Instrument": INSTRUMENTS[(number + child) % len(INSTRUMENTS)],
        "Duration": "45" if long else "30",
        "Lesson Price": "27.00" if long else "18.50",
        "Rate": "36.00" if long else "37.00",
        "Make-up Credits": "0",
        "Teacher": teacher,
        "Birthday": f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/{2008 + number % 9}",
        "Address": f"{number + 1} Harbour Road, Seaton",
        "Last Lesson": "20/07/2026 16:00:00",
        "Next Lesson": at,
        "Date Started": "08/01/2025",
    }


def contact(first: str, last: str, number: int) -> Cells:
    email = f"{first.lower()}.{last.lower()}{number}@example.org"
    return {
        "Parent Contact 1 Last Name": last,
        "Parent Contact 1 First Name": first,
        "Parent Contact 1 Email": email,
        "Parent Contact 1 Mobile Phone": f"07700 900{number % 1000:03d}",
        "Parent Contact 1 Home Phone": f"020 7946 {number % 1000:04d}" if number % 6 == 0 else "",
    }


def adult(first: str, last: str, number: int) -> Cells:
    return {
        "Adult Student": "Adult",
        "Email": f"{first.lower()}.{last.lower()}@example.org",
        "Mobile Phone": f"07700 900{number % 1000:03d}",
        "Birthday": f"14/03/{1950 + number % 40}",
    }


def written(
    headings: Iterable[str], rows: Iterable[Mapping[str, str]], delimiter: str = ","
) -> str:
    columns = list(headings)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()
