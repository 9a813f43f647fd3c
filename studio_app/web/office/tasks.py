"""What the office has to do: written by hand or by an automation, ticked off here."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.automations.commands.tasks import TaskDetails, add_task, finish_task, reopen_task
from studio_app.automations.queries.tasks import TaskRow, tasks
from studio_app.kit.ids import TaskId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, link, link_button, submit
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import form, text_area, text_field
from studio_app.web.ui.lists import acting_row, rows, toolbar
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class TaskLine:
    id: str = ""
    words: str = ""
    due: str = ""
    is_late: bool = False
    is_done: bool = False
    whom: str = ""
    href: str = ""
    by: str = ""


class TasksState(Opening, rx.State):
    rows: list[TaskLine] = []
    shows_done: bool = False

    @loader
    async def load(self) -> None:
        self.rows = [_line(one) for one in await self._run(tasks, done=self.shows_done)]

    @handler
    async def show_done(self) -> EventType[()]:
        self.shows_done = not self.shows_done
        return TasksState.load

    @handler
    async def add(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        details = TaskDetails(read.text("words", longest=2000), read.optional_day("due_on"))
        read.check()
        await self._run_once(self._key, add_task, details)
        self.opened = ""
        return TasksState.load

    @handler
    async def finish(self, task_id: str) -> EventType[()]:
        await self._run(finish_task, TaskId(as_id(task_id)))
        await self._tell(_("Done."), undo=TasksState.reopen(task_id))
        return TasksState.load

    @handler
    async def reopen(self, task_id: str) -> EventType[()]:
        await self._run(reopen_task, TaskId(as_id(task_id)))
        return TasksState.load


def _line(one: TaskRow) -> TaskLine:
    href = ""
    if one.student_id:
        href = routes.filled(routes.STUDENT, student_id=one.student_id)
    elif one.family_id:
        href = routes.filled(routes.FAMILY, family_id=one.family_id)
    return TaskLine(
        id=str(one.id),
        words=one.words,
        due=one.due,
        is_late=one.is_late,
        is_done=one.is_done,
        whom=one.student or one.family,
        href=href,
        by=one.automation,
    )


def page() -> rx.Component:
    state: Any = TasksState
    done = chip(_("Done"), pressed=state.shows_done, on_click=state.show_done)
    all_done = empty(
        "clipboard-check",
        _("Nothing to do"),
        _("Write down what must not be forgotten, or let an automation do so."),
        link_button(_("See the automations"), routes.AUTOMATIONS, "workflow"),
        level=2,
    )
    none_done = empty("clipboard", _("Nothing ticked off yet"), _("Done tasks stay here."), level=2)
    nothing = rx.cond(state.shows_done, none_done, all_done)
    return office_shell(
        routes.TASKS,
        loaded(
            state,
            card(
                card_body(toolbar(done), class_name="pt-4"),
                rows(state.rows, lambda one: _row(state, one), empty=nothing),
            ),
            skeleton=card(skeleton_rows(4)),
            on_retry=TasksState.load,
        ),
        live("task", on_change=[TasksState.load]),
        title=_("Tasks"),
        top=[_add(state)],
    )


def _row(state: Any, one: Any) -> rx.Component:
    late = rx.cond(one.is_late, pill(one.due, tone="bad"), pill(one.due))
    facts = rx.el.div(
        rx.cond(one.due != "", late, rx.fragment()),
        rx.cond(one.href != "", link(one.whom, one.href, class_name="t-sm"), rx.fragment()),
        rx.cond(one.by != "", rx.el.span(one.by, class_name="t-xs faint"), rx.fragment()),
        class_name="flex flex-wrap gap-2 items-center",
    )
    words = rx.el.div(
        rx.el.p(one.words, class_name="whitespace-pre-line"), facts, class_name="grow min-w-0"
    )
    back = button(_("Take up again"), "undo-2", size="sm", on_click=state.reopen(one.id))
    tick = button(_("Done"), "check", size="sm", on_click=state.finish(one.id))
    return acting_row(words, rx.cond(one.is_done, back, tick))


def _add(state: Any) -> rx.Component:
    faults = state.faults
    typed = form(
        text_area(_("What is to be done"), "words", faults=faults, rows=3, required=True),
        text_field(_("By when"), "due_on", kind="date", faults=faults, hint=_("Empty: no day.")),
        form_actions(submit(_("Add the task"))),
        on_submit=state.add,
    )
    opener = button(_("Add a task"), "plus", kind="primary")
    return named_dialog(state, "add", typed, title=_("Add a task"), trigger=opener)
