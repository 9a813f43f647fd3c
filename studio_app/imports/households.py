"""Which family a row belongs to, and its parents: found before they are made."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from studio_app.imports import access
from studio_app.imports.models import ImportRow
from studio_app.imports.rules.batches import MadeKind
from studio_app.imports.rules.parsed import Parsed, ParsedContact
from studio_app.kit.ids import FamilyId, GuardianId, StudentId
from studio_app.kit.work import Work
from studio_app.people.commands.families import (
    FamilyDetails,
    add_family,
    fill_family_blanks,
    restore_family,
)
from studio_app.people.commands.guardians import (
    GuardianDetails,
    add_guardian,
    fill_guardian_blanks,
    link_guardian,
)
from studio_app.people.models import Guardian
from studio_app.people.rules import folded


class Remember(Protocol):
    def __call__(self, kind: MadeKind, made_id: UUID, filled: list[str] | None = None) -> None: ...


class Households:
    """Families by the key of their rows, and guardians by address and name."""

    def __init__(self, work: Work, made: Remember) -> None:
        self.work, self._made = work, made
        self._families: dict[str, FamilyId] = {}
        self._by_external_id = access.families_by_external_id(work)
        self._guardians: dict[tuple[str, str], GuardianId] = {
            (guardian.email.lower(), folded(guardian.name)): guardian.id
            for guardian in access.guardians(work)
            if guardian.email
        }
        self._in_family: dict[tuple[FamilyId, str], GuardianId] = {}

    def know(self, rows: Iterable[ImportRow]) -> None:
        """Siblings of somebody who is here already join their family."""
        matched = {row.family_key: row.match_id for row in rows if row.match_id}
        homes = access.families_of(self.work, [i for i in matched.values() if i])
        for key, student_id in matched.items():
            self._families[key] = homes[StudentId(student_id)]

    def known_family(self, key: str) -> FamilyId | None:
        return self._families.get(key)

    def family(self, key: str, parsed: Parsed) -> FamilyId:
        """The family of these rows: one we know by its number, else a new one."""
        if key in self._families:
            return self._families[key]
        known = self._by_external_id.get(parsed.family_id) if parsed.family_id else None
        if known is not None:
            if known.archived_at is not None:
                restore_family(self.work, known.id)
            self._families[key] = known.id
            return known.id
        details = FamilyDetails(called(parsed), parsed.address, parsed.family_notes)
        made = add_family(self.work, details, external_id=parsed.family_id or None)
        self._made(MadeKind.FAMILY, made)
        self._families[key] = made
        return made

    def add_parents(self, student_id: StudentId, family_id: FamilyId, parsed: Parsed) -> None:
        """Each parent once: the same person is linked to every child."""
        linked: set[GuardianId] = set()
        for contact in parsed.contacts:
            known = self._known(family_id, contact)
            if known in linked:
                continue
            if known is None:
                known = add_guardian(self.work, student_id, _details(contact))
                self._made(MadeKind.GUARDIAN, known)
            else:
                link_guardian(self.work, student_id, known)
            linked.add(known)
            self._remember(family_id, contact, known)

    def fill(self, student_id: StudentId, parsed: Parsed) -> bool:
        """Blanks of the family and its parents; parents only where there are none."""
        family_id = access.families_of(self.work, [student_id])[student_id]
        details = FamilyDetails(called(parsed), parsed.address, parsed.family_notes)
        number = parsed.family_id or None
        if number in self._by_external_id:
            number = None
        filled = fill_family_blanks(self.work, family_id, details, external_id=number)
        if filled:
            self._made(MadeKind.FAMILY, family_id, filled)
        theirs = access.parents_of(self.work, student_id)
        if not theirs and parsed.contacts:
            self.add_parents(student_id, family_id, parsed)
            return True
        return self._fill_parents(family_id, theirs, parsed) or bool(filled)

    def _fill_parents(
        self, family_id: FamilyId, theirs: Sequence[Guardian], parsed: Parsed
    ) -> bool:
        any_filled = False
        for guardian in theirs:
            self._in_family[family_id, folded(guardian.name)] = guardian.id
            same = [c for c in parsed.contacts if folded(c.name) == folded(guardian.name)]
            filled = fill_guardian_blanks(self.work, guardian.id, _details(same[0])) if same else []
            if filled:
                self._made(MadeKind.GUARDIAN, guardian.id, filled)
                any_filled = True
        return any_filled

    def _known(self, family_id: FamilyId, contact: ParsedContact) -> GuardianId | None:
        in_family = self._in_family.get((family_id, folded(contact.name)))
        if in_family is not None or not contact.email:
            return in_family
        return self._guardians.get((contact.email.lower(), folded(contact.name)))

    def _remember(self, family_id: FamilyId, contact: ParsedContact, known: GuardianId) -> None:
        self._in_family[family_id, folded(contact.name)] = known
        if contact.email:
            self._guardians[contact.email.lower(), folded(contact.name)] = known


def called(parsed: Parsed) -> str:
    """A family is called by the file's name for it, else by its first parent's surname."""
    if parsed.family_name:
        return parsed.family_name
    first = parsed.contacts[0].name if parsed.contacts else ""
    surname = first.rpartition(" ")[2] if " " in first else ""
    return surname or parsed.last_name or parsed.first_name


def _details(contact: ParsedContact) -> GuardianDetails:
    return GuardianDetails(contact.name, contact.email, contact.phone)
