"""The weekly lessons a file proposes and the things it leaves to do: gathered row by row,
written together."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as insert_or_leave
from sqlmodel import col

from studio_app.imports import access
from studio_app.imports.models import ImportBatch, ImportTodo, SeriesProposal
from studio_app.imports.rules.batches import MadeKind, ProposalState
from studio_app.imports.rules.lessons import Proposal, proposal_in, todos_in
from studio_app.imports.rules.parsed import Parsed
from studio_app.kit.ids import StudentId, TeacherId, new_id
from studio_app.kit.work import Work
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.people.rules import folded

AT_ONCE = 500


class LessonsWanted:
    """Those of one batch. `known` are the students who were here before."""

    def __init__(
        self,
        work: Work,
        batch: ImportBatch,
        known: Collection[UUID],
        made: Callable[[MadeKind, UUID], None],
        *,
        today: date,
    ) -> None:
        self.work, self.batch, self.today, self._made = work, batch, today, made
        self.proposed_for: set[UUID] = set()
        self.proposals = 0
        self._teachers = access.teachers_by_name(work)
        self._noted = {
            _sameness(todo.student_id, todo.code, todo.params)
            for todo in access.todos_of(work, known)
        }
        self._wanted: list[dict[str, Any]] = []
        self._todos: list[dict[str, Any]] = []

    @property
    def todos(self) -> int:
        return len(self._todos)

    def want(self, student_id: StudentId, parsed: Parsed, *, is_new: bool = True) -> None:
        """What a row says about lessons of one student."""
        proposal = proposal_in(parsed, today=self.today)
        if proposal:
            self._propose(student_id, proposal)
        for todo in todos_in(parsed, proposed=proposal is not None, is_new=is_new):
            self.note(student_id, todo.code, todo.params)

    def note(self, student_id: StudentId, code: str, params: Mapping[str, Any]) -> None:
        """Something to finish by hand; once, also when the file comes again."""
        same = _sameness(student_id, code, params)
        if same not in self._noted:
            self._noted.add(same)
            row = {**self._row(student_id), "code": code, "params": dict(params)}
            self._todos.append(row)

    def write(self) -> None:
        """Once per student, teacher and time: a file that comes again proposes nothing new."""
        connection = self.work.session.connection()
        self.work.session.flush()
        for start in range(0, len(self._wanted), AT_ONCE):
            some = self._wanted[start : start + AT_ONCE]
            statement = insert_or_leave(SeriesProposal).values(some).on_conflict_do_nothing()
            written = connection.execute(statement.returning(col(SeriesProposal.student_id)))
            students = [row[0] for row in written]
            self.proposals += len(students)
            self.proposed_for.update(students)
        for todo, todo_id in zip(self._todos, _in_order(len(self._todos)), strict=True):
            todo["id"] = todo_id
        if self._todos:
            connection.execute(insert(ImportTodo), self._todos)

    def _propose(self, student_id: StudentId, proposal: Proposal) -> None:
        given = asdict(proposal) | {"teacher_id": self._teacher(proposal.teacher)}
        del given["teacher"]
        self._wanted.append(
            {
                **given,
                **self._row(student_id),
                "state": ProposalState.OPEN.value,
            }
        )

    def _row(self, student_id: StudentId) -> dict[str, Any]:
        made = {"id": new_id(), "created_at": self.work.now}
        return {**made, "batch_id": self.batch.id, "student_id": student_id}

    def _teacher(self, name: str) -> TeacherId:
        known = self._teachers.get(folded(name))
        if known is None:
            known = add_teacher(self.work, TeacherDetails(name))
            self._made(MadeKind.TEACHER, known)
            self._teachers[folded(name)] = known
        return known


def _in_order(n: int) -> list[UUID]:
    """New ids that sort as they are used: the list is read in the order of the file."""
    return sorted(new_id() for _number in range(n))


def _sameness(student_id: UUID, code: str, params: Mapping[str, Any]) -> tuple[object, ...]:
    return (student_id, str(code), *sorted((name, str(value)) for name, value in params.items()))
