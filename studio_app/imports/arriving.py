"""People of a file on their way into the studio, through people's own commands. Gathered first
and written together; remembers what was made, so that it can be taken back."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from studio_app.imports import access
from studio_app.imports.households import Households
from studio_app.imports.lessons_wanted import LessonsWanted
from studio_app.imports.models import ImportBatch, ImportMade, ImportRow
from studio_app.imports.rules.batches import MadeKind
from studio_app.imports.rules.parsed import Parsed
from studio_app.imports.rules.problems import TodoCode
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import StudentId, new_id
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.people.commands.newcomers import (
    NewcomerRefused,
    Newcomers,
    NewStudent,
    add_newcomers,
)
from studio_app.people.commands.students import StudentDetails, fill_student_blanks


class RowRefused(Conflict):
    """A row that cannot come in after all; then none has."""

    def __init__(self, line: int, why: Text) -> None:
        self.line = line
        told = _(
            "Line {line}: {why} Nothing was imported. Leave this line out, or correct it, "
            "and try again.",
            line=line,
            why=why,
        )
        super().__init__(told)


class Arrivals:
    """One batch being applied."""

    def __init__(
        self, work: Work, batch: ImportBatch, rows: list[ImportRow], *, today: date
    ) -> None:
        self.work, self.batch = work, batch
        self._newcomers = Newcomers()
        self._made: list[dict[str, Any]] = []
        self._lines: dict[UUID, int] = {}
        self._line = 0
        self._numbers = {s.external_id for s in access.known_students(work)}
        matched = [row.match_id for row in rows if row.match_id]
        self._here = access.students_by_id(work, matched)
        self.households = Households(work, self._newcomers, self.made)
        self.households.know(rows)
        self.lessons = LessonsWanted(work, batch, matched, self.made, today=today)

    def add(self, row: ImportRow, parsed: Parsed) -> StudentId:
        """A new student with family, parents, and what is proposed for them."""
        self._line = row.line
        family_id = self.households.family(row.family_key, parsed)
        student_id = StudentId(new_id())
        details, number = details_of(parsed), self._free_number(parsed)
        self._newcomers.students.append(
            NewStudent(student_id, family_id, details, parsed.status, number, parsed.left_on)
        )
        self.made(MadeKind.STUDENT, student_id)
        self.households.add_parents(student_id, family_id, parsed)
        self.lessons.want(student_id, parsed)
        return student_id

    def fill(self, row: ImportRow, parsed: Parsed) -> bool:
        """Blanks of a student who is here already; whether there were any."""
        if row.match_id is None:
            raise AssertionError("only a row with a match is filled in")
        self._line, student_id = row.line, row.match_id
        student = self._here[student_id]
        details, number = details_of(parsed), self._free_number(parsed)
        try:
            filled = self._fill_student(student_id, details, number)
            more = self.households.fill(student, parsed)
        except Refused as refusal:
            raise RowRefused(row.line, refusal.text) from refusal
        other = self.households.other_family(student, parsed)
        if other:
            told = {"name": student.name, "family": other}
            self.lessons.note(student_id, TodoCode.OTHER_FAMILY, told)
        self.lessons.want(student_id, parsed, is_new=False)
        return filled or more

    def made(self, kind: MadeKind, made_id: UUID, filled: list[str] | None = None) -> None:
        """Remember what undoing must take back; without `filled` it was added."""
        self._lines.setdefault(made_id, self._line)
        self._made.append(
            {
                "id": new_id(),
                "created_at": self.work.now,
                "batch_id": self.batch.id,
                "kind": kind,
                "made_id": made_id,
                "filled": None if filled is None else {"names": filled},
            }
        )

    def come_in(self) -> None:
        """Write everybody who was gathered. Raises RowRefused with the line of the first who
        cannot be."""
        try:
            add_newcomers(self.work, self._newcomers)
        except NewcomerRefused as refusal:
            line = self._lines.get(refusal.about, 0)
            raise RowRefused(line, refusal.text) from refusal
        self.lessons.write()

    def keep_made(self) -> None:
        """Write down what was made and how each row was left, to see later whether somebody
        changed it."""
        self.work.session.flush()
        for kind in MadeKind:
            made = [each for each in self._made if each["kind"] == kind]
            prints = access.fingerprints(self.work, kind, [each["made_id"] for each in made])
            for each in made:
                each["fingerprint"] = prints[each["made_id"]]
        if self._made:
            self.work.session.connection().execute(insert(ImportMade), self._made)

    def _fill_student(
        self, student_id: StudentId, details: StudentDetails, number: str | None
    ) -> bool:
        """Asked of the database only where there is something to fill."""
        student = self._here[student_id]
        offered = asdict(details) | {"external_id": number}
        offered.pop("is_adult")
        if not any(value and not getattr(student, name) for name, value in offered.items()):
            return False
        filled = fill_student_blanks(self.work, student_id, details, external_id=number)
        if filled:
            self.made(MadeKind.STUDENT, student_id, filled)
        return bool(filled)

    def _free_number(self, parsed: Parsed) -> str | None:
        """The student's number in the other program, unless somebody here has it already."""
        if not parsed.student_id or parsed.student_id in self._numbers:
            return None
        self._numbers.add(parsed.student_id)
        return parsed.student_id


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
