"""Families that were asked for another time and have not taken one."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.kit.ids import ProposalId
from studio_app.scheduling.commands.proposing import withdraw_proposal
from studio_app.scheduling.queries.proposals import unanswered_proposals
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.session import PageState
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import button, link
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import acting_row, some
from studio_app.web.ui.live import live
from studio_app.web.words import _


@dataclass(frozen=True)
class UnansweredLine:
    id: str = ""
    title: str = ""
    href: str = ""
    times: str = ""
    asked: str = ""
    declined: bool = False


class UnansweredState(PageState, rx.State):
    lines: list[UnansweredLine] = []

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    @handler
    async def withdraw(self, proposal_id: str) -> None:
        await self._run(withdraw_proposal, ProposalId(as_id(proposal_id)))
        await self._show()

    async def _show(self) -> None:
        self.lines = [
            UnansweredLine(
                id=str(one.id),
                title=f"{one.students} · {one.teacher} · {one.when}",
                href=routes.lesson(one.on, one.lesson_id),
                times=one.times,
                asked=_("Asked {when}", when=one.asked),
                declined=one.is_declined,
            )
            for one in await self._run(unanswered_proposals)
        ]


def unanswered() -> rx.Component:
    state: Any = UnansweredState
    listed = card(
        rx.el.ul(rx.foreach(state.lines, _line), class_name="rows"),
        title=_("Proposed times that nobody has taken"),
    )
    return rx.fragment(
        rx.cond(some(state.lines), listed, rx.fragment()),
        live("proposal", "lesson", on_change=UnansweredState.look_again),
    )


def _line(one: rx.vars.ObjectVar[UnansweredLine]) -> rx.Component:
    said = rx.el.div(
        link(one.title, one.href, class_name="t-sm font-medium"),
        rx.el.div(one.times, class_name="t-sm dim"),
        rx.el.div(one.asked, class_name="t-xs faint"),
        class_name="flex-1 min-w-0",
    )
    settle = button(
        rx.cond(one.declined, _("Seen to"), _("Take back")),
        kind="ghost",
        size="sm",
        on_click=UnansweredState.withdraw(one.id),
    )
    declined = rx.cond(one.declined, badge("cancelled", _("Declined")), rx.fragment())
    actions = rx.el.div(declined, settle, class_name="flex items-center gap-2")
    return acting_row(said, actions)
