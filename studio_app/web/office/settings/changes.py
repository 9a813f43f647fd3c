"""Who changed what in the studio, the latest first."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from studio_app.overview.queries.changes import Changed, what_changed
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.session import PageState
from studio_app.web.ui.cards import card
from studio_app.web.ui.forms import folded
from studio_app.web.ui.lists import Column, pager, some, table
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _


@dataclass(frozen=True)
class ChangeLine:
    id: str = ""
    when: str = ""
    who: str = ""
    what: str = ""
    details: tuple[str, ...] = ()


class ChangesState(PageState, rx.State):
    rows: list[ChangeLine] = []
    more: bool = False
    page_number: int = 1
    _starts: list[str] = [""]
    """Where each page begins that was turned to."""

    @loader
    async def load(self) -> None:
        await self._show([""])

    @handler
    async def next_page(self) -> None:
        await self._show([*self._starts, self.rows[-1].id] if self.more else self._starts)

    @handler
    async def last_page(self) -> None:
        await self._show(self._starts[:-1] or [""])

    async def _show(self, starts: list[str]) -> None:
        found = await self._run(what_changed, after=UUID(starts[-1]) if starts[-1] else None)
        self.rows = [_line(one) for one in found.rows]
        self.more, self._starts, self.page_number = bool(found.next_after), starts, len(starts)


def _line(one: Changed) -> ChangeLine:
    who = one.who or _("Cadenza, by itself")
    return ChangeLine(str(one.id), one.when, who, ", ".join(one.what), one.details)


def page() -> rx.Component:
    state: Any = ChangesState
    columns = (
        Column(_("When"), lambda one: rx.el.span(one.when, class_name="num t-sm")),
        Column(_("Who"), lambda one: one.who),
        Column(_("What"), _what),
    )
    none = empty("history", _("Nothing was changed yet"), _("Every change is kept here for good."))
    listed = card(
        table(_("Who changed what"), columns, state.rows, empty=none),
        pager(
            state.page_number,
            more=state.more,
            on_back=ChangesState.last_page,
            on_next=ChangesState.next_page,
        ),
        title=_("Who changed what"),
    )
    return settings_shell(
        routes.SETTINGS_CHANGES,
        loaded(
            state,
            listed,
            skeleton=card(skeleton_rows(8)),
            on_retry=ChangesState.load,
        ),
    )


def _what(one: Any) -> rx.Component:
    lines = rx.el.ul(
        rx.foreach(one.details, lambda words: rx.el.li(words, class_name="t-sm dim num"))
    )
    return rx.el.div(
        one.what,
        rx.cond(some(one.details), folded(_("Before and after"), lines), rx.fragment()),
    )
