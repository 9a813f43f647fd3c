"""What a file left to be finished by hand: weekly lessons to confirm, and a list of things."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.imports.commands.proposing import (
    change_proposal,
    confirm_proposals,
    dismiss_proposals,
    dismiss_todo,
    reopen_todo,
)
from studio_app.imports.queries.leftovers import (
    ProposalRow,
    import_todo,
    series_proposals,
)
from studio_app.kit.ids import BatchId, TeacherId
from studio_app.people.queries.families import teachers
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.words import _, many


@dataclass(frozen=True)
class ProposalLine:
    id: str = ""
    student: str = ""
    when: str = ""
    about: str = ""
    conflicts: tuple[str, ...] = ()
    weekday: str = ""
    at: str = ""
    minutes: str = ""
    teacher_id: str = ""


@dataclass(frozen=True)
class TodoLine:
    id: str = ""
    sentence: str = ""
    href: str = ""


class LeftoversState(Opening, rx.State):
    proposals: list[ProposalLine] = []
    todos: list[TodoLine] = []
    teachers: list[dict[str, str]] = []
    free: int = 0
    """How many proposals nothing stands in the way of."""

    @loader
    async def load(self) -> None:
        batch_id = BatchId(self._path_id("batch_id"))
        found = await self._run(series_proposals, batch_id)
        todo = await self._run(import_todo, batch_id)
        self.proposals = [_proposal(one) for one in found]
        self.free = sum(not one.conflicts for one in found)
        self.todos = [
            TodoLine(
                str(one.id),
                one.sentence,
                routes.filled(routes.STUDENT, student_id=one.student_id),
            )
            for one in todo
        ]
        known = await self._run(teachers)
        self.teachers = [{"value": str(one.id), "label": one.name} for one in known]

    @handler
    async def confirm_free(self) -> EventType[()]:
        """Put everything on the calendar that nothing stands in the way of."""
        ids = [as_id(one.id) for one in self.proposals if not one.conflicts]
        return await self._confirm([*ids])

    @handler
    async def confirm(self, proposal_id: str) -> EventType[()]:
        return await self._confirm([as_id(proposal_id)])

    @handler
    async def dismiss(self, proposal_id: str) -> EventType[()]:
        await self._run(dismiss_proposals, [as_id(proposal_id)])
        await self._tell(_("This lesson is not proposed any more."))
        return LeftoversState.load

    @handler
    async def change(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        form = Form(sent)
        weekday, minutes = form.number("weekday", least=1, most=7), form.number("minutes", least=5)
        at, teacher_id = form.clock("at"), TeacherId(form.id("teacher_id"))
        form.check()
        proposal_id = as_id(self._about("change"))
        where = {"weekday": weekday, "at": at, "minutes": minutes, "teacher_id": teacher_id}
        await self._run(change_proposal, proposal_id, **where)
        self.opened = ""
        return LeftoversState.load

    @handler
    async def tick(self, todo_id: str) -> EventType[()]:
        await self._run(dismiss_todo, as_id(todo_id))
        await self._tell(_("Done."), undo=LeftoversState.untick(todo_id))
        return LeftoversState.load

    @handler
    async def untick(self, todo_id: str) -> EventType[()]:
        await self._run(reopen_todo, as_id(todo_id))
        return LeftoversState.load

    async def _confirm(self, ids: list[Any]) -> EventType[()]:
        done = await self._run(confirm_proposals, ids)
        said = many(
            "{n} weekly lesson is on the calendar.",
            "{n} weekly lessons are on the calendar.",
            n=done.scheduled,
        )
        trouble = " ".join(f"{one.student}: {one.problem}" for one in done.refused)
        await self._tell(said, detail=trouble)
        return LeftoversState.load


def _proposal(row: ProposalRow) -> ProposalLine:
    about = (row.teacher, _("{n} minutes", n=row.minutes), row.price)
    return ProposalLine(
        id=str(row.id),
        student=row.student,
        when=_("from {day}, {time}", day=row.first_day, time=row.when),
        about=" · ".join(part for part in about if part),
        conflicts=tuple(row.conflicts),
        weekday=str(row.weekday),
        at=row.at,
        minutes=str(row.minutes),
        teacher_id=str(row.teacher_id),
    )
