"""Reading addresses, numbers, and the parents of a row."""

from collections.abc import Sequence

from studio_app.imports.rules import cells as read
from studio_app.imports.rules.collector import Collector
from studio_app.imports.rules.fields import ContactField, Field, contact
from studio_app.imports.rules.parsed import ParsedContact
from studio_app.imports.rules.problems import Code
from studio_app.people.contacts import NotAnEmail, NotAPhone, email_address, phone_number, phones_in
from studio_app.people.rules import folded

SIGNS_BETWEEN = " ,;/|<>()[]\n\t"


def email_in(row: Collector, target: str) -> str:
    """The first address of a cell; further ones and words go to the notes."""
    text = row.text(target)
    if not text or read.says_nothing(text):
        return ""
    found: list[str] = []
    words: list[str] = []
    for part in _parts(text):
        try:
            found.append(email_address(part))
        except NotAnEmail:
            words.append(part)
    if not found:
        row.tell(Code.EMAIL_UNREADABLE, text=text)
        row.note(target, text)
        return ""
    for other in found[1:]:
        row.tell(Code.SECOND_EMAIL, text=other)
        row.note(target, other)
    if words and not read.says_nothing(" ".join(words)):
        row.tell(Code.MOVED_TO_NOTES, field=str(target), text=" ".join(words))
        row.note(target, " ".join(words))
    return found[0]


def phone_in(row: Collector, *targets: str) -> str:
    """The first number of these cells; the others, and words around them, go to the notes."""
    numbers: list[str] = []
    for target in targets:
        text = row.text(target)
        if text and not read.says_nothing(text):
            numbers += _numbers(row, target, text)
    for other in dict.fromkeys(numbers[1:]):
        if other != numbers[0]:
            row.tell(Code.SECOND_PHONE, text=other)
            row.note(Field.HOME_PHONE, other)
    return numbers[0] if numbers else ""


def contact_in(row: Collector, number: int) -> ParsedContact | None:
    """One parent of the row; without a name the address or number names them."""

    def part(which: ContactField) -> str:
        return contact(number, which)

    first, last = row.text(part(ContactField.FIRST_NAME)), row.text(part(ContactField.LAST_NAME))
    name = f"{first} {last}".strip() or row.text(part(ContactField.NAME))
    plain, suffix = read.without_suffix(name)
    said = read.unshouted(plain)
    if said != plain:
        row.tell(Code.SHOUTED, text=plain, name=said)
    if suffix:
        row.tell(Code.SUFFIX, text=suffix)
        row.notes.append(f"{said}: {suffix}")
    email = email_in(row, part(ContactField.EMAIL))
    phone = phone_in(row, part(ContactField.MOBILE_PHONE), part(ContactField.HOME_PHONE))
    _keep_address(row, said, row.text(part(ContactField.ADDRESS)))
    said = "" if read.says_nothing(said) else said
    return ParsedContact(said or email or phone, email, phone) if said or email or phone else None


def once_each(row: Collector, contacts: Sequence[ParsedContact]) -> tuple[ParsedContact, ...]:
    """Columns that name one parent twice are one parent: a second address or number of theirs
    goes to the notes."""
    found: dict[str, ParsedContact] = {}
    for one in contacts:
        first = found.setdefault(folded(one.name), one)
        if first is one:
            continue
        if one.email and first.email and one.email.casefold() != first.email.casefold():
            row.tell(Code.SECOND_EMAIL, text=one.email)
            row.notes.append(f"{one.name}: {one.email}")
        if one.phone and first.phone and one.phone != first.phone:
            row.tell(Code.SECOND_PHONE, text=one.phone)
            row.notes.append(f"{one.name}: {one.phone}")
        whole = ParsedContact(first.name, first.email or one.email, first.phone or one.phone)
        found[folded(one.name)] = whole
    return tuple(found.values())


def _keep_address(row: Collector, name: str, address: str) -> None:
    if address and address != read.clean(row.values.get(Field.ADDRESS, "")):
        row.family_notes.append(f"{name}: {address}" if name else address)


def _numbers(row: Collector, target: str, text: str) -> list[str]:
    country = row.context.country
    if not any(c.isalpha() for c in text):
        try:
            return [phone_number(text, country)]
        except NotAPhone:
            pass
    found, words = phones_in(text, country)
    if not found:
        row.tell(Code.PHONE_UNREADABLE, text=text)
        row.note(target, text)
    elif any(c.isalnum() for c in words):
        row.tell(Code.PHONE_WORDS, field=str(target), text=words)
        row.note(target, words)
    return found


def _parts(text: str) -> list[str]:
    for sign in SIGNS_BETWEEN:
        text = text.replace(sign, " ")
    return text.removeprefix("mailto:").split()
