"""Who changed what in the studio, the latest first."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from studio_app.overview.queries.changes import Changed, what_changed
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.turning import Turning
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


class ChangesState(Turning, rx.State):
    rows: list[ChangeLine] = []

    @loader
    async def load(self) -> None:
        self._from_the_start()
        await self._show()

    async def _show(self) -> None:
        found = await self._run(what_changed, after=UUID(self._after()) if self._after() else None)
        self.rows = [_line(one) for one in found.rows]
        self._turned(found.next_after)


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
