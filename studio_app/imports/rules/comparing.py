"""A row beside the student it is about: what is new, what we know otherwise, and which of its
parents we have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from studio_app.imports.rules.fields import CONTACTS, ContactField, Field, contact
from studio_app.imports.rules.parsed import Parsed, ParsedContact
from studio_app.imports.rules.problems import Code, Problem
from studio_app.people.rules import Known, StudentStatus, digits, folded

LONGEST_SAID = 80


@dataclass(frozen=True, slots=True)
class KnownParent:
    id: UUID
    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class KnownStudent:
    """A student of the studio, as far as rows are compared with them."""

    id: UUID
    external_id: str
    name: str
    email: str = ""
    phone: str = ""
    birthday: date | None = None
    instrument: str = ""
    status: StudentStatus = StudentStatus.ACTIVE
    notes: str = ""
    address: str = ""
    started_on: date | None = None
    is_archived: bool = False
    parents: tuple[KnownParent, ...] = ()
    family_notes: str = ""

    @property
    def known(self) -> Known:
        return Known(self.name, self.email, self.phone, self.birthday)


@dataclass(frozen=True, slots=True)
class Parents:
    """The parents of a row beside those we have; numbers are the file's (from 1)."""

    same: tuple[tuple[int, ParsedContact, KnownParent], ...]
    new: tuple[ParsedContact, ...]
    unclear: tuple[tuple[ParsedContact, KnownParent], ...]
    """Another name, but the address or the number of somebody we have."""


def match_parents(contacts: Sequence[ParsedContact], ours: Sequence[KnownParent]) -> Parents:
    """By name first. Whoever is left is somebody new, unless they share an address or a number
    with one of ours whom the file does not name: that may be the same person."""
    by_name = {folded(parent.name): parent for parent in ours}
    numbered = list(enumerate(contacts, 1))
    same = [(n, c, by_name[folded(c.name)]) for n, c in numbered if folded(c.name) in by_name]
    named = {parent.id for _n, _contact, parent in same}
    unnamed = [parent for parent in ours if parent.id not in named]
    new: list[ParsedContact] = []
    unclear: list[tuple[ParsedContact, KnownParent]] = []
    for one in contacts:
        if folded(one.name) in by_name:
            continue
        alike = next((parent for parent in unnamed if _may_be(one, parent)), None)
        if alike is None:
            new.append(one)
        else:
            unclear.append((one, alike))
    return Parents(tuple(same), tuple(new), tuple(unclear))


def differing(parsed: Parsed, student: KnownStudent) -> list[Problem]:
    """What the file says otherwise than we do; ours stays."""
    status = parsed.status if parsed.says_status else student.status
    pairs: list[tuple[str, object, object]] = [
        (Field.EMAIL, student.email, parsed.email),
        (Field.MOBILE_PHONE, student.phone, parsed.phone),
        (Field.BIRTHDAY, student.birthday, parsed.birthday),
        (Field.INSTRUMENT, student.instrument, parsed.instrument),
        (Field.STATUS, student.status.label, status.label),
        (Field.STARTED_ON, student.started_on, parsed.started_on),
        (Field.ADDRESS, student.address, parsed.address),
        (Field.STUDENT_ID, student.external_id, parsed.student_id),
    ]
    told = [_differs(field, ours, theirs) for field, ours, theirs in pairs]
    found = [problem for problem in told if problem is not None]
    return [*found, *_notes(parsed, student), *_parents(parsed, student)]


def _notes(parsed: Parsed, student: KnownStudent) -> Iterable[Problem]:
    """Notes of ours may have grown since; only what they lack is told."""
    pairs = ((student.notes, parsed.notes), (student.family_notes, parsed.family_notes))
    for ours, theirs in pairs:
        lines = [line for line in theirs.splitlines() if line.strip()]
        told = _differs(Field.NOTES, ours, theirs)
        if told and not all(line in ours for line in lines):
            yield told


def _parents(parsed: Parsed, student: KnownStudent) -> Iterable[Problem]:
    found = match_parents(parsed.contacts, student.parents)
    for number, theirs, ours in found.same:
        pairs = (
            (ContactField.EMAIL, ours.email, theirs.email),
            (ContactField.MOBILE_PHONE, ours.phone, theirs.phone),
        )
        for part, have, says in pairs:
            told = _differs(contact(min(number, CONTACTS), part), have, says)
            if told:
                yield told
    for new in found.new:
        yield Problem(Code.PARENT_ADDED, {"name": new.name})
    for theirs, ours in found.unclear:
        yield Problem(Code.PARENT_UNCLEAR, {"theirs": theirs.name, "ours": ours.name})


def _differs(field: str, ours: object, theirs: object) -> Problem | None:
    if not ours or not theirs or str(ours).casefold() == str(theirs).casefold():
        return None
    said = {"field": str(field), "ours": shortened(str(ours)), "theirs": shortened(str(theirs))}
    return Problem(Code.DIFFERS, said)


def _may_be(theirs: ParsedContact, ours: KnownParent) -> bool:
    emails = {theirs.email.casefold(), ours.email.casefold()} - {""}
    phones = {digits(theirs.phone), digits(ours.phone)} - {""}
    same_email = bool(theirs.email and ours.email) and len(emails) == 1
    same_phone = bool(theirs.phone and ours.phone) and len(phones) == 1
    return same_email or same_phone


def shortened(text: str) -> str:
    """In one line, and not longer than a sentence can carry."""
    line = " · ".join(part.strip() for part in text.splitlines() if part.strip())
    return line if len(line) <= LONGEST_SAID else f"{line[: LONGEST_SAID - 1]}…"
