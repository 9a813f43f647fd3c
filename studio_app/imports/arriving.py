"""People of a file on their way into the studio, through people's own commands. Remembers what
was made, so that it can be taken back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from studio_app.billing.commands.payments import OpeningBalanceDiffers, post_opening_balance
from studio_app.imports import access
from studio_app.imports.households import Households
from studio_app.imports.models import (
    ImportBalance,
    ImportBatch,
    ImportMade,
    ImportRow,
    ImportTodo,
    SeriesProposal,
)
from studio_app.imports.rules.batches import MadeKind
from studio_app.imports.rules.lessons import Proposal, proposal_in, todos_in
from studio_app.imports.rules.parsed import Parsed
from studio_app.kit.ids import StudentId, TeacherId, new_id
from studio_app.kit.money import Money
from studio_app.kit.work import Work
from studio_app.people.commands.students import (
    StudentDetails,
    add_student,
    fill_student_blanks,
)
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.people.rules import folded


class Arrivals:
    """One batch being applied."""

    def __init__(self, work: Work, batch: ImportBatch, *, today: date) -> None:
        self.work, self.batch, self.today = work, batch, today
        self.proposals = self.todos = 0
        self._teachers = access.teachers_by_name(work)
        self._numbers = {s.external_id for s in access.known_students(work)}
        self.households = Households(work, self.made)
        self.households.know(access.rows(work, batch.id))

    def add(self, row: ImportRow, parsed: Parsed) -> StudentId:
        """A new student with family, parents, and what is proposed for them."""
        family_id = self.households.family(row.family_key, parsed)
        added = add_student(
            self.work,
            details_of(parsed),
            family_id=family_id,
            status=parsed.status,
            external_id=self._free_number(parsed),
            left_on=parsed.left_on,
            confirmed=True,
        )
        student_id = added.student_id
        if student_id is None:
            raise AssertionError("a confirmed student is always added")
        self.made(MadeKind.STUDENT, student_id)
        self.households.add_parents(student_id, family_id, parsed)
        self._lessons(student_id, parsed)
        return student_id

    def fill(self, row: ImportRow, parsed: Parsed) -> bool:
        """Blanks of a student who is here already; whether there were any."""
        if row.match_id is None:
            raise AssertionError("only a row with a match is filled in")
        student_id = row.match_id
        filled = fill_student_blanks(
            self.work, student_id, details_of(parsed), external_id=self._free_number(parsed)
        )
        if filled:
            self.made(MadeKind.STUDENT, student_id, filled)
        more = self.households.fill(student_id, parsed)
        before = self.proposals
        self._lessons(student_id, parsed, is_new=False)
        return bool(filled) or more or self.proposals > before

    def made(self, kind: MadeKind, made_id: UUID, filled: list[str] | None = None) -> None:
        """Remember what undoing must take back; without `filled` it was added."""
        made = ImportMade(
            batch_id=self.batch.id,
            kind=kind,
            made_id=made_id,
            filled=None if filled is None else {"names": filled},
            created_at=self.work.now,
        )
        self.work.session.add(made)

    def keep_fingerprints(self) -> None:
        """Remember how each row was left, to see later whether somebody changed it."""
        self.work.session.flush()
        for kind in MadeKind:
            made = access.made(self.work, self.batch.id, kind)
            prints = access.fingerprints(self.work, kind, [each.made_id for each in made])
            for each in made:
                each.fingerprint = prints[each.made_id]

    def post_balances(self, on: date) -> int:
        """What families owed before, into the ledger; how many were posted."""
        query = select(ImportBalance).where(ImportBalance.batch_id == self.batch.id)
        posted = 0
        for balance in self.work.session.exec(query.order_by(col(ImportBalance.family_key))).all():
            family_id = self.households.known_family(balance.family_key)
            if family_id is None:
                continue
            balance.family_id = family_id
            owed = Money(balance.amount_minor, balance.currency)
            try:
                balance.posted = post_opening_balance(self.work, family_id, owed, on) is not None
            except OpeningBalanceDiffers:
                balance.posted = False
            posted += balance.posted
        return posted

    def _free_number(self, parsed: Parsed) -> str | None:
        """The student's number in the other program, unless somebody here has it already."""
        if not parsed.student_id or parsed.student_id in self._numbers:
            return None
        self._numbers.add(parsed.student_id)
        return parsed.student_id

    def _lessons(self, student_id: StudentId, parsed: Parsed, *, is_new: bool = True) -> None:
        proposal = proposal_in(parsed, today=self.today)
        if proposal:
            self._propose(student_id, proposal)
        for todo in todos_in(parsed, proposed=proposal is not None, is_new=is_new):
            self._note_todo(student_id, todo.code, todo.params)

    def _propose(self, student_id: StudentId, proposal: Proposal) -> None:
        """Once per student, teacher and time: a file that comes again proposes nothing new."""
        given = asdict(proposal) | {"teacher_id": self._teacher(proposal.teacher)}
        del given["teacher"]
        row = {
            **given,
            "id": new_id(),
            "created_at": self.work.now,
            "batch_id": self.batch.id,
            "student_id": student_id,
            "state": "open",
        }
        self.work.session.flush()
        statement = insert(SeriesProposal).values(row).on_conflict_do_nothing()
        written = self.work.session.connection().execute(
            statement.returning(col(SeriesProposal.id))
        )
        self.proposals += written.first() is not None

    def _note_todo(self, student_id: StudentId, code: Any, params: Mapping[str, Any]) -> None:
        same = select(ImportTodo.id).where(
            ImportTodo.student_id == student_id,
            ImportTodo.code == code,
            col(ImportTodo.params) == dict(params),
        )
        if self.work.session.exec(same.limit(1)).first():
            return
        todo = ImportTodo(
            batch_id=self.batch.id,
            student_id=student_id,
            code=code,
            params=dict(params),
            created_at=self.work.now,
        )
        self.work.session.add(todo)
        self.todos += 1

    def _teacher(self, name: str) -> TeacherId:
        known = self._teachers.get(folded(name))
        if known is None:
            known = add_teacher(self.work, TeacherDetails(name))
            self.made(MadeKind.TEACHER, known)
            self._teachers[folded(name)] = known
        return known


def details_of(parsed: Parsed) -> StudentDetails:
    return StudentDetails(
        first_name=parsed.first_name,
        last_name=parsed.last_name,
        is_adult=parsed.is_adult,
        email=parsed.email,
        phone=parsed.phone,
        birthday=parsed.birthday,
        instrument=parsed.instrument,
        notes=parsed.notes,
        started_on=parsed.started_on,
    )
