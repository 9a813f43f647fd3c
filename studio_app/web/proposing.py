"""Proposing other times for a lesson: Propose, two of what is suggested, Send."""

from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonId, ProposalId
from studio_app.scheduling.commands.proposing import propose_times, withdraw_proposal
from studio_app.scheduling.queries.proposals import times_to_propose
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_id, as_instant
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button, submit
from studio_app.web.ui.cards import hint
from studio_app.web.ui.dialogs import form_actions, named_dialog
from studio_app.web.ui.forms import checkbox, form, text_field
from studio_app.web.ui.lists import some
from studio_app.web.words import _, many

LEAST, MOST = 2, 6


@dataclass(frozen=True)
class TimeChip:
    at: str = ""
    when: str = ""
    chosen: bool = False


class ProposingState(Opening, rx.State):
    times: list[TimeChip] = []
    ready_to_send: bool = False
    action: str = ""

    async def _opened(self, name: str) -> None:
        """The dialog is named after its lesson: `propose 0190…`. Two times are chosen already."""
        self.times = []
        lesson_id = LessonId(as_id(self._about("propose")))
        found = await self._run(times_to_propose, lesson_id)
        self._set(
            [TimeChip(one.at.isoformat(), one.when, nth < LEAST) for nth, one in enumerate(found)]
        )

    @handler
    async def toggle(self, at: str) -> None:
        self._set([replace(t, chosen=not t.chosen) if t.at == at else t for t in self.times])

    @handler
    async def send(self, sent: dict[str, Any]) -> None:
        form = Form(sent)
        words = form.optional_text("words")
        form.check()
        lesson_id = LessonId(as_id(self._about("propose")))
        times = [as_instant(one.at) for one in self.times if one.chosen]
        asked = await self._run_once(self._key, propose_times, lesson_id, times, words=words)
        self.opened = ""
        detail = _("The lesson stays where it is until they answer.")
        undo = ProposingState.withdraw(str(asked))
        await self._tell(_("The family is asked."), detail=detail, undo=undo)

    @handler
    async def withdraw(self, proposal_id: str) -> None:
        await self._run(withdraw_proposal, ProposalId(as_id(proposal_id)))
        await self._tell(_("Taken back: nobody is asked any more."))

    def _set(self, times: list[TimeChip]) -> None:
        n = sum(one.chosen for one in times)
        if n > MOST:
            raise NotFound
        self.times, self.ready_to_send = times, n >= LEAST
        self.action = many("Propose {n} time", "Propose {n} times", n=n)


def propose_button(lesson_id: Any, **props: Any) -> rx.Component:
    """For who may move the lesson; two taps where the first two times will do."""
    state: Any = ProposingState

    def one(time: rx.vars.ObjectVar[TimeChip]) -> rx.Component:
        return checkbox(
            time.when,
            time.at,
            checked=time.chosen,
            on_change=lambda _now: ProposingState.toggle(time.at),
        )

    nothing = hint("info", _("No other time is free within two weeks. Move the lesson instead."))
    asking = form(
        rx.el.fieldset(
            rx.el.legend(_("Choose two or more"), class_name="field__label"),
            rx.el.div(rx.foreach(state.times, one), class_name="grid grid-cols-2 gap-x-3"),
            class_name="field",
        ),
        text_field(
            _("A line to the family"), "words", faults=state.faults, placeholder=_("Optional")
        ),
        form_actions(submit(state.action, "send", disabled=~state.ready_to_send)),
        on_submit=ProposingState.send,
    )
    return named_dialog(
        state,
        f"propose {lesson_id}",
        rx.cond(some(state.times), asking, nothing),
        title=_("Propose other times"),
        words=_("The family takes one with one tap; the lesson moves then."),
        trigger=button(_("Propose times…"), "calendar-search", **props),
    )
