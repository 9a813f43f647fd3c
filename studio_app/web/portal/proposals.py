"""Other times that are proposed to a family: one tap takes one."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from studio_app.kit.ids import ProposalId
from studio_app.scheduling.commands.proposing import accept_time, decline_times
from studio_app.scheduling.queries.families import my_lesson
from studio_app.scheduling.queries.proposals import ProposalShown, my_proposals
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id, as_instant
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.lists import some
from studio_app.web.ui.live import live
from studio_app.web.words import _


@dataclass(frozen=True)
class Offer:
    at: str = ""
    when: str = ""


@dataclass(frozen=True)
class Question:
    id: str = ""
    title: str = ""
    now: str = ""
    words: str = ""
    offers: list[Offer] = field(default_factory=list[Offer])


class ProposalsState(PageState, rx.State):
    questions: list[Question] = []

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def accept(self, proposal_id: str, at: str) -> None:
        """Taken meanwhile, they hear so and what is left."""
        lesson_id = await self._run(accept_time, ProposalId(as_id(proposal_id)), as_instant(at))
        await self._show()
        [lesson, *_others] = await self._run(my_lesson, lesson_id)
        words = _("{lesson} is now {when}.", lesson=lesson.lesson_type, when=lesson.when)
        await self._tell(words, detail=_("The studio and the teacher know."))

    @handler
    async def decline(self, proposal_id: str) -> None:
        await self._run(decline_times, ProposalId(as_id(proposal_id)))
        await self._show()
        await self._tell(_("The lesson stays where it is. The studio knows."))

    async def _show(self) -> None:
        self.questions = [_question(one) for one in await self._run(my_proposals)]


def _question(one: ProposalShown) -> Question:
    return Question(
        id=str(one.id),
        title=_("{student}: another time?", student=one.students),
        now=_("{lesson} with {teacher} is {when} so far.",
              lesson=one.lesson_type, teacher=one.teacher, when=one.when),
        words=one.words,
        offers=[Offer(time.at.isoformat(), time.when) for time in one.times],
    )  # fmt: skip


def proposals() -> rx.Component:
    """Nothing where nothing is asked."""
    state: Any = ProposalsState
    return rx.fragment(
        rx.cond(some(state.questions), rx.foreach(state.questions, _card), rx.fragment()),
        live("proposal", "lesson", on_change=ProposalsState.look_again),
    )


def _card(one: rx.vars.ObjectVar[Question]) -> rx.Component:
    def offer(each: rx.vars.ObjectVar[Offer]) -> rx.Component:
        return button(
            each.when, "calendar-check", size="lg", block=True,
            on_click=ProposalsState.accept(one.id, each.at),
        )  # fmt: skip

    gone = hint("info", _("None of the proposed times is free any more."), tone="warn")
    stay = button(
        _("None of these: leave it as it is"),
        kind="ghost",
        block=True,
        on_click=ProposalsState.decline(one.id),
    )
    words = rx.el.p(one.words, class_name="t-sm mt-2 whitespace-pre-line")
    return card(
        card_body(
            rx.el.h2(one.title, class_name="t-h3 pt-4"),
            rx.el.p(one.now, class_name="dim t-sm"),
            rx.cond(one.words != "", words, rx.fragment()),
            rx.el.div(
                rx.cond(some(one.offers), rx.foreach(one.offers, offer), gone),
                stay,
                class_name="grid gap-2 mt-3",
            ),
        ),
        class_name="card--now",
    )
