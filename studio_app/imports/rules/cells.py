"""Reading one cell: dates, times, amounts, lengths, names, statuses. None means: not that."""

import re
import unicodedata
from datetime import date, time
from fractions import Fraction

from studio_app.imports.rules.dates import DateOrder, date_in
from studio_app.kit.money import exponent, half_up
from studio_app.people.rules import StudentStatus, folded

DAY_MINUTES = 24 * 60
SHORTEST_LESSON, LONGEST_LESSON = 5, 480
LONGEST_NUMBER = 15

_STATUSES = {
    StudentStatus.ACTIVE: "active, current, live, enrolled, ongoing, yes",
    StudentStatus.LEFT: "inactive, left, former, past, dormant, archived, ended, closed, no, "
    "unenrolled, withdrawn",
    StudentStatus.LEAD: "lead, prospect, prospective, enquiry, inquiry, enquirer, interested",
    StudentStatus.TRIAL: "trial, trialling, trial lesson, taster",
    StudentStatus.WAITING: "waiting, waiting list, waitlist, wait list, waitlisted",
    StudentStatus.PAUSED: "paused, on hold, hold, on break, suspended, deferred, pause",
}
STATUSES = {
    folded(name): status for status, names in _STATUSES.items() for name in names.split(",")
}
_YES = frozenset({"adult", "yes", "y", "true", "1", "x", "on"})
_NO = frozenset({"", "no", "n", "false", "0", "child", "off", "minor", "student"})
_HOURS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours)(?:\s*(\d+)\s*(?:m|min|mins|minutes)?)?"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "BRL", "ARS", "CLP", "TWD"})
_SIGNS = {
    "£": frozenset({"GBP", "EGP", "GIP", "FKP"}),
    "€": frozenset({"EUR"}),
    "¥": frozenset({"JPY", "CNY"}),
    "$": _DOLLARS,
}
_CODES = frozenset({"GBP", "EUR", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "ZAR"}) | _DOLLARS
_JUNK = frozenset(
    {"test", "testing", "tester", "asdf", "qwerty", "xxx", "xx", "aaa", "abc", "foo", "bar"}
    | {"sample", "example", "demo", "dummy", "delete", "student", "n", "a", "na", "tbc", "tba"}
)
_NOBODY = frozenset({"none", "n a", "na", "unknown", "tbc", "no", "nil"})


def clean(cell: str) -> str:
    """Without invisible characters (bidi marks, zero-width spaces) and spaces around it."""
    kept = "".join(c for c in cell if c in "\n\t" or unicodedata.category(c) not in {"Cf", "Cc"})
    return kept.replace("\u00a0", " ").replace("\u202f", " ").strip()


def has_invisible(cell: str) -> bool:
    return any(unicodedata.category(c) in {"Cf", "Cc"} and c not in "\n\t\r" for c in cell)


def several(cell: str) -> list[str]:
    """The values of a cell that joins them by "; "."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def says_nothing(cell: str) -> bool:
    """What people write instead of leaving a cell empty."""
    return folded(cell) in _NOBODY or not any(c.isalnum() for c in cell)


def looks_like_formula(cell: str) -> bool:
    """A spreadsheet would run it. Signed numbers and telephone numbers are no formulas."""
    if not cell.startswith(("=", "+", "-", "@")):
        return False
    return not re.fullmatch(r"[+-]?[\d\s().,/-]*", cell)


def without_suffix(name: str) -> tuple[str, str]:
    """ "Ada (cello)" is Ada, and the remark "cello"."""
    match = re.search(r"\s*\(([^()]*)\)\s*$", name)
    if match is None or not name[: match.start()].strip():
        return name, ""
    return name[: match.start()].strip(), match[1].strip()


def unshouted(name: str) -> str:
    """SMITH-JONES becomes Smith-Jones, O'BRIEN O'Brien, MCDONALD McDonald; others stay."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) <= 2 or not all(c.isupper() for c in letters):  # noqa: PLR2004  AJ, JP
        return name
    words = re.sub(r"\w+", lambda m: m[0].capitalize(), name)
    words = re.sub(r"\bMc(\w)", lambda m: f"Mc{m[1].upper()}", words)
    return re.sub(r"(?<=\w['’])S\b", "s", words)


def split_name(full: str) -> tuple[str, str]:
    """First and last name: "Lark, Ada" and "Ada Lark" alike."""
    if "," in full:
        last, _comma, first = full.partition(",")
        return first.strip(), last.strip()
    first, _space, last = full.strip().rpartition(" ")
    return (first.strip(), last) if first else (last, "")


def is_junk(first: str, last: str) -> bool:
    """ "test test": rows made while trying the old program out."""
    words = folded(f"{first} {last}").split()
    return bool(words) and all(word in _JUNK or word.isdigit() for word in words)


def status_in(cell: str) -> StudentStatus | None:
    return STATUSES.get(folded(cell))


def yes_in(cell: str) -> bool | None:
    said = folded(cell)
    if said in _YES:
        return True
    return False if said in _NO else None


def weekday_in(cell: str) -> int | None:
    """ISO day, Monday is 1: "Tuesday", "tue", "Tuesdays", "Tu"."""
    said = folded(cell)
    matches = [n for n, day in enumerate(_DAYS, 1) if len(said) > 1 and day.startswith(said[:3])]
    return (
        matches[0] if len(matches) == 1 and f"{_DAYS[matches[0] - 1]}s".startswith(said) else None
    )


def weekday_name(weekday: int) -> str:
    """As files write it, to show what was read: Monday is 1."""
    return _DAYS[weekday - 1].capitalize()


def time_in(cell: str) -> time | None:
    """16:30, 16:30:00, 4:30 PM, 4pm, 16.30, 16h30."""
    match = re.fullmatch(
        r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", cell.strip().lower()
    )
    if match is None or (match[2] is None and match[4] is None):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[4]:
        if not 1 <= hour <= 12:  # noqa: PLR2004  a clock face
            return None
        hour = hour % 12 + (12 if match[4].startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


def moment_in(cell: str, order: DateOrder) -> tuple[date, time] | None:
    """A date with a time of day behind it, on the studio's wall."""
    day, _space, rest = cell.strip().replace("T", " ").replace(", ", " ").partition(" ")
    on, at = date_in(day, order), time_in(rest)
    return (on, at) if on and at is not None else None


def minutes_in(cell: str) -> int | None:
    """30, 30 min, 0:45, 1:00:00, 1 hour, 1h, 1.5 hours: between 5 minutes and 8 hours."""
    said = cell.strip().lower()
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", said)
    hours = re.fullmatch(
        r"(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours)(?:\s*(\d+)\s*(?:m|min|mins|minutes)?)?", said
    )
    plain = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?\s*(?:m|min|mins|minute|minutes)?", said)
    if clock:
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif hours:
        minutes = round(float(hours[1].replace(",", ".")) * 60) + int(hours[2] or 0)
    elif plain:
        minutes = int(plain[1])
    else:
        return None
    return minutes if SHORTEST_LESSON <= minutes <= LONGEST_LESSON else None


def amount_in(cell: str, currency: str) -> int | None:
    """Minor units: "£1,234.50", "1.234,50 €", "(25.00)" and "-25" are amounts, "2 x 30" is not."""
    said = re.sub(r"[^\d.,()\-−]", "", cell).replace("−", "-")
    wordy = re.search(r"\d\D*[a-zA-Z]{4,}|\d\s*[^\d\s.,'’]+\s*\d", cell)
    if wordy or not re.search(r"\d", said) or len(said) > LONGEST_NUMBER:
        return None
    negative = said.startswith(("-", "(")) or said.endswith("-")
    digits = said.strip("()-")
    match = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+|\d+)(?:([.,])(\d{1,3}))?", digits)
    if match is None or (match[2] and match[2] == match[3]):
        return None
    whole = re.sub(r"[.,]", "", match[1])
    minor = half_up(Fraction(f"{whole}.{match[4] or 0}") * 10 ** exponent(currency))
    return -minor if negative else minor


def is_foreign(cell: str, currency: str) -> bool:
    """Whether an amount names a currency, and it is not this one."""
    signs = {ours for sign, ours in _SIGNS.items() if sign in cell}
    codes = set(re.findall(r"\b[A-Z]{3}\b", cell)) & _CODES
    named = {currency in ours for ours in signs} | {currency == code for code in codes}
    return bool(named) and not any(named)


def count_in(cell: str) -> int | None:
    """A whole number, signed: make-up credits."""
    match = re.fullmatch(r"([+-−]?)\s*(\d{1,4})(?:[.,]0+)?", cell.strip())
    if match is None:
        return None
    return -int(match[2]) if match[1] in {"-", "−"} else int(match[2])
