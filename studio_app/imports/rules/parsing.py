"""From the cells of a row to what they say. Whatever has no place of its own goes to the
notes, and every change is told: nothing is dropped in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from studio_app.imports.rules import cells as read
from studio_app.imports.rules.collector import Collector
from studio_app.imports.rules.contacts import contact_in, email_in, once_each, phone_in
from studio_app.imports.rules.dates import date_in
from studio_app.imports.rules.fields import CONTACTS, Field
from studio_app.imports.rules.parsed import Context, Parsed, ParsedContact, Reading
from studio_app.imports.rules.problems import Code
from studio_app.imports.rules.teaching import (
    amount_of,
    keep_lesson,
    minutes_of,
    prices_of,
    teachers_of,
    weekly_of,
)
from studio_app.people.rules import StudentStatus

_KEPT_IN_NOTES = (Field.LEVEL, Field.SCHOOL, Field.GROUP_TAGS, Field.REFERRER)
_ADDRESS = (Field.ADDRESS, Field.TOWN, Field.REGION, Field.POSTCODE)


def values_of(
    cells: Sequence[str], mapping: Mapping[int, str], fixes: Mapping[str, str]
) -> dict[str, str]:
    """The row by target: what the file says, corrected by what the owner typed."""
    said = {t: cells[i] for i, t in mapping.items() if i < len(cells)}
    return said | dict(fixes)


def read_row(
    cells: Sequence[str],
    mapping: Mapping[int, str],
    fixes: Mapping[str, str],
    context: Context,
    *,
    columns: int,
) -> Reading:
    row = Collector(values_of(cells, mapping, fixes), context)
    if not any(cell.strip() for cell in cells):
        row.tell(Code.EMPTY)
        return row.reading(Parsed())
    filled = len(cells) - next((i for i, c in enumerate(reversed(cells)) if c.strip()), 0)
    if filled > columns:
        row.tell(Code.TOO_MANY_CELLS, found=filled, expected=columns)
    elif len(cells) < columns:
        row.tell(Code.ENDS_EARLY)
    return row.reading(_parsed(row))


def _parsed(row: Collector) -> Parsed:
    first, last = _names(row)
    is_adult = _adult(row)
    contacts = _contacts(row)
    email = email_in(row, Field.EMAIL)
    phone = phone_in(row, Field.MOBILE_PHONE, Field.HOME_PHONE)
    if email and not is_adult and any(c.email.lower() == email.lower() for c in contacts):
        row.tell(Code.EMAIL_OF_PARENT)
        email = ""
    if is_adult and not contacts:
        contacts = (ParsedContact(f"{first} {last}".strip(), email, phone),)
    for target in _KEPT_IN_NOTES:
        row.note(target, row.text(target))
    written = row.text(Field.NOTES)
    written = "" if read.says_nothing(written) else written
    parsed = Parsed(
        first_name=first,
        last_name=last,
        student_id=row.text(Field.STUDENT_ID),
        family_id=row.text(Field.FAMILY_ID),
        family_name=row.text(Field.FAMILY_NAME),
        is_adult=is_adult,
        status=_status(row),
        says_status=row.has(Field.STATUS),
        email=email,
        phone=phone,
        birthday=_birthday(row),
        instrument=row.text(Field.INSTRUMENT),
        address=", ".join(part for part in map(row.text, _ADDRESS) if part),
        started_on=_date(row, Field.STARTED_ON),
        left_on=_date(row, Field.LEFT_ON),
        contacts=contacts,
        teachers=teachers_of(row),
        minutes=minutes_of(row),
        prices_minor=prices_of(row),
        make_ups=_make_ups(row),
        weekly=weekly_of(row),
        balance_minor=_balance(row),
        family_notes="\n".join(row.family_notes),
    )
    keep_lesson(row, parsed)
    return replace(parsed, notes="\n".join([*filter(None, [written]), *row.notes]))


def _names(row: Collector) -> tuple[str, str]:
    first, last = row.text(Field.FIRST_NAME), row.text(Field.LAST_NAME)
    if not first and not last:
        first, last = read.split_name(row.text(Field.FULL_NAME))
    for name in (first, last):
        if name.startswith("'"):
            row.tell(Code.NAME_IS_FORMULA, text=name[1:])
    first, last = _tidied(row, first), _tidied(row, last)
    if not first:
        first, last = last, ""
    if not first:
        row.tell(Code.NAME_MISSING)
    elif read.is_junk(first, last):
        row.tell(Code.LOOKS_LIKE_A_TEST, name=f"{first} {last}".strip())
    return first, last


def _tidied(row: Collector, name: str) -> str:
    if not any(c.isalnum() for c in name):
        return ""
    plain, suffix = read.without_suffix(name)
    if suffix:
        row.tell(Code.SUFFIX, text=suffix)
        row.notes.append(suffix)
    said = read.unshouted(plain)
    if said != plain:
        row.tell(Code.SHOUTED, text=plain, name=said)
    return said


def _adult(row: Collector) -> bool:
    text = row.text(Field.ADULT)
    said = read.yes_in(text)
    if said is None:
        row.tell(Code.ADULT_UNREADABLE, text=text)
    return bool(said)


def _status(row: Collector) -> StudentStatus:
    text = row.text(Field.STATUS)
    status = read.status_in(text) if text else StudentStatus.ACTIVE
    if status is None:
        row.tell(Code.STATUS_UNKNOWN, text=text)
    return status or StudentStatus.ACTIVE


def _contacts(row: Collector) -> tuple[ParsedContact, ...]:
    found = [contact_in(row, n) for n in range(1, CONTACTS + 1)]
    return once_each(row, [contact for contact in found if contact is not None])


def _make_ups(row: Collector) -> int:
    text = row.text(Field.MAKE_UP_CREDITS)
    if not text or read.says_nothing(text):
        return 0
    count = read.count_in(text)
    if count is None:
        row.note(Field.MAKE_UP_CREDITS, text)
        row.tell(Code.CREDITS_UNREADABLE, field=Field.MAKE_UP_CREDITS.value, text=text)
    return count or 0


def _balance(row: Collector) -> int | None:
    """Owed is positive; what a column of credits says is turned round."""
    owed = amount_of(row, Field.BALANCE_OWED, row.text(Field.BALANCE_OWED))
    ahead = amount_of(row, Field.BALANCE_IN_CREDIT, row.text(Field.BALANCE_IN_CREDIT))
    if owed is None and ahead is None:
        return None
    return (owed or 0) - (ahead or 0)


def _birthday(row: Collector) -> date | None:
    found, today = _date(row, Field.BIRTHDAY), row.context.today
    if found and today and found > today:
        row.note(Field.BIRTHDAY, row.text(Field.BIRTHDAY))
        row.tell(Code.BORN_LATER, field=Field.BIRTHDAY.value, text=row.text(Field.BIRTHDAY))
        return None
    return found


def _date(row: Collector, target: Field) -> date | None:
    text = row.text(target)
    if not text or read.says_nothing(text):
        return None
    found = date_in(text, row.context.order)
    if found is None:
        row.note(target, text)
        row.tell(Code.DATE_UNREADABLE, field=target.value, text=text)
    return found
