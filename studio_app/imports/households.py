"""Which family a row belongs to, and its parents: found before they are made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Protocol, TypeVar
from uuid import UUID

from studio_app.imports import access
from studio_app.imports.models import ImportRow
from studio_app.imports.rules.batches import MadeKind
from studio_app.imports.rules.comparing import KnownParent, match_parents
from studio_app.imports.rules.parsed import Parsed, ParsedContact
from studio_app.kit.ids import FamilyId, GuardianId, StudentId, new_id
from studio_app.kit.work import Work
from studio_app.people.commands.families import FamilyDetails, fill_family_blanks, restore_family
from studio_app.people.commands.guardians import GuardianDetails, fill_guardian_blanks
from studio_app.people.commands.newcomers import Newcomers, NewFamily, NewGuardian, NewGuardianship
from studio_app.people.models import Student
from studio_app.people.rules import folded

D = TypeVar("D", FamilyDetails, GuardianDetails)


class Remember(Protocol):
    def __call__(self, kind: MadeKind, made_id: UUID, filled: list[str] | None = None) -> None: ...


class Households:
    """Families by the key of their rows, and guardians by address and name. Who is new is
    gathered in `newcomers`; who is here already has their blanks filled."""

    def __init__(self, work: Work, newcomers: Newcomers, made: Remember) -> None:
        self.work, self._new, self._made = work, newcomers, made
        self._families: dict[str, FamilyId] = {}
        self._new_families: dict[FamilyId, NewFamily] = {}
        self._new_guardians: dict[GuardianId, NewGuardian] = {}
        self._here = {family.id: family for family in access.families(work)}
        self._by_external_id = {
            family.external_id: family.id for family in self._here.values() if family.external_id
        }
        self._known = {guardian.id: guardian for guardian in access.guardians(work)}
        self._guardians: dict[tuple[str, str], GuardianId] = {
            (guardian.email.lower(), folded(guardian.name)): guardian.id
            for guardian in self._known.values()
            if guardian.email
        }
        self._in_family: dict[tuple[FamilyId, str], GuardianId] = {}
        self._of_student: dict[StudentId, list[GuardianId]] = defaultdict(list)
        for link in access.guardianships(work):
            guardian = self._known.get(link.guardian_id)
            if guardian is not None:
                self._in_family.setdefault((link.family_id, folded(guardian.name)), guardian.id)
                self._of_student[link.student_id].append(guardian.id)

    def know(self, rows: Iterable[ImportRow]) -> None:
        """Siblings of somebody who is here already join their family; of several, that of the
        first line."""
        matched: dict[str, StudentId] = {}
        for row in rows:
            if row.match_id:
                matched.setdefault(row.family_key, StudentId(row.match_id))
        homes = access.families_of(self.work, list(matched.values()))
        for key, student_id in matched.items():
            self._families[key] = homes[student_id]

    def other_family(self, student: Student, parsed: Parsed) -> str:
        """What the family is called that has the number of this row, where the student here
        belongs to another; else ""."""
        holder = self._by_external_id.get(parsed.family_id)
        if holder is None or holder == student.family_id:
            return ""
        return self._here[holder].name

    def family(self, key: str, parsed: Parsed) -> FamilyId:
        """The family of these rows: one we know by its number, else a new one. What a later
        row adds to it fills its blanks."""
        details = FamilyDetails(called(parsed), parsed.address, parsed.family_notes)
        known = self._families.get(key) or self._by_external_id.get(parsed.family_id)
        if known is None:
            made = NewFamily(FamilyId(new_id()), details, parsed.family_id or None)
            self._new.families.append(made)
            self._new_families[made.id] = made
            self._made(MadeKind.FAMILY, made.id)
            self._families[key] = made.id
            return made.id
        self._families[key] = known
        if known in self._new_families:
            made = self._new_families[known]
            notes = [*made.details.notes.splitlines(), *details.notes.splitlines()]
            whole = replace(made.details, notes="\n".join(dict.fromkeys(notes)))
            made.details = _filled(whole, details)
            return known
        if self._here[known].archived_at is not None:
            restore_family(self.work, known)
        self._fill_family(known, details, None)
        return known

    def add_parents(self, student_id: StudentId, family_id: FamilyId, parsed: Parsed) -> None:
        """Each parent once: the same person is linked to every child."""
        for contact in parsed.contacts:
            self._add_parent(student_id, family_id, contact)

    def fill(self, student: Student, parsed: Parsed) -> bool:
        """Blanks of the family and its parents; parents who are new to us are added. Whether
        there was anything."""
        student_id, family_id = student.id, student.family_id
        details = FamilyDetails(called(parsed), parsed.address, parsed.family_notes)
        number = parsed.family_id or None
        if number in self._by_external_id:
            number = None
        found = self._fill_family(family_id, details, number)
        theirs = [self._known[each] for each in self._of_student[student_id] if each in self._known]
        ours = [KnownParent(each.id, each.name, each.email, each.phone) for each in theirs]
        parents = match_parents(parsed.contacts, ours)
        for _number, contact, parent in parents.same:
            found = self._fill_parent(GuardianId(parent.id), contact) or found
        for contact in parents.new:
            link = self._add_parent(student_id, family_id, contact)
            if link is not None:
                self._made(MadeKind.GUARDIANSHIP, link)
                found = True
        return found

    def _add_parent(
        self, student_id: StudentId, family_id: FamilyId, contact: ParsedContact
    ) -> UUID | None:
        known = self._known_as(family_id, contact)
        if known is None:
            known = GuardianId(new_id())
            made = NewGuardian(known, _details(contact))
            self._new.guardians.append(made)
            self._new_guardians[known] = made
            self._made(MadeKind.GUARDIAN, known)
        elif known in self._new_guardians:
            made = self._new_guardians[known]
            made.details = _filled(made.details, _details(contact))
        else:
            self._fill_parent(known, contact)
        self._remember(family_id, contact, known)
        if known in self._of_student[student_id]:
            return None
        link = NewGuardianship(new_id(), student_id, known, family_id)
        self._new.guardianships.append(link)
        self._of_student[student_id].append(known)
        return link.id

    def _fill_family(self, family_id: FamilyId, details: FamilyDetails, number: str | None) -> bool:
        """Asked of the database only where there is something to fill."""
        here = self._here[family_id]
        lacking = (details.address and not here.address) or (details.notes and not here.notes)
        if not lacking and not (number and not here.external_id):
            return False
        filled = fill_family_blanks(self.work, family_id, details, external_id=number)
        if filled:
            self._made(MadeKind.FAMILY, family_id, filled)
        if number and "external_id" in filled:
            self._by_external_id[number] = family_id
        return bool(filled)

    def _fill_parent(self, guardian_id: GuardianId, contact: ParsedContact) -> bool:
        here = self._known.get(guardian_id)
        if here is None or not (
            (contact.email and not here.email) or (contact.phone and not here.phone)
        ):
            return False
        filled = fill_guardian_blanks(self.work, guardian_id, _details(contact))
        if filled:
            self._made(MadeKind.GUARDIAN, guardian_id, filled)
        return bool(filled)

    def _known_as(self, family_id: FamilyId, contact: ParsedContact) -> GuardianId | None:
        in_family = self._in_family.get((family_id, folded(contact.name)))
        if in_family is not None or not contact.email:
            return in_family
        return self._guardians.get((contact.email.lower(), folded(contact.name)))

    def _remember(self, family_id: FamilyId, contact: ParsedContact, known: GuardianId) -> None:
        self._in_family[family_id, folded(contact.name)] = known
        if contact.email:
            self._guardians.setdefault((contact.email.lower(), folded(contact.name)), known)


def called(parsed: Parsed) -> str:
    """A family is called by the file's name for it, else by its first parent's surname."""
    if parsed.family_name:
        return parsed.family_name
    first = parsed.contacts[0].name if parsed.contacts else ""
    surname = first.rpartition(" ")[2] if " " in first else ""
    return surname or parsed.last_name or parsed.first_name


def _details(contact: ParsedContact) -> GuardianDetails:
    return GuardianDetails(contact.name, contact.email, contact.phone)


def _filled(first: D, later: D) -> D:
    """What was said first, and where that is nothing what was said later."""
    blank = [each.name for each in fields(first) if not getattr(first, each.name)]
    return replace(first, **{name: asdict(later)[name] for name in blank})
