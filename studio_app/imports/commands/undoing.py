"""Taking an import back, for a day. What has been changed or used since stays, and is named."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from studio_app.billing.commands.payments import reverse_opening_balance
from studio_app.imports import access
from studio_app.imports.models import (
    ImportBatch,
    ImportMade,
    ImportTodo,
    SeriesProposal,
)
from studio_app.imports.rules.batches import BatchState, MadeKind, ProposalState, undo_until
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict
from studio_app.kit.ids import BatchId, FamilyId, GuardianId, StudentId, TeacherId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.people.commands.families import StillHasStudents, archive_family, blank_family
from studio_app.people.commands.guardians import blank_guardian, remove_guardianship
from studio_app.people.commands.removal import (
    InUse,
    remove_family,
    remove_guardian,
    remove_student,
    remove_teacher,
)
from studio_app.people.commands.students import blank_student


class NotApplied(Conflict):
    message = _("This import is not in the studio: there is nothing to take back.")


class TooLateToUndo(Conflict):
    message = _("An import can be taken back for 24 hours. That time is over.")


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody who stays although their import was taken back."""

    kind: MadeKind
    name: str
    changed: bool
    """Somebody edited them since; else something here refers to them by now."""


@dataclass(frozen=True, slots=True)
class Undone:
    removed: int
    blanked: int
    kept: list[Kept]


@requires(Permission.IMPORT_RUN)
def undo_import(work: Work, batch_id: BatchId) -> Undone:
    """Remove whom the batch added and blank what it filled, within 24 hours. Who was changed or
    used since stays; a family whose balance was posted is archived, its ledger set right."""
    lock_in_order(work, work.studio_id)
    batch = access.batch(work, batch_id, lock=True)
    _require_undoable(work, batch)
    _forget_what_waits(work, batch_id)
    undoing = _Undoing(work, batch)
    for kind in (MadeKind.GUARDIANSHIP, MadeKind.STUDENT):
        undoing.take_back(kind)
    undoing.reverse_balances()
    for kind in (MadeKind.GUARDIAN, MadeKind.FAMILY, MadeKind.TEACHER):
        undoing.take_back(kind)
    batch.state, batch.undone_at = BatchState.UNDONE, work.now
    batch.kept_on_undo = len(undoing.kept)
    return Undone(undoing.removed, undoing.blanked, undoing.kept)


def _require_undoable(work: Work, batch: ImportBatch) -> None:
    if batch.state != BatchState.APPLIED or batch.applied_at is None:
        raise NotApplied
    if work.now > undo_until(batch.applied_at):
        raise TooLateToUndo


def _forget_what_waits(work: Work, batch_id: BatchId) -> None:
    """Proposals nobody confirmed and the list of things to do go with the batch."""
    connection = work.session.connection()
    open_ones = col(SeriesProposal.state) != ProposalState.CONFIRMED
    connection.execute(
        delete(SeriesProposal).where(col(SeriesProposal.batch_id) == batch_id, open_ones)
    )
    connection.execute(delete(ImportTodo).where(col(ImportTodo.batch_id) == batch_id))


class _Undoing:
    def __init__(self, work: Work, batch: ImportBatch) -> None:
        self.work, self.batch_id, self.applied_at = work, batch.id, batch.applied_at
        self.removed = self.blanked = 0
        self.kept: list[Kept] = []

    def take_back(self, kind: MadeKind) -> None:
        made = access.made(self.work, self.batch_id, kind)
        now = access.fingerprints(self.work, kind, [each.made_id for each in made])
        for each in made:
            if each.made_id not in now:
                continue  # somebody removed them already
            changed = now[each.made_id] != each.fingerprint
            if each.filled is not None:
                self._blank(each, changed=changed)
            elif changed or self._has_new_parents(each) or not self._removed(each):
                self._keep(each, changed=changed)
            else:
                self.removed += 1

    def reverse_balances(self) -> None:
        """Opening balances are reversed in the ledger, unless the family came with the batch
        and somebody of it stays."""
        made = access.made(self.work, self.batch_id, MadeKind.FAMILY)
        came_in = {each.made_id for each in made if each.filled is None}
        for balance in access.balances(self.work, self.batch_id):
            family_id = balance.family_id
            if not balance.posted or family_id is None:
                continue
            if family_id in came_in and access.students_in(self.work, family_id):
                continue
            reverse_opening_balance(self.work, family_id)
            balance.posted = False

    def _blank(self, made: ImportMade, *, changed: bool) -> None:
        if changed:
            self._keep(made, changed=True)
            return
        names: list[str] = (made.filled or {})["names"]
        work, row_id = self.work, made.made_id
        match made.kind:
            case MadeKind.STUDENT:
                blank_student(work, StudentId(row_id), names)
            case MadeKind.GUARDIAN:
                blank_guardian(work, GuardianId(row_id), names)
            case _:
                blank_family(work, FamilyId(row_id), names)
        self.blanked += 1

    def _removed(self, made: ImportMade) -> bool:
        removers: dict[MadeKind, Callable[[Work, Any], None]] = {
            MadeKind.STUDENT: remove_student,
            MadeKind.GUARDIAN: remove_guardian,
            MadeKind.FAMILY: self._remove_family,
            MadeKind.TEACHER: remove_teacher,
            MadeKind.GUARDIANSHIP: _remove_guardianship,
        }
        try:
            removers[MadeKind(made.kind)](self.work, made.made_id)
        except (InUse, StillHasStudents):
            return False
        return True

    def _remove_family(self, work: Work, family_id: FamilyId) -> None:
        """A ledger cannot be deleted: its family is put away instead."""
        try:
            remove_family(work, family_id)
        except InUse:
            archive_family(work, family_id)

    def _keep(self, made: ImportMade, *, changed: bool) -> None:
        kind = MadeKind(made.kind)
        self.kept.append(Kept(kind, _name(self.work, kind, made.made_id), changed))

    def _has_new_parents(self, made: ImportMade) -> bool:
        """Somebody was made responsible for the student after the import."""
        if made.kind != MadeKind.STUDENT:
            return False
        theirs = access.guardians_of(self.work, StudentId(made.made_id), after=self.applied_at)
        return bool(theirs)


def _remove_guardianship(work: Work, link_id: UUID) -> None:
    link = access.guardianship(work, link_id)
    remove_guardianship(work, link.student_id, link.guardian_id, even_last=True)


def _name(work: Work, kind: MadeKind, row_id: UUID) -> str:
    match kind:
        case MadeKind.STUDENT:
            return people.student(work, StudentId(row_id)).name
        case MadeKind.GUARDIAN:
            return people.guardian(work, GuardianId(row_id)).name
        case MadeKind.FAMILY:
            return people.family(work, FamilyId(row_id)).name
        case MadeKind.TEACHER:
            return people.teacher(work, TeacherId(row_id)).name
        case MadeKind.GUARDIANSHIP:
            link = access.guardianship(work, row_id)
            return people.guardian(work, link.guardian_id).name
